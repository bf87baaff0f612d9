"""A question on two things joined by 和 → one question each, so that each is looked for alone.

"2021年和2022年全国棉花产量" has two answers that rarely stand in one passage. The question is only
taken apart where its words show that each of the two has an answer of its own: 分别, two years,
two names, or two attributes right before what is asked (主演和导演是谁).
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise

from knowledge.regions import region_mentions
from knowledge.tokenization import fold, tagged_words

_JOIN = re.compile(r"和|以及|及(?!其)|与")
# Words that are one thing although they are joined.
_ONE_THING = re.compile(r"国家和地区|参与|与会|公布和|和平|和谐|第[一二三四五六七八九十\d]+条")
_EACH = re.compile(
    r"分别|各自|各(?=[是有为缴交付占出要需应得能可](?!地|自)|[一-鿿]{2}(?:了|过)?(?:多少|几))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# EMNLP2022和2023, 2022和2023年: the second year stands for the whole name.
_YEAR_ALONE = re.compile(r"((?:19|20)\d\d)(?:和|与|及)((?:19|20)\d\d)(?!\d|年)")
# 前两季度分别: each of them by its name.
_FIRST_QUARTERS = re.compile(r"前([两二三])个?季度")
_QUARTERS = ("第一季度", "第二季度", "第三季度")
# Two things are compared, or one thing is asked of both together: not two questions.
_TOGETHER = re.compile(
    r"比较|对比|相比|相差|差(?=多少|几)|区别|不同|差异|异同|之间|关系|一共|总共|合计|总和|平均|加起来"
)
_DIFFERS = re.compile(
    r"(?:之间)?(?:有)?(?:什么|啥|何|哪些)?(?:区别|不同|不一样|差异|差别)(?:在哪里?|是什么|在于什么)?[？?。]?$"
)
_COMPARES = re.compile(r"比较|对比|相比")
_TITLE = re.compile(r"《[^《》]{2,60}》")
_TITLES = re.compile(
    r"(《[^《》]{2,60}》)(?:和|与|跟|及|以及|、)[一-鿿]{0,6}?(《[^《》]{2,60}》)(?:两部|这两[部个])?"
)
_BOTH_YEARS = re.compile(r"((?:19|20)\d\d)年?(和|与|跟|及)((?:19|20)\d\d)年?这?两年")
_ASKED_OF_EACH = "分别是什么"
# What is asked follows directly, or the question ends in two attributes that have one value each.
_ASKED = re.compile(r"^的?(?:分别|各自?)?(?:都)?(?:是|为|在|叫)(?:谁|什么|哪|多少|何)")
_ENDS = re.compile(r"^[？?]?$")
_ATTRIBUTE = re.compile(
    r"(?:时间|地点|日期|导演|主演|编剧|作者|人数|人次|数量|金额|收入|票房|价格|结果|名称|主题|总量|产量|率)$"
)
_ASKS = re.compile(r"谁|什么|哪|多少|几")
_SAID_OF_BOTH = re.compile(r"(?:^|[年月日的》，,])$")
# What stands behind the second thing: 的, 是, 在, 为.
_AFTER_THING = frozenset("uj ul v p y".split())
_ASKING = frozenset("谁 什么 哪 哪里 多少 几 何".split())
_THING_TAGS = ("n", "vn", "b", "l")
_NAME_TAGS = ("ns", "nr", "nz", "nt", "eng")
_PLACE_TAG = "ns"
_TIME_TAGS = ("r", "t", "m")
_OF = "的"
_LIST_MARK = "、"
_MARK = re.compile(_LIST_MARK)
_OPENS = re.compile(r"[年的到，,]$")
# So many things of a list before the last two.
_LISTED = 3
# So many words after the joint may belong to its right side.
_REACH = 8


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    tag: str
    start: int
    end: int


def coordinated_parts(question: str) -> tuple[str, ...]:
    """The question once for each of the two joined things; the question itself if it has one."""
    folded = fold(question).strip()
    if len(folded) != len(question.strip()):
        return (question,)
    if titled := _of_titles(question.strip()):
        return titled
    if (differs := _DIFFERS.search(folded)) and not _COMPARES.search(folded):
        stem = _BOTH_YEARS.sub(r"\1年\2\3年", question.strip()[: differs.start()])
        return _differing(stem) or (question,)
    if _TOGETHER.search(folded):
        return (question,)
    question = question.strip()
    if quarters := _quarters(question, folded):
        return quarters
    if years := _YEAR_ALONE.search(folded):
        first, second = question[: years.end(1)], question[: years.start()] + years[2]
        return tuple(_without_each(start + question[years.end() :]) for start in (first, second))
    words = _apart(folded, _words(folded))
    for joint in _joints(folded):
        near = folded[max(0, joint.start() - 3) : joint.end() + 3]
        if _ONE_THING.search(near):
            continue
        before = [word for word in words if word.end <= joint.start()]
        behind = [word for word in words if word.start >= joint.end()]
        if not before or not behind or before[-1].end != joint.start():
            continue
        each = {word.start for word in behind if _EACH.match(folded, word.start)}
        left, right = _sides(before, behind, each, joint.group() == _LIST_MARK)
        if not _are_two(folded, left, right):
            continue
        # 2022和2023年: the year's word stands with the second only.
        year = "年" if _YEAR.fullmatch(left[-1].text) and right[-1].text == "年" else ""
        things = [*_listed_before(folded, before, left), (left[0].start, joint.start())]
        is_list = len(things) > 1 or joint.group() == _LIST_MARK
        if is_list and not _opens_list(folded[: things[0][0]]):
            return (question,)
        opening, rest = question[: things[0][0]], year + question[right[-1].end :]
        named = [opening + question[start:end] + rest for start, end in things]
        return tuple(map(_without_each, [*named, opening + question[joint.end() :]]))
    return (question,)


def _opens_list(opening: str) -> bool:
    """False where what stands before the first thing of a list may be a part of it (特困供养|人员、孤儿)."""
    if not opening or _OPENS.search(opening) or region_mentions(opening)[-1:]:
        return True
    words = tagged_words(opening)
    return len(words) == 1 and words[0][1].startswith("v")


def _joints(folded: str) -> list[re.Match[str]]:
    """Where two things are joined: by a word, or, where each is meant, by the last mark of a list."""
    joints = list(_JOIN.finditer(folded))
    each = _EACH.search(folded)
    if joints or each is None:
        return joints
    return [*_MARK.finditer(folded, 0, each.start())][-1:]


def _listed_before(folded: str, before: list[_Word], left: list[_Word]) -> list[tuple[int, int]]:
    """Start and end of the things that a list names before `left`: 老年人、残疾人 (和儿童)."""
    things: list[tuple[int, int]] = []
    words, end = before[: before.index(left[0])], left[0].start - 1
    while words and folded[end] == _LIST_MARK and words[-1].end == end and len(things) < _LISTED:
        start = _start_of_thing(words)
        things.insert(0, (words[start].start, end))
        words, end = words[:start], words[start].start - 1
    return things


def _of_titles(question: str) -> tuple[str, ...]:
    """One question a document where two are named side by side (《甲》和《乙》分别怎么规定)."""
    joined = _TITLES.search(question)
    if joined is None or len(_TITLE.findall(question)) != len(joined.groups()):
        return ()
    before, behind = question[: joined.start()], question[joined.end() :]
    rest = _DIFFERS.sub("", _without_each(behind)) or "怎么规定"
    return tuple(f"{_COMPARES.sub('', before)}{title}{rest}" for title in joined.groups())


def _differing(stem: str) -> tuple[str, ...]:
    """What each of two things is that are asked to be told apart; empty if no two are named.

    收养和寄养有什么区别 → 收养是什么, 寄养是什么; what is asked of both stays with both.
    """
    joints = [
        joint
        for joint in _JOIN.finditer(stem)
        if not _ONE_THING.search(stem[max(0, joint.start() - 3) : joint.end() + 3])
    ]
    if len(joints) != 1:
        return ()
    each = coordinated_parts(f"{stem}{_ASKED_OF_EACH}")
    left, right = stem[: joints[0].start()], stem[joints[0].end() :].removesuffix("的")
    # 儿童社工和妇女社工服务内容: the word that both end in shows where the second ends.
    ending = tagged_words(left)[-1][0]
    thing, of, attribute = right.rpartition("的")
    if not of and len(each) > 1 and ending in right[1:]:
        return each
    things = (left, thing) if of else (left, right)
    place = next((left[:end] for start, end, _ in region_mentions(left) if not start), "")
    if place and not region_mentions(right):
        things = (things[0], place + things[1])
    return tuple(f"{one}{of}{attribute if of else ''}是什么" for one in things)


def _sides(
    before: list[_Word], behind: list[_Word], means_each: Container[int], by_mark: bool
) -> tuple[list[_Word], list[_Word]]:
    """The words joined: 女子双人10米跳台和男子双人10米跳台, 2022年和2023年, 主演和导演.

    At `means_each` stands what says that each is meant; `by_mark` where only the mark of a list joins them.
    """
    last = before[-1].text
    for count, word in enumerate(behind[:_REACH], 1):
        if word.text == last and len(before) >= count:
            return before[-count:], behind[:count]
    # 最佳电视剧和最佳电视动画: both sides begin alike.
    opening = next((w for w in reversed(before[-_REACH:]) if w.text == behind[0].text), None)
    if opening is not None:
        # 申请登记和申请领取: what is done goes on to the next clause.
        end = (
            _end_of_clause(behind)
            if behind[0].tag.startswith("v")
            else _end_of_thing(behind, means_each)
        )
        return before[before.index(opening) :], behind[:end]
    if _YEAR.fullmatch(before[-1].text) and len(behind) > 1 and behind[1].text == "年":
        return before[-1:], behind[:2]
    each = next((n for n, word in enumerate(behind[:_REACH]) if word.start in means_each), 0)
    if each:
        # 生育津贴和医疗费报销各要几天: the thing goes on to what says that each is meant.
        own = behind[: _own_words(before, behind[:each], by_mark)]
        # 劳动合同终止和解除: what is done to one thing.
        of_one = len(own) == 1 and before[-1].tag.startswith("v") and own[0].tag.startswith("v")
        return before[-1:] if of_one else before[_start_of_thing(before) :], own
    return before[-1:], behind[:1]


def _own_words(before: list[_Word], behind: list[_Word], by_mark: bool) -> int:
    """How many of the words behind the joint are the second thing's own.

    乡镇政府和居委会的职责: 的职责 is asked of both; 宁夏和四川2025年的资金: so is all behind the place.
    """
    if before[-1].tag == _PLACE_TAG and behind[0].tag == _PLACE_TAG:
        return 1
    is_as_long = len(before[-1].text) == len(behind[0].text)
    if is_as_long and (by_mark or before[-1].text[-1] == behind[0].text[-1]):
        # 二级和三级医院; 事假、病假、年假工资.
        return 1
    texts = [word.text for word in behind]
    if _OF in texts[1:]:
        return len(behind) if any(word.text == _OF for word in before) else texts.index(_OF)
    # 督导和社工每月补贴.
    return next((n for n, word in enumerate(behind) if n and word.tag in _TIME_TAGS), len(behind))


def _end_of_clause(words: list[_Word]) -> int:
    """How many words stand before the next mark."""
    gaps = (n for n, (a, b) in enumerate(pairwise(words), 1) if a.end != b.start)
    return next(gaps, len(words))


def _start_of_thing(words: list[_Word]) -> int:
    """From which word on the last thing named goes: nouns in a row that touch."""
    start = last = len(words) - 1
    while start and words[start - 1].end == words[start].start:
        if not words[start - 1].tag.startswith(_THING_TAGS):
            break
        start -= 1
    # 四川社工站和服务对象的数量: the place is that of both.
    return start + (start < last and words[start].tag == _PLACE_TAG)


def _end_of_thing(words: list[_Word], means_each: Container[int]) -> int:
    """How many words the thing has that begins here: up to what is asked of it."""
    for count, word in enumerate(words):
        is_end = word.start in means_each or word.tag in _AFTER_THING or word.text in _ASKING
        if count and is_end:
            return count
    return len(words)


def _quarters(question: str, folded: str) -> tuple[str, ...]:
    """One question a quarter (前两季度营收分别是多少); empty if it names none so."""
    match = _FIRST_QUARTERS.search(folded)
    if match is None or not _EACH.search(folded):
        return ()
    names = _QUARTERS[: 3 if match[1] == "三" else 2]
    before, behind = question[: match.start()], question[match.end() :]
    return tuple(_without_each(before + name + behind) for name in names)


def _are_two(folded: str, left: list[_Word], right: list[_Word]) -> bool:
    if _EACH.search(folded):
        return True
    if _YEAR.fullmatch(left[0].text) and _YEAR.fullmatch(right[0].text):
        return True
    if left[-1].tag.startswith(_NAME_TAGS) and right[-1].tag.startswith(_NAME_TAGS):
        return True
    if len(left) > 1 and left[-1].text == right[-1].text and _ASKS.search(folded):
        # 2023年澳网男单和温网男单: what stands before is said of both. Not 残疾人两项补贴和孤儿补贴.
        return bool(_SAID_OF_BOTH.search(folded[: left[0].start]))
    rest = folded[right[-1].end :]
    if _ENDS.match(rest):
        return bool(_ATTRIBUTE.search(left[-1].text) or _ATTRIBUTE.search(right[-1].text))
    return bool(_ASKED.match(rest))


def _without_each(part: str) -> str:
    return _EACH.sub("", part)


def _apart(folded: str, words: list[_Word]) -> list[_Word]:
    """The words with a joint freed that they swallowed: 初级社|工和|中级 → 初级|社工|和|中级."""
    for word in words:
        joint = _JOIN.search(word.text)
        if joint and word.tag == "c" and joint.group() != word.text:
            start, end = word.start + joint.start(), word.start + joint.end()
            own = _Word(joint.group(), "c", start, end)
            return [*_words(folded[:start]), own, *_words(folded, end)]
    return words


def _words(folded: str, position: int = 0) -> list[_Word]:
    """The words from `position` on."""
    words: list[_Word] = []
    for word, tag in tagged_words(folded[position:]):
        start = folded.find(word, position)
        if start < 0:
            continue
        position = start + len(word)
        if tag.startswith("m") and word.endswith("年") and _YEAR.match(word):
            words.append(_Word(word[:-1], tag, start, position - 1))
            words.append(_Word("年", "m", position - 1, position))
        else:
            words.append(_Word(word, tag, start, position))
    return words
