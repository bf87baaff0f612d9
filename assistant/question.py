"""What a question asks: its form, facets, places, years, references and subject words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.english import chinese_words, is_english
from assistant.question_words import ASKING, FACETS, FORMS, WEAK, Form
from knowledge.documents import FactKind
from knowledge.references import References, find_references, numeral_value
from knowledge.regions import Region, find_regions, region_mentions
from knowledge.tokenization import fold, tagged_words

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*年?|(二〇[〇一二三四五六七八九]{2})年")
_UNIT_OF_COUNT = re.compile(r"(?:多少|几)\s*(名|个|人次|人|位|家|次|项|所|元|万元|亿元|年|批|天|月|种|类|岁|倍|条|级|户)")
_NUMBER_OF = re.compile(
    r"([二两三四五六七八九十\d]{1,3})(?:个|项|大|类|种|条|方面)([一-鿿]{2,10}?)(?=分别|都|各|是|有|指|包|[？?，。]|$)"
)
_COUNTED = re.compile(r"(?:多少|几)\s*(?:名|个|人次|位|家|次|项|批|种|类|条|户)?(?=[一-鿿])")
_MONEY = re.compile(r"多少(?:钱|资金|经费|元|万元|亿元|投入|预算)|(?:资金|经费|投入|金额|总额|花).{0,6}多少|how much (?:money|fund|was spent|did)")
_PERCENT = re.compile(r"百分之|比例|占比|增长|增速|率(?:是|为|有|多)|percent|growth")
_DURATION = re.compile(r"多久|多长|为期|几年|几个月|几天|how long")


VERB_WEIGHT = 0.5
# Particles, pronouns, conjunctions and the like, as jieba tags them.
_EMPTY_TAGS = frozenset("uj ul uz ud ug uv y e o c p r f k h zg x".split())
_OVERVIEW_WORDS = frozenset("地方 地区 省份 省市 省 政策 文件 方案 提到 规定 要求 各省 各地".split())


@dataclass(frozen=True, slots=True)
class Term:
    """One subject word of a question."""

    word: str
    """Folded: simplified, half-width, lower case."""
    weight: float
    """1 for a word of the subject, less for a word that stands in every policy."""


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A stand-alone question, taken apart."""

    text: str
    form: Form
    facets: tuple[FactKind, ...]
    regions: tuple[Region, ...]
    years: tuple[int, ...]
    references: References
    terms: tuple[Term, ...]
    """Subject words without places and years."""
    measure: str
    """What a figure is asked in: money, percent, duration, a measure word (名), or ''."""
    counted: str
    """What is counted: the word after 多少个; '' if none is named."""
    asked_number: int
    """How many things are asked for (四个机制: 4); 0 if no number is named."""
    listed: str
    """What is asked for in that number (机制)."""
    english: bool
    search_text: str
    """What is searched for: an English question with its Chinese words added."""


def parse_question(text: str) -> ParsedQuestion:
    """Take a stand-alone question apart. Needs no model; takes well under a millisecond."""
    plain = text.strip()
    folded = fold(plain)
    english = is_english(folded)
    regions = find_regions(plain if english else folded)
    chinese, unknown = chinese_words(_without_places(plain)) if english else ((), ())
    references = find_references(folded)
    form = _form(folded, references)
    terms = _english_terms(chinese, unknown) if english else _terms(folded, regions, form)
    return ParsedQuestion(
        text=plain,
        form=form,
        facets=tuple(kind for kind, cue in FACETS.items() if cue.search(folded)),
        regions=regions,
        years=_years(folded),
        references=references,
        terms=terms,
        measure=_measure(folded),
        counted=_counted(folded),
        asked_number=_asked_number(folded)[0],
        listed=_asked_number(folded)[1],
        english=english,
        search_text=_search_text(plain, chinese, regions) if english else plain,
    )


def _without_places(plain: str) -> str:
    """An English question with the names of places blanked out."""
    for start, end, _ in region_mentions(plain):
        plain = plain[:start] + " " * (end - start) + plain[end:]
    return plain


def _form(folded: str, references: References) -> Form:
    for form, pattern in FORMS:
        if pattern.search(folded):
            # "第三条规定了几项" asks for the article all the same.
            if references.articles and form not in ("comparison", "overview"):
                return "clause"
            return form
    return "clause" if references.articles else "general"


def _years(folded: str) -> tuple[int, ...]:
    found = [
        int(arabic) if arabic else numeral_value(chinese)
        for arabic, chinese in _YEAR.findall(folded)
    ]
    return tuple(dict.fromkeys(found))


def _measure(folded: str) -> str:
    if _MONEY.search(folded):
        return "money"
    if _DURATION.search(folded):
        return "duration"
    if match := _UNIT_OF_COUNT.search(folded):
        return match.group(1)
    return "percent" if _PERCENT.search(folded) else ""


def _asked_number(folded: str) -> tuple[int, str]:
    match = _NUMBER_OF.search(folded)
    if match is None:
        return 0, ""
    nouns = [word for word, tag in tagged_words(match.group(2)) if tag.startswith("n")]
    return numeral_value(match.group(1)), nouns[-1] if nouns else ""


def _counted(folded: str) -> str:
    match = _COUNTED.search(folded)
    if match is None:
        return ""
    first = next(iter(tagged_words(folded[match.end() :])), ("", ""))
    return first[0] if first[1].startswith(("n", "v")) and len(first[0]) <= 6 else ""


def _terms(folded: str, regions: tuple[Region, ...], form: Form) -> tuple[Term, ...]:
    places = {fold(name) for region in regions for name in place_names(region)}
    kept: dict[str, float] = {}
    for word, tag in tagged_words(folded):
        if word in ASKING or word in places or word.rstrip("省市区") in places:
            continue
        if _YEAR.fullmatch(word) or word.isdecimal() or tag in _EMPTY_TAGS:
            continue
        if form == "overview" and word in _OVERVIEW_WORDS:
            continue
        kept[word] = _weight(word, tag)
    return tuple(Term(word, weight) for word, weight in kept.items())


def _weight(word: str, tag: str) -> float:
    """What a word proves: a noun names the subject, a verb or adjective can be put otherwise."""
    if word in WEAK:
        return 0.15
    if len(word) == 1:
        return 0.8 if tag[0] in "nb" else 0.25
    return 1.0 if tag.startswith(("n", "j", "l", "i", "z", "eng")) else VERB_WEIGHT


def _english_terms(chinese: tuple[str, ...], unknown: tuple[str, ...]) -> tuple[Term, ...]:
    terms = {word: 0.15 if word in WEAK else 1.0 for word in chinese if word not in ASKING}
    terms |= {word: 1.0 for word in unknown}
    return tuple(Term(word, weight) for word, weight in terms.items())


def place_names(region: Region) -> tuple[str, ...]:
    """The words by which a text may name a place."""
    names = [region.name, region.province or "", region.city or ""]
    names += [name[:-1] for name in names if len(name) > 2 and name[-1] in "省市区县"]
    return tuple(name for name in names if name)


def _search_text(plain: str, chinese: tuple[str, ...], regions: tuple[Region, ...]) -> str:
    return " ".join((plain, *(region.name for region in regions), *chinese))
