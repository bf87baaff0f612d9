"""The subject words of a question: what it is about, and how much each word proves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.question_words import ASKING, NO_NOUN, WEAK, Form
from knowledge.regions import Region
from knowledge.synonyms import is_synonym
from knowledge.tokenization import fold, tagged_words

_KIND_OF_PLACE = re.compile(r"哪(?:些|几个|个)(县|市|区|省|村|街道|乡|镇|社区)")
# 三个部门: the number of what is asked for proves little.
_A_NUMBER = re.compile(r"[一二三四五六七八九十两\d]{1,3}[个项种类位名家份]")
_A_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?|二〇[〇一二三四五六七八九]{2}年")
VERB_WEIGHT, WEAK_WEIGHT = 0.5, 0.15
# Why somebody asks, which says nothing of what is asked.
_PREAMBLE = re.compile(
    r"备考|汇报要|写(?:报告|材料|汇报|论文)|领导|同事|老师(?:让|要)|急着|急用|麻烦|想(?:记|问|了解|知道|请教|查)(?:一下|个|问)?(?:数)?$"
    r"|^(?:请问|帮我|帮忙)(?:查|看|捋)?(?:一下)?$|谢谢|打扰|新手|刚入职|不好意思"
)
# What a word counts for in a clause that does not ask, and in a sentence that does not, beside
# one that asks with so many subject words of its own.
_OCCASION, _ASIDE, _OWN_SUBJECT = 0.4, 0.1, 2
# Names of benefits and of those who get them, which jieba takes for verbs.
_BENEFITS = frozenset("低保 五保 特困 低收入 低保户 特困户".split())
# What one does with any benefit, which says nothing of which.
_DOING = frozenset(
    "需要 提供 申请 办理 准备 领取 享受 符合 提交 了解 知道 咨询 材料 手续 条件".split()
)
_QUESTION_PHRASE = re.compile(
    r"加(?:起来|在一起)|合(?:起来|在一起)|前前后后|前后(?=一?共|总共)|平均下来|算下来|的人(?:一共|总共)?(?:是|有)?多少|多长时间|(?:百分之)?(?:多少|几)(?:(?:个|名|人次|人|位|钱|元|万元|亿元|家|次|项|批|种|类|条|户|天|年)"
    + NO_NOUN
    + r")?"
    r"|哪(?:些|一|几)?(?:个|种|类|年|天|方面|人|家|项|样)?|什么(?:时候|时间|样)?|啥(?:时候)?|怎么样?|怎样|如何|为什么|(?:跟|和|由)?谁"
)
# Particles, pronouns, conjunctions and the like, as jieba tags them.
_EMPTY_TAGS = frozenset("uj ul uz ud ug uv y e o c p r f k h zg x".split())
_ASKING_WORDS = re.compile(
    r"(?:要|应|应该|需要|可以|能)?(?:多少|几|多久|多长|多大|哪[个些里]?|什么|谁|何时|怎么样|怎么|怎样|如何|为什么|啥|咋)(?:[个名天日年月岁]|时间|时候)?(?:之?内)?(?:要|能|可以|才)?"
)
_ADJECTIVE = "a"
_TITLE = re.compile(r"《[^《》]{2,80}》")
_POINTER = re.compile(r"^[这那该此其](?=[一-鿿])")
_OVERVIEW_WORDS = frozenset(
    "资料 资料里 给出 写出 写明 明确 资料库 数字 数据 说法 地方 地区 省份 省市 省 政策 文件 方案 提到 规定 要求 各省 各地".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """One subject word of a question."""

    word: str
    """Folded: simplified, half-width, lower case."""
    weight: float
    """1 for a word of the subject, less for a word that stands in every policy."""


def names_subject(sentence: str, words: int = _OWN_SUBJECT) -> bool:
    """True if a question says what it is about, so that no sentence beside it need be read.

    So many words of its own must name it.
    """
    named = {
        word
        for word, tag in tagged_words(_QUESTION_PHRASE.sub(" ", fold(sentence)))
        if word not in ASKING | _DOING
        and tag not in _EMPTY_TAGS
        and _weight(word, tag) >= VERB_WEIGHT
    }
    return len(named) >= words


def without_asking(question: str) -> str:
    """A question without what it asks with: 重建补助怎么申请 → 重建补助申请."""
    asked = _ASKING_WORDS.sub("", re.sub(r"(?:吗|呢|(?<![什怎这那多])么)?[？?。]*$", "", question))
    return re.sub(r"(?<=[一-鿿]{2})[是为有]$", "", asked)


def question_terms(folded: str, regions: tuple[Region, ...], form: Form) -> tuple[Term, ...]:
    """The subject words of a folded Chinese question, without places and years."""
    places = {fold(name) for region in regions for name in place_names(region)}
    kept: dict[str, float] = {}
    # A title tells which text is meant, not what is asked of it.
    asked = _TITLE.sub(" ", folded)
    clauses = _clauses(folded)
    if asked != folded and names_subject(asked, 1):
        clauses = [(asked, 1.0), *((title, _ASIDE) for title in _TITLE.findall(folded))]
    for clause, share in clauses:
        for word, tag in _with_known_names(tagged_words(_QUESTION_PHRASE.sub(" ", clause))):
            if word in ASKING or word in places or word.rstrip("省市区") in places:
                continue
            if _A_YEAR.fullmatch(word) or word.isdecimal() or tag in _EMPTY_TAGS:
                continue
            if form == "overview" and word in _OVERVIEW_WORDS:
                continue
            word = _POINTER.sub("", word)
            kept[word] = max(kept.get(word, 0.0), share * _weight(word, tag))
    if form == "where" and (kind := _KIND_OF_PLACE.search(folded)):
        # 派到哪些县: a text that speaks of 县 names them.
        kept.setdefault(kind[1], 1.0)
    return tuple(Term(word, weight) for word, weight in kept.items())


def _with_known_names(words: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The words, an adjective joined to its noun where both are one name (大医院: `synonyms.yaml`)."""
    adjective = ""
    for word, tag in words:
        if adjective and not is_synonym(adjective + word):
            yield adjective, _ADJECTIVE
        elif adjective:
            word = adjective + word
        adjective = word if tag == _ADJECTIVE and len(word) == 1 else ""
        if not adjective:
            yield word, tag
    if adjective:
        yield adjective, _ADJECTIVE


def _clauses(folded: str) -> list[tuple[str, float]]:
    """The clauses of a question with what their words count for.

    Where one clause asks, the others tell the occasion (碰上地震发大水，灾害社工能做什么).
    """
    sentences = [part for part in re.split(r"[。！!？?\n]", folded) if part.strip()]
    asking = [part for part in sentences if _asks(part)]
    if asking and len(asking) < len(sentences) and all(map(names_subject, asking)):
        aside = [(part, _ASIDE) for part in sentences if part not in asking]
        return [*_clauses_of("，".join(asking)), *aside]
    return _clauses_of(folded)


def _asks(text: str) -> bool:
    return bool(_QUESTION_PHRASE.search(text)) or text.rstrip().endswith(("吗", "呢", "么"))


def _clauses_of(folded: str) -> list[tuple[str, float]]:
    """The same of sentences that ask."""
    clauses = [clause for clause in re.split(r"[，,。；;：:？?！!]", folded) if clause.strip()]
    essential = [clause for clause in clauses if not _PREAMBLE.search(clause)]
    clauses = essential or clauses
    asking = [bool(_QUESTION_PHRASE.search(clause)) for clause in clauses]
    if len(clauses) < 2 or not any(asking):
        return [(clause, 1.0) for clause in clauses]
    return [
        (clause, 1.0 if asks else _OCCASION) for clause, asks in zip(clauses, asking, strict=True)
    ]


def _weight(word: str, tag: str) -> float:
    """What a word proves: a noun names the subject, a verb or adjective can be put otherwise."""
    if word in WEAK or _A_NUMBER.fullmatch(word):
        return WEAK_WEIGHT
    if word in _BENEFITS:
        return 1.0
    if len(word) == 1:
        return 0.8 if tag[0] in "nb" else 0.25
    return 1.0 if tag.startswith(("n", "j", "l", "i", "z", "eng")) else VERB_WEIGHT


def english_terms(chinese: tuple[str, ...], unknown: tuple[str, ...]) -> tuple[Term, ...]:
    """The same of an English question: the Chinese words for it, and what is not known."""
    terms = {word: WEAK_WEIGHT if word in WEAK else 1.0 for word in chinese if word not in ASKING}
    terms |= {word: 1.0 for word in unknown}
    return tuple(Term(word, weight) for word, weight in terms.items())


def place_names(region: Region) -> tuple[str, ...]:
    """The words by which a text may name a place."""
    names = [region.name, region.province or "", region.city or ""]
    names += [name[:-1] for name in names if len(name) > 2 and name[-1] in "省市区县"]
    return tuple(name for name in names if name)
