"""「质检总局的呢」「常务会议呢」: the question before, asked of another thing of the same kind.

What is named takes the place of its like: of the thing that the turn before named in this way
itself, of another body (财政部 → 公安部), of another kind (全体会议 → 常务会议), or of what is to
be done about (怎么促进跨境电商 → 汽车保税存储). Nothing is cut out of a longer name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.followup_words import ASPECTS, CLOSING, OPENING
from assistant.question import parse_question
from assistant.turn import Turn
from knowledge.regions import find_regions
from knowledge.tokenization import tagged_words

_NAME = re.compile(r"[一-鿿A-Za-z0-9]{2,12}")
_ENDS_OPEN = re.compile(r"(?:的|那块|这块|方面)*(?:呢|嘞|咧)[？?！!。]*$")
_ASKS = re.compile(r"[怎谁哪吗几]|什么|多少|如何|为何|是否|多久|多大|一样|具体|详细|[今去明前后]年")
# Any policy has them: 经费呢 asks something else, and not of something else.
_FACETS = re.compile(
    r"经费|资金|目标|领域|对象|期限|时间|条件|材料|流程|程序|标准|责任|处罚|罚款|电话|地址"
)
_BODY = (
    r"(?:部门?|局|委|委员会|银行|署|厅|办公室|[院处所站馆]|[大支]队|中心|联合会|工会|[妇残侨]联|团委|公司|红十字会"
    r"|公安|民政|财政|教育|人社|卫健|医保|文旅|税务|住建|司法|消防|街道|乡镇|社区|居委会|村委会|学校)"
)
_IS_BODY = re.compile(rf".*{_BODY}$")
_BODY_OF = re.compile(
    rf"(?:^|(?<=[里中上的，,、对由是在：》]))(?P<body>[^里中上的，,、对由是在：》]{{0,12}}?{_BODY})"
    r"(?=(?:[主具]要?体?)?(?:负责|承担|牵头|做|干|管|要|应|怎|该|有(?:什么|哪些)|的职责|什么)|$)"
)
# Of these a question may name several that stand for no kind.
_NO_KIND = frozenset(
    "服务 工作 内容 情况 政策 项目 计划 方案 活动 领域 方面 社工 标准 条件 待遇 资金 费用 问题 措施 作用 办法 规定 制度 管理".split()
)
_KIND_LENGTH = 2
_HOW = re.compile(r"(?:怎么|如何|怎样)(?=[一-鿿]{4})")
_PROMOTES = frozenset("促进 发展 推动 推进 推广 加强".split())
# Who acts, when and where are no objects: 怎么促进就业, 残疾人呢.
_NO_OBJECT = re.compile(
    rf"(?:人|者|员|户|子女|学生|企业|机构|组织|期|间|时|网络|地区|农村|城市|{_BODY})$"
)
_COMPOUND = 4
_NOUNS = ("n", "vn", "an", "b", "j", "l", "i", "z", "a")


def thing_named(asked: str) -> str:
    """What `asked` names and nothing else: 质检总局 of 那质检总局的呢; '' if it asks itself."""
    if not _ENDS_OPEN.search(asked):
        return ""
    name = CLOSING.sub("", _ENDS_OPEN.sub("", OPENING.sub("", asked.strip())))
    return name if _is_thing(name) else ""


def with_other_thing(said: str, turns: Sequence[Turn]) -> str | None:
    """The question of the last turn, asked of the thing that `said` names; None if it has no like."""
    name, last = thing_named(said), turns[-1]
    if not name or name in last.question:
        return None
    if last.thing and last.question.count(last.thing) == 1:
        return last.question.replace(last.thing, name)
    for span in (
        _other_body(name, last.question),
        _other_kind(name, last.question),
        _other_object(name, last.question),
    ):
        if span:
            return last.question[: span[0]] + name + last.question[span[1] :]
    return None


def _is_thing(name: str) -> bool:
    if not _NAME.fullmatch(name) or _ASKS.search(name) or _FACETS.search(name):
        return False
    parsed = parse_question(name)
    if find_regions(name) or parsed.years or parsed.references.articles:
        return False
    return name not in ASPECTS and bool(parsed.terms)


def _other_body(name: str, question: str) -> tuple[int, int] | None:
    """Where the one body stands that the question is about, if `name` is one too."""
    if not _IS_BODY.fullmatch(name):
        return None
    found = [match.span("body") for match in _BODY_OF.finditer(question)]
    return found[0] if len(found) == 1 else None


def _other_kind(name: str, question: str) -> tuple[int, int] | None:
    """Where a word stands that ends as `name` does, with what tells its kind."""
    end = name[-_KIND_LENGTH:]
    if len(name) <= _KIND_LENGTH or end in _NO_KIND or question.count(end) != 1:
        return None
    at = question.index(end) + _KIND_LENGTH
    before: tuple[int, int, str] | None = None
    for start, stop, tag in _tagged(question):
        if stop == at:
            if stop - start > _KIND_LENGTH:
                return start, stop
            is_kind = before and before[1] - before[0] > 1 and before[2].startswith(_NOUNS)
            return (before[0], stop) if before and is_kind else None
        before = (start, stop, tag)
    return None


def _other_object(name: str, question: str) -> tuple[int, int] | None:
    """Where the object of 怎么促进…… stands, if nothing comes behind it and `name` may be promoted too."""
    how = _HOW.search(question)
    if how is None or len(name) < _COMPOUND or _NO_OBJECT.search(name):
        return None
    act, *rest = (one for one in _tagged(question) if one[0] >= how.end())
    if question[act[0] : act[1]] not in _PROMOTES or not rest:
        return None
    is_noun = all(tag.startswith(_NOUNS) for _, _, tag in rest)
    return (rest[0][0], rest[-1][1]) if is_noun else None


def _tagged(question: str) -> Iterator[tuple[int, int, str]]:
    """Each word of a question: start, end and part of speech."""
    at = 0
    for word, tag in tagged_words(question):
        at = question.find(word, at)
        if at < 0:
            return
        yield at, at + len(word), tag
        at += len(word)
