"""What a question asks: its form, facets, places, years, references and subject words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assistant.asked_figure import asked_number_of, focus_of, measure_of
from assistant.english import chinese_words, is_english
from assistant.question_terms import Term, english_terms, question_terms
from assistant.question_words import (
    FACET_TERMS,
    FACETS,
    FORM_TERMS,
    FORMS,
    Form,
)
from assistant.rephrased import rephrased
from assistant.spoken_words import written
from knowledge.documents import FactKind
from knowledge.references import References, find_references, numeral_value
from knowledge.regions import Region, find_regions, region_mentions
from knowledge.synonyms import synonyms_for
from knowledge.tokenization import fold, search_terms

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*年?|(二〇[〇一二三四五六七八九]{2})年")
_NAMED_YEARS = {"去年": -1, "前年": -2, "明年": 1, "后年": 2, "last year": -1, "next year": 1}
_NAMED_YEAR = re.compile(r"(?<![比较同和跟与])(?:" + "|".join(_NAMED_YEARS) + ")")
_UNTIL_NOW = re.compile(r"到现在|至今|迄今|到目前|到今年")
_BEGUN = re.compile(r"(?:从|自|打)?(?:19|20)\d\d年(?:就|起|开始|以来)")
_JOINS = re.compile(r"和|(?<!参)与|跟|、|以及|\b(?:and|vs|versus|with)\b")
_BETWEEN = 14
_JOINED = re.compile(r"(?:省|市|自治区)?(?:和|与|跟|同|以及|、|，)(?:者)?")
_DIFFERS = re.compile(
    r"(?:有|的)?(?:什么|啥|何|哪些)?(?:区别|不同|差别|差异|异同|不一样)(?:吗|在哪里?|是什么)?[？?。]?$"
)
_ALL_OF_THEM = re.compile(r"^(?:这)?[两二三四](?:地|省市?|个(?:地方|省))的?")
_EACH = re.compile(r"分别|各自|各(?=[有是由要需为在能可应]|多少|几)")
_HOW_MANY_EACH = re.compile(r"(?:各|分别)(?:自)?(?:有|是|为)?(?:多少|几)(?!年|个月|天)")
_AMOUNT = re.compile(r"人数|数量|金额|规模|数额")
_PEOPLE = re.compile(r"社工|社会工作者|人员|人才|群众|儿童|老人|老年人|残疾人|学生|志愿者|患者|人$")
_RATE = re.compile(
    r"每(?:人|月|年|天|日|户|次|周|学期|小时|批|家|所|个?(?:县|社区|机构|医院|项目|学校|村))(?!都)"
)
_SERVED = re.compile(r"帮|服务(?!协议|合同)|对象|面向|惠及|受益|照顾|关爱|serve|help|benefit")
_CUMULATIVE = re.compile(
    r"累计|到现在|到目前|(?:以前|曾经?)[^，。？?]{0,6}过|前前后后|前后(?=派|投|培|花|服)|一共|总共|合计|总计|共(?:有|计|派|投)|历年|迄今|至今|总(?:投入|额|数|人数)|total|altogether|so far"
)


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
    focus: tuple[str, ...]
    """What is counted or measured: the nouns after 多少个, or the one before 是多少."""
    counted_after: bool
    """True if the focus stands after 多少."""
    counts_people: bool
    asks_served: bool
    """True if a who-question asks whom a policy serves."""
    rates: tuple[str, ...]
    """What a figure is asked per: 每人, 每月."""
    cumulative: bool
    """True if a total over time is asked for (累计, 一共)."""
    asks_amount: bool
    """True if a figure is asked for, whatever the form (比较人数)."""
    this_year: bool
    """True if the present year is meant (今年)."""
    asked_number: int
    """How many things are asked for (四个机制: 4); 0 if no number is named."""
    listed: str
    """What is asked for in that number (机制)."""
    english: bool
    search_text: str
    """What is searched for: an English question with its Chinese words added."""
    telling: tuple[str, ...] = ()
    """Subject words that tell this part of a question from its other parts; none of a whole one."""


def parse_question(text: str) -> ParsedQuestion:
    """Take a stand-alone question apart. Needs no model; takes well under a millisecond."""
    plain = rephrased(written(text.strip()))
    folded = fold(plain)
    english = is_english(folded)
    regions = find_regions(plain if english else folded)
    asked = _english_asking(plain) if english else plain
    chinese, unknown = chinese_words(_without_places(asked)) if english else ((), ())
    references = find_references(folded)
    form = _form(folded, references, _apart(regions), _joins_places(plain))
    focus, after = focus_of(folded) if form == "figure" else ((), False)
    terms = english_terms(chinese, unknown) if english else question_terms(folded, regions, form)
    return ParsedQuestion(
        text=plain,
        form=form,
        facets=tuple(kind for kind, cue in FACETS.items() if cue.search(folded)),
        regions=regions,
        years=_years(folded),
        references=references,
        terms=terms,
        measure=measure_of(folded),
        focus=focus,
        counted_after=after,
        counts_people=bool(focus) and bool(_PEOPLE.search(focus[-1])),
        asks_served=form == "who" and bool(_SERVED.search(folded)),
        rates=tuple(dict.fromkeys(_RATE.findall(folded))),
        asks_amount=form == "figure"
        or bool(_AMOUNT.search(folded) or _HOW_MANY_EACH.search(folded)),
        this_year=bool(re.search(r"今年|本年|当年|this year", folded)),
        cumulative=bool(_CUMULATIVE.search(folded)),
        asked_number=asked_number_of(folded, chinese)[0],
        listed=asked_number_of(folded, chinese)[1],
        english=english,
        search_text=_search_text(plain, chinese, regions) if english else plain,
    )


def expansion_of(question: ParsedQuestion) -> tuple[str, ...]:
    """Terms to search for besides the question's own: synonyms, and words of what is asked."""
    words = [other for term in question.terms for other in synonyms_for(term.word)]
    for kind in question.facets:
        words += FACET_TERMS[kind]
    words += FORM_TERMS.get("served" if question.asks_served else question.form, ())
    terms = [term for word in words for term in search_terms(word)]
    return tuple(dict.fromkeys(terms))


def _joins_places(plain: str) -> bool:
    """True if the question names two places side by side (四川和广西, 天津的基地与广西的方案)."""
    mentions = region_mentions(plain)
    for (_, end, first), (start, _, second) in pairwise(mentions):
        between = plain[end:start]
        if first != second and len(between) <= _BETWEEN and _JOINS.search(between):
            return True
    return False


def _apart(regions: tuple[Region, ...]) -> int:
    """How many places are named; a city with its province is one (宁夏吴忠)."""
    return (
        len({region.province or region.name for region in regions})
        if len(regions) > 1
        else len(regions)
    )


def put_to(question: ParsedQuestion, region: Region) -> ParsedQuestion:
    """A comparison's question when it is put to one place alone."""
    text = _of_one_place(question.text, region)
    folded = fold(text)
    form = _form_alone(folded)
    served = form == "who" and bool(_SERVED.search(folded))
    return replace(
        question,
        text=text,
        search_text=question.search_text if question.english else text,
        regions=(region,),
        form=form,
        asks_served=served,
        asks_amount=question.asks_amount or form == "figure",
    )


def _of_one_place(text: str, region: Region) -> str:
    """上海和郑州分别有几天 → 上海有几天. Itself where the places stand apart."""
    mentions = region_mentions(text)
    start, end = (mentions[0][0], mentions[-1][1]) if mentions else (0, 0)
    joins = [text[a[1] : b[0]] for a, b in pairwise(mentions)]
    if len(mentions) < 2 or not all(_JOINED.fullmatch(join) for join in joins):
        return text
    own = next((text[a:b] for a, b, found in mentions if found.name == region.name), region.name)
    asked = _ALL_OF_THEM.sub("", text[end:])
    return text[:start] + own + _DIFFERS.sub("", _EACH.sub("", asked))


def _form_alone(folded: str) -> Form:
    for form, pattern in FORMS:
        if form not in ("comparison", "overview") and pattern.search(folded):
            return form
    return "figure" if _AMOUNT.search(folded) else "general"


def _english_asking(plain: str) -> str:
    """The sentences of an English question that ask, where some do; else all of it."""
    sentences = re.split(r"(?<=[.?!])\s+", plain)
    asking = [sentence for sentence in sentences if sentence.rstrip().endswith("?")]
    return " ".join(asking or sentences)


def _without_places(plain: str) -> str:
    """An English question with the names of places blanked out."""
    for start, end, _ in region_mentions(plain):
        plain = plain[:start] + " " * (end - start) + plain[end:]
    return plain


def _form(folded: str, references: References, places: int, joined: bool) -> Form:
    for form, pattern in FORMS:
        if pattern.search(folded):
            if form == "overview" and places == 1:
                continue
            if joined and form not in ("comparison", "overview"):
                return "comparison"
            # "第三条规定了几项" asks for the article all the same.
            if references.articles and form not in ("comparison", "overview"):
                return "clause"
            return form
    if references.articles:
        return "clause"
    return "comparison" if joined else "general"


def _years(folded: str) -> tuple[int, ...]:
    """The years a question names; 去年 and 明年 count from today, unless one is compared with it."""
    if _UNTIL_NOW.search(folded):
        # 2015年起搞的，到现在选派了多少: what it has come to by now, not in that year.
        folded = _BEGUN.sub("", folded)
    found = [
        int(arabic) if arabic else numeral_value(chinese)
        for arabic, chinese in _YEAR.findall(folded)
    ]
    if not found:
        found = [date.today().year + _NAMED_YEARS[word] for word in _NAMED_YEAR.findall(folded)]
    return tuple(dict.fromkeys(found))


def year_words(question: ParsedQuestion) -> str:
    """The years of a question as it puts them: 2025年, 去年."""
    words = _NAMED_YEAR.findall(fold(question.text))
    named = [f"{year}年" for year in question.years]
    return "、".join(named if _YEAR.search(fold(question.text)) else words)


def _search_text(plain: str, chinese: tuple[str, ...], regions: tuple[Region, ...]) -> str:
    return " ".join((plain, *(region.name for region in regions), *chinese))
