"""The values of one kind that a sentence holds: its people, places, dates, numbers, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.asked_unit import asked_unit_fit
from knowledge.asked_value import AskedValue
from knowledge.figures import find_figures
from knowledge.tokenization import tagged_words

# When a page was written, or at what second, answers no question about its subject.
_DATELINE = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* ?\d{1,2}, ?\d{4} ?\.*|\d+ (?:days|hours) ago ?\.*"
    r"|[（(]?(?:新华社|中新社|中新网|参考消息网|路透社?|法新社)[^，。]{0,14}?\d{1,2}月\d{1,2}日(?:电|讯|报道)"
    r"|\d{1,2}月\d{1,2}日(?:电|讯)|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?|\d{1,2}[:：]\d\d(?:[:：]\d\d)?|[（(]\d{5,6}[^）)]{0,6}[）)]"
)
_NO_VALUE = frozenset(
    "年 月 日 时 当地 北京时间 记者 新华社 中新社 报道 视频 图片 图 来源 网 讯 电 图像 摄 原标题 标题 时间 公布 消息 表示 介绍 进行 "
    "截至 出现 使用 成为 以及 本届 活动 举办 举行 召开 相关 更多 信息 在线 简介 编辑 内容 资料 导演 主演 剧情 the and of in".split()
)
_ORGANISATION = re.compile(
    r"(?:部门|单位|机构|组织|委员会|协会|学会|基金会|中心|大学|学院|医院|政府|街道|社区|[部局厅委院会])$"
)
# Tags of words that name something: nouns, abbreviations, set phrases, Latin words.
_NAMING = ("n", "j", "l", "i", "eng", "z")
# Those and of all others that tell something: verbs, attributes, numerals.
_TELLING = (*_NAMING, "v", "b", "m")
# Tags of words that cannot go on with a name: 张伟|是, 张伟|和.
_NO_NAME_PART = frozenset("p v c uj j d ul m r f t x".split())
_NAME_PARTS, _NAME_GAP = 4, "·・•"
_LOCATIVE_BEFORE = re.compile(
    r"(?:在|于|至|赴|抵|从|是|位于|落户|为|由|首都|首个)[^，。；、]{0,6}$"
)
_LOCATIVE_AFTER = re.compile(
    r"^[^，。；、]{0,8}(?:举行|举办|召开|开幕|主办|承办|坠毁|出发|开始|启动|揭幕|开设|开业|的?首都)"
)
_IN_MARKS = re.compile(r"[“「《\"]([^“”「」《》\"，。]{2,24})[”」》\"]")
_NOT_PLACED = 0.7
# A bare year where a day is asked for.
_ONLY_YEAR = 0.7


@dataclass(frozen=True, slots=True)
class Value:
    """One value in a sentence; positions are those of the folded sentence."""

    key: tuple[object, ...]
    """What two equal values have in common."""
    text: str
    start: int
    end: int
    fit: float = 1.0
    """How well it is of the kind asked for, 0 to 1."""


def same_value(first: Value, second: Value) -> bool:
    """True if both say the same: 1月17日 and 2022年1月17日, 阿尔巴 and 阿尔巴尼斯."""
    one, other = first.key, second.key
    if one[0] != other[0]:
        return False
    if one[0] == "date":
        years = one[1] == other[1] or None in (one[1], other[1])
        return years and one[2:] == other[2:]
    if one[0] == "word":
        left, right = str(one[1]), str(other[1])
        return left == right or (
            min(len(left), len(right)) > 2 and (left in right or right in left)
        )
    return one == other


def without_dateline(folded: str) -> str:
    """`folded` with times of writing blanked out, of the same length."""
    return _DATELINE.sub(lambda match: "~" * len(match.group()), folded)


def find_values(asked: AskedValue, folded: str) -> list[Value]:
    """The values in a folded sentence that could be what is asked for."""
    if asked.kind in ("number", "date"):
        return list(_figures(asked, folded))
    tokens = _tokens(folded)
    found: Iterable[Value]
    if asked.kind == "who":
        found = _people(asked, folded, tokens)
    elif asked.kind == "place":
        found = _places(folded, tokens)
    elif asked.kind == "word":
        found = _names(tokens, _TELLING)
    else:
        found = (*_quoted(folded), *_names(tokens, _NAMING))
    return [value for value in found if value.text not in asked.text]


def _figures(asked: AskedValue, folded: str) -> Iterator[Value]:
    for figure in find_figures(without_dateline(folded)):
        place = (figure.text, figure.start, figure.end)
        if asked.kind == "number":
            fit = asked_unit_fit(figure, asked.text)
            if fit:
                yield Value(("number", str(figure.value)), *place, fit)
        elif figure.kind == "year" and figure.text[:4] not in asked.years:
            fit = 1.0 if asked.wants_year else _ONLY_YEAR
            yield Value(("date", str(figure.value), None, None), *place, fit)
        elif figure.kind == "date" and isinstance(figure.value, tuple) and len(figure.value) == 3:
            year, month, day = figure.value
            if asked.wants_year and year is not None:
                yield Value(("date", str(year), None, None), *place)
            elif month is not None:
                yield Value(("date", None if year is None else str(year), month, day), *place)


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    tag: str
    start: int
    end: int


@lru_cache(maxsize=256)
def _tokens(folded: str) -> list[_Token]:
    out, position = [], 0
    for word, tag in tagged_words(folded):
        start = folded.find(word, position)
        if start >= 0:
            position = start + len(word)
            out.append(_Token(word, tag, start, position))
    return out


def _people(asked: AskedValue, folded: str, tokens: Sequence[_Token]) -> Iterator[Value]:
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.tag.startswith("nr"):
            end = token.end
            # The segmentation cuts rare names: 罗致|焕, 安东尼|·|阿尔巴|尼斯.
            for following in tokens[index : index + _NAME_PARTS]:
                gap = folded[end : following.start]
                is_part = following.tag.startswith("nr") or (
                    len(following.word) == 1
                    and end - token.start < 3
                    and following.tag not in _NO_NAME_PART
                )
                if not is_part or (gap and gap not in _NAME_GAP):
                    break
                end = following.end
                index += 1
            if end - token.start > 1:
                yield _word(folded[token.start : end], token.start, end)
        elif asked.may_be_body and (
            token.tag == "nt" or (token.tag[0] == "n" and _ORGANISATION.search(token.word))
        ):
            yield _word(token.word, token.start, token.end)


def _places(folded: str, tokens: Sequence[_Token]) -> Iterator[Value]:
    for token in tokens:
        before = folded[: token.start]
        is_place = token.tag in ("ns", "nsf", "nt") or (
            token.tag.startswith("nr") and before.endswith(("在", "于"))
        )
        if not is_place or len(token.word) < 2:
            continue
        placed = _LOCATIVE_BEFORE.search(before) or _LOCATIVE_AFTER.search(folded[token.end :])
        yield _word(token.word, token.start, token.end, 1.0 if placed else _NOT_PLACED)


def _quoted(folded: str) -> Iterator[Value]:
    """What stands in quotation marks or title marks is a name."""
    for match in _IN_MARKS.finditer(folded):
        yield _word(match[1], match.start(1), match.end(1))


def _names(tokens: Sequence[_Token], tags: tuple[str, ...]) -> Iterator[Value]:
    """Words with a meaning of their own; what is asked for has no marks to know it by."""
    for token in tokens:
        names = token.tag.startswith(tags) and len(token.word) > 1
        if names and token.word not in _NO_VALUE:
            yield _word(token.word, token.start, token.end)


def _word(text: str, start: int, end: int, fit: float = 1.0) -> Value:
    return Value(("word", text), text, start, end, fit)
