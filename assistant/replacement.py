"""The question before, asked of another place, another year or another document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer_list import sibling
from assistant.english import is_english
from assistant.followup_words import BARE_ASK
from assistant.question import ParsedQuestion
from assistant.turn import Turn
from knowledge.regions import Region, region_mentions, region_of, without_places
from knowledge.tokenization import fold
from knowledge.typos import corrected

_YEAR = re.compile(r"(?:19|20)\d{2}\s*(?:年(?:底|度|末)?)?|二〇[〇一二三四五六七八九]{2}年")
_COMPARES = re.compile(r"比较(?:一下)?|对比(?:一下)?|相比(?:较)?|compare", re.IGNORECASE)
_JOINS = re.compile(
    r"^[\s，,：:]*(?:[和与跟、及的]|以及|and\b|of\b|in\b)?[\s，,：:]*", re.IGNORECASE
)
_DOCUMENT_KIND = re.compile(r"(?:实施|暂行)?(?:条例|办法|规定|法|细则)$")
_ENGLISH_FILLING = re.compile(r"\b(?:in|for|of|the|to|with|from|on|instead|one)\b", re.IGNORECASE)
_CALLED = re.compile(
    r"^(?:的)?[一-鿿]{0,8}?(?:那个|这个|那份|这份|该)(?:方案|计划|文件|政策|办法|通知)(?:里面?|中|上)?(?:的|对)?(?=[一-鿿]{2})"
)
_BODY = re.compile(r"^(?:(?![的有在招哪和中])[一-鿿]){2,6}?(?:大学(?!生)|学院)")
# Kinds that stand beside each other in rules: of one what is asked of another.
_KINDS: tuple[tuple[str, ...], ...] = (
    ("因公牺牲", "病故", "因战牺牲"),
    ("未成年人", "成年人"),
    ("城镇", "农村"),
    ("城市", "农村"),
    ("首次", "再次"),
    ("幼儿园", "小学", "初中", "高中"),
    ("低保", "特困", "低保边缘"),
    tuple(f"{number}级" for number in "一二三四五六七八九十"),
    ("全日制", "非全日制"),
)
# Fields of social work, the longer names first: they stand beside each other wherever one is named.
_FIELDS = (
    "新就业群体 社区矫正 青少年 残疾人 老年 儿童 妇女 家庭 学校 医务 灾害 信访 禁毒 救助 优抚 司法 企业 社区"
).split()
_THAT_ONE = re.compile(r"(?:的|那块|这块|那边|方面|那个)+$")
_LONGEST_NAME = 8
PEOPLE = re.compile(r"(?:者|员|社工|工人|学生|教师|医生|人才|群众|督导)$")


# 宁夏的具体说说
_MORE_OF = re.compile(
    r"^(?:请|那|再|麻烦)*(?:的)?(?:具体|详细|展开|仔细|多)(?:一?点)?(?:地)?(?:说说|讲讲|介绍|说|讲|谈谈)?(?:一下|一点|些|下)?(?:的)?(?:呢|吧)?[？?。]*$"
)
_THING_ALONE = re.compile(r"^([一-鿿]{2,6}?)(?:的)?呢?[？?。]*$")
# 各地都服务哪些人, asked of one of them.
_ALL_PLACES = re.compile(
    r"^(?:各(?:地|省|省份|个地方|个省)|[三四五]地|[三四五]个地方)(?:的)?(?:都|分别|各自)*"
)


def with_other_place(rest: str, turn: Turn) -> str | None:
    """`rest` names nothing but places: the question of `turn`, asked of them; else None."""
    places = _named(rest)
    said = without_places(rest)
    if not places or not (_is_filling(said) or _MORE_OF.match(said) or _is_like(said, turn)):
        return None
    return moved(places, turn)


def _is_like(said: str, turn: Turn) -> bool:
    """True for what stands behind the place in the question of `turn` too: 武汉机场呢, behind 郑州机场有什么支持."""
    thing = _THING_ALONE.match(said)
    if thing is None:
        return False
    return any(turn.question.startswith(thing[1], end) for _, end in turn.place_spans())


def place_and_rest(text: str) -> tuple[list[str], str]:
    """The places that `text` names, and what it says besides."""
    return _named(text), without_places(text).strip(" 的，,")


def moved(places: Sequence[str], turn: Turn) -> str:
    """The question of `turn`, asked of `places`, of several as a comparison."""
    spans = turn.place_spans()
    if len(places) == 1 and len(spans) == 1 and _one_script(places[0], turn.question):
        start, end = spans[0]
        behind = turn.question[end:]
        # 天津理工大学有医务社工吗, asked of 广西: the university is no other place's.
        behind = behind[named.end() :] if (named := _BODY.match(behind)) else behind
        return turn.question[:start] + places[0] + _without_description(behind)
    frame = _ALL_PLACES.sub("", frame_of(turn))
    if len(places) > 1:
        return f"比较{joined([_chinese(place) for place in places])}的{frame}"
    return f"{_chinese(places[0])}{frame}"


def _without_description(question: str) -> str:
    """`question` without how it calls the document of its own place (分领域那个方案里)."""
    return _CALLED.sub("", question)


def joined(names: Sequence[str]) -> str:
    """四川、广西和宁夏."""
    return "和".join(filter(None, ("、".join(names[:-1]), names[-1])))


def frame_of(turn: Turn) -> str:
    """The question of `turn` without its places, in Chinese words if it is English."""
    if is_english(turn.question):
        years = "".join(f"{year}年" for year in turn.parsed.years)
        return years + " ".join(term.word for term in turn.parsed.terms)
    text, last = "", 0
    for start, end in turn.place_spans():
        text += _JOINS.sub("", turn.question[last:start])
        last = end
    text += _JOINS.sub("", turn.question[last:]) if last else turn.question
    return _COMPARES.sub("", text).strip(" ，,、：:") or turn.question


# 去年呢, after what is asked of this year.
_RELATIVE = re.compile(r"[今去前明后]年")
_ANY_YEAR = re.compile(r"(?:19|20)\d\d年|(?<![目之以今])[今去前明后]年(?![均度龄])")


def with_other_year(rest: str, now: ParsedQuestion, turn: Turn) -> str | None:
    """`rest` names nothing but a year: the question of `turn`, asked of it; else None."""
    if _RELATIVE.fullmatch(rest) and turn.parsed.form == "figure":
        asked, times = _ANY_YEAR.subn(rest, turn.question)
        if times == 1:
            return asked
    if not now.years or not _is_filling(_YEAR.sub("", rest)):
        return None
    year = _YEAR.search(rest)
    assert year is not None
    if turn.parsed.form == "date" and not is_english(turn.question):
        # 哪一年要全覆盖 has no answer in a year; what is planned for it has.
        places = "".join(region.name for region in turn.places)
        words = [t.word for t in turn.parsed.terms if t.weight >= 1 and t.word not in places]
        return f"{places}{now.years[0]}年{''.join(words[:2])}有什么安排"
    found = list(_YEAR.finditer(turn.question))
    if len(found) == 1:
        start, end = found[0].span()
        kept = (
            year.group() if year.group().endswith(("年", "底", "末", "度")) else f"{now.years[0]}年"
        )
        new = str(now.years[0]) if is_english(turn.question) else kept
        return turn.question[:start] + new + turn.question[end:]
    if is_english(turn.question):
        return f"{turn.question.rstrip('?？. ')} in {now.years[0]}"
    question = _ANY_YEAR.sub("", turn.question)
    spans = turn.place_spans() if question == turn.question else []
    after = spans[0][1] if len(spans) == 1 else 0
    return question[:after] + f"{now.years[0]}年" + question[after:]


def with_other_document(rest: str, documents: Sequence[str], turn: Turn) -> str | None:
    """`rest` names nothing but a document: the question of `turn`, asked of it; else None."""
    left = rest
    for name in documents:
        left = left.replace(name, "")
    if len(documents) != 1 or not BARE_ASK.match(left.strip()):
        return None
    if turn.own_documents:
        question = turn.question
        for name in turn.own_documents[1:]:
            question = question.replace(name, "")
        return question.replace(turn.own_documents[0], documents[0])
    return documents[0] + frame_of(turn)


def with_other_noun(rest: str, turns: Sequence[Turn]) -> str | None:
    """`rest` names one thing beside another (学校社工做什么 → 禁毒的呢); else None.

    Two things stand beside each other if an earlier answer lists both, or if both are people
    that are counted.
    """
    name = _THAT_ONE.sub("", rest)
    question = turns[-1].question
    for kinds in _KINDS:
        held = [kind for kind in kinds if kind in question]
        own = [k for k in held if not any(k != other and k in other for other in held)]
        if name.removesuffix("伤残") in kinds and len(own) == 1:
            return question.replace(own[0], name.removesuffix("伤残"))
    if not 2 <= len(name) <= _LONGEST_NAME or name in question:
        return None
    for turn in reversed(turns):
        if other := sibling(turn.answer, name, question):
            return question.replace(other, name)
    if field := _field(name):
        named = [other for other in _FIELDS if other in question]
        named = [one for one in named if not any(one != o and one in o for o in named)]
        if len(named) == 1:
            return question.replace(named[0], field)
    focus = turns[-1].parsed.focus
    if focus and PEOPLE.search(focus[-1]) and PEOPLE.search(name) and focus[-1] in question:
        return question.replace(focus[-1], name)
    return None


def _field(name: str) -> str:
    """The field of social work that `name` is, or sounds like (社区娇正); '' if it is none."""
    meant, _ = corrected(name, lambda word: int(any(word in field for field in _FIELDS)))
    name = meant.removesuffix("领域").removesuffix("社工")
    return name if name in _FIELDS else ""


def sounding_place(rest: str) -> str:
    """`rest` with a place typed by its sound put right (广希 → 广西)."""
    if len(rest) not in (2, 3):
        return rest
    meant, changes = corrected(rest, lambda word: int(_is_province(word)))
    return meant if changes else rest


def _is_province(word: str) -> bool:
    region = region_of(word)
    return region is not None and region.level == "province" and region.name == word


def _named(text: str) -> list[str]:
    """The places as `text` names them, each once."""
    found: dict[str, str] = {}
    for start, end, region in region_mentions(text):
        found.setdefault(region.name, text[start:end])
    return list(found.values())


def _is_filling(rest: str) -> bool:
    rest = re.sub(
        r"[和与跟、及，,\s]|以及|两地|两个?省|比$", "", _ENGLISH_FILLING.sub("", fold(rest))
    )
    rest = re.sub(r"\band\b|^and$|[省市]|自治区", "", rest).strip(" ?.!")
    return bool(BARE_ASK.match(rest))


def _one_script(place: str, question: str) -> bool:
    return is_english(place) == is_english(question)


def _chinese(place: str) -> str:
    region: Region | None = region_of(place) if is_english(place) else None
    return region.name if region else place
