"""History + question → a question that stands alone. Rules, no model.

A follow-up names only what changes: another place (那广西呢), another facet (经费呢), an article
(第二条), or nothing at all (具体说说). What it leaves out is taken from the turns before, each
of which is first made to stand alone itself: the place of the first turn and the facet of the
second meet in the third. Blocked turns carry nothing; declined ones what they spoke of, where it is pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer_list import answer_lists, listed_item, ordinal
from assistant.article_followup import with_article
from assistant.bare_asks import in_words_of_rules
from assistant.carried_over import with_carried
from assistant.compared import compared
from assistant.correction import meant_instead
from assistant.derived_figures import together
from assistant.document_name import named_documents
from assistant.english import is_english
from assistant.followup_words import (
    ASPECTS,
    BARE_ASK,
    CLOSING,
    COURTESY,
    EMPTY_POINTING,
    OTHER_SUBJECT,
    asks_more,
    asks_no_other,
    bare,
    confirms,
    mends_typing,
)
from assistant.next_step import next_step
from assistant.question import parse_question
from assistant.relative_year import full_year
from assistant.replacement import (
    moved,
    place_and_rest,
    sounding_place,
    with_other_document,
    with_other_noun,
    with_other_place,
    with_other_year,
)
from assistant.source_asked import asks_source, with_source, without_source
from assistant.topic_change import is_follow_up, points_back, subject
from assistant.turn import Turn, counts, is_in_vain
from knowledge.regions import region_mentions
from knowledge.tokenization import simplify, tagged_words

# Turns further back are not looked at.
_TURNS = 12
_DETAIL = "，具体说说"
_IN_ALL = re.compile(
    r"(?=.*(?:一共|总共|累计|合计|总计|加起来))(?:那|一共|总共|累计|合计|总计|加起来|的|是|有|多少|呢|[？?])+"
)
_ADDS = re.compile(
    r"(?:那|这样)?(?:(?:一共|总共|合计|加起来|加在一起|合起来)(?:是|有)?)+(?:多少|几)?(?:个|人|名|家|县)?(?:呢)?[？?]?"
)
_SHARE = re.compile(
    r"(?:那|这)?(?:大概|大约)?占(?:比)?(?:全部|总数|总人数|全体)?的?(?:多少|几成|百分之几|百分之多少|多大比例|比例(?:是)?多少|比例)?(?<!占)(?:呢)?[？?]?"
)
_HOW_MANY_OF = re.compile(
    r"(?:大概|大约|现在|目前|一共|总共|有|是|共)*(?:多少|几)(?![天日月年元钱])(?:名|个|人|位|家)*(?:呢)?"
)
# What was itself asked of other figures; and an answer that puts a value first.
_PUT_TOGETHER, _TOLD = re.compile(r"占|[；;]|加起来|合计"), re.compile(r"^\*\*[^*]+\*\*")
_COUNT = re.compile(
    r"(?:那|这)?(?:一共|总共|共)?(?:有|是)?(?:多少|几)(?:个|项|种|条|处)(?:呢)?[？?]?"
)
_WHICH = re.compile(r"哪(?:些|几个)(?=县|市|区|省|地市|村|社区|$)")
_BOTH = re.compile(
    r"(?:那|这|把)?(?:两|二)(?:个|项|者|样|类|批|组|种)?(?:数字?|的)?(?:一共|加起来|合起来|合计|相加|加一起|之和)(?:总共|一共)?(?:是|有)?(?:多少)?(?:个|人|名|家)?"
)
# 和志愿组织加起来: what was counted before, with something else.
_WITH_OTHER = re.compile(
    r"(?:和|跟|与|加上|再加上|连同?)(?P<other>[一-鿿]{2,10}?)(?:的)?(?:一共|一起|加起来|加在一起|合起来|合计|总共|共)+(?:是|有)?(?:多少)?(?:个|人|名|家)?"
)
_HOW_MANY = re.compile(r"多少|几(?![乎何率])")
# 那服务期多长总有吧, but not 那广西呢.
_THEN = re.compile(r"那(?![么个边里儿些年时]).{4,}")
_A_YEAR = re.compile(r"(?:(?:19|20)\d\d年|今年|去年|前年)")


def standalone_question(text: str, history: Sequence[tuple[str, str]]) -> str:
    """`text` with what it leaves out carried over from the latest turns of `history`.

    `history` holds (question, answer) pairs, oldest first. A question that leaves nothing out,
    or that follows nothing, comes back as it is.
    """
    question = text.strip()
    turns: list[Turn] = []
    in_vain: Turn | None = None
    for asked, answer in history[-_TURNS:]:
        if not counts(asked, answer):
            if is_in_vain(asked, answer):
                before = _with_in_vain(asked, turns, in_vain)
                in_vain = Turn(_standing_alone(asked.strip(), before), "")
            continue
        before = _with_in_vain(asked, turns, in_vain)
        if turns and asks_no_other(asked):
            # 为什么 and 具体说说 leave the question where it was.
            stood = turns[-1].question
        elif before or not in_vain:
            stood, _ = without_source(_standing_alone(asked.strip(), before))
        else:
            stood = _asked_anew(asked.strip(), in_vain)
        turns.append(Turn(stood, answer, bool(in_words_of_rules(asked))))
        in_vain = None
    before = _with_in_vain(question, turns, in_vain)
    if before:
        return _standing_alone(question, before)
    return _asked_anew(question, in_vain) if in_vain else question


def _with_in_vain(asked: str, turns: Sequence[Turn], in_vain: Turn | None) -> Sequence[Turn]:
    """The turns that `asked` may go back to.

    One that the library had no answer to is among them only if it opened another subject and the
    words point at it (电话是多少 → 那它在哪儿): what it is on is known, though its answer is not.
    """
    if in_vain is None or (turns and turns[-1].places == in_vain.places):
        return turns
    said = COURTESY.sub("", simplify(asked.strip()))
    goes_on = points_back(said) or (not turns and bool(_THEN.match(said)))
    return (*turns, in_vain) if goes_on else turns


def _standing_alone(question: str, turns: Sequence[Turn]) -> str:
    if not turns:
        return question
    said = full_year(simplify(question), turns[-1])
    if opening := OTHER_SUBJECT.match(said):
        return question[opening.end() :]
    if meant := meant_instead(said):
        return _resolved(f"那{meant}", bare(meant), turns) or meant
    rest = bare(said)
    return _resolved(said, rest, turns) or question


def _in_all(rest: str, last: Turn) -> str | None:
    """The figure asked for before as a total (累计呢); None if no total is asked for."""
    if not _IN_ALL.fullmatch(rest) or last.parsed.form != "figure" or last.parsed.cumulative:
        return None
    asked, found = _HOW_MANY.subn(r"累计\g<0>", _A_YEAR.sub("", last.question), count=1)
    return asked if found else None


def _summed(rest: str, turns: Sequence[Turn]) -> str | None:
    """The sum of two figures that were asked for one after the other, of other things or places."""
    pair = turns[-2:]
    if len(pair) < 2 or not _ADDS.fullmatch(rest):
        return None
    first, second = pair
    is_other = first.parsed.focus != second.parsed.focus or first.places != second.places
    is_alike = (first.parsed.measure == "money") == (second.parsed.measure == "money")
    counts = all(turn.parsed.form == "figure" and _TOLD.search(turn.answer) for turn in pair)
    if not (is_other and is_alike and counts) or any(
        _PUT_TOGETHER.search(t.question) for t in pair
    ):
        return None
    return together(*(turn.question.rstrip("？?。 ") for turn in pair))


def _share(rest: str, last: Turn) -> str | None:
    """The share of what was counted before in all of its kind (占多少); None if not asked."""
    if not _SHARE.fullmatch(rest) or last.parsed.form != "figure":
        return None
    counted, found = _HOW_MANY_OF.subn("", last.question.rstrip("？?。 "), count=1)
    if not found or _PUT_TOGETHER.search(counted):
        return None
    nouns = [word for word, tag in tagged_words(counted) if tag.startswith("n") and len(word) > 1]
    return f"{counted}占全部{nouns[-1]}的比例是多少" if nouns else None


def _counted(rest: str, last: Turn) -> str | None:
    """How many of what was listed before there are (一共多少个, after 服务哪些县)."""
    asked = last.question.removesuffix(_DETAIL).rstrip("？?。 ")
    if not _COUNT.fullmatch(rest) or last.parsed.form == "figure" or not _WHICH.search(asked):
        return None
    return _WHICH.sub("多少个", asked, count=1)


def _added(rest: str, turns: Sequence[Turn]) -> str | None:
    """The sum of the figures that the last two turns asked for (两个加起来呢); None if not asked."""
    last = turns[-1]
    if (other := _WITH_OTHER.fullmatch(rest)) and last.parsed.form == "figure":
        counted = "".join(last.parsed.focus)
        names_place = region_mentions(other["other"]) or _A_YEAR.search(other["other"])
        if counted and counted in last.question and not names_place:
            asked = last.question.rstrip("？?。 ")
            return together(asked, asked.replace(counted, other["other"]))
    if not _BOTH.fullmatch(rest) or len(turns) < 2:
        return None
    pair = turns[-2:]
    if any(turn.parsed.form != "figure" for turn in pair):
        return None
    return together(*(turn.question.rstrip("？?。 ") for turn in pair))


def _resolved(said: str, rest: str, turns: Sequence[Turn]) -> str | None:
    """`said`, whose bare form is `rest`, made to stand alone; None if it does already.

    From the most telling form of follow-up to the least.
    """
    if in_words_of_rules(said) and (named := [t for t in turns if not t.is_bare]):
        # 不服怎么办 goes on with what is applied for, not with 多久批下来 before it.
        turns = named
    last = turns[-1]
    if asks_more(said):
        return last.question if is_english(last.question) else last.question + _DETAIL
    if confirms(said) or mends_typing(said):
        return last.question
    rest = sounding_place(rest)
    now = parse_question(rest)
    documents = named_documents(rest)
    if documents:
        return with_other_document(rest, documents, last)
    if asks_source(rest):
        return with_source(last.question)
    found = (
        _summed(rest, turns)
        or _in_all(rest, last)
        or _share(rest, last)
        or _counted(rest, last)
        or next_step(rest, now, last)
        or _added(rest, turns)
        or compared(rest, now, turns)
        or with_other_place(rest, last)
        or with_other_year(rest, now, last)
        or with_article(EMPTY_POINTING.sub("", rest), last)
        or _listed(rest, turns)
        or with_other_noun(rest, turns)
    )
    if found:
        return found
    if any(region.level != "country" for region in now.regions):
        return _of_another_place(rest, turns)
    if not is_follow_up(said, now, turns):
        return None
    return with_carried(said, rest, now, turns)


def _listed(rest: str, turns: Sequence[Turn]) -> str | None:
    """The thing asked for by its place in an earlier answer (第二个领域是什么)."""
    asked = ordinal(rest)
    if asked is None:
        return None
    number, ask = asked
    noun = ask[:2] if ask and not BARE_ASK.match(ask) else ""
    for turn in _with_lists(turns):
        item = listed_item(turn.answer, number, noun)
        if not item:
            continue
        tail = ask.removeprefix("的")
        if tail and item.endswith(tail[:2]):
            tail = tail[2:]
        head = turn.own_documents[-1:] or [region.name for region in turn.places]
        head = [name for name in head if name not in item]
        return "".join(head) + item + (CLOSING.sub("", tail) or "是什么")
    return None


def _with_lists(turns: Sequence[Turn]) -> list[Turn]:
    """The turns, the latest first; before all one whose list the latest question is an item of.

    After 最后一个领域做什么 the one before the last is the field before it.
    """
    question = turns[-1].question
    of_item = [
        turn
        for turn in turns[:-1]
        if any(i and i in question for _, items in answer_lists(turn.answer) for i in items)
    ]
    return [*reversed(of_item), *reversed(turns)]


def _of_another_place(rest: str, turns: Sequence[Turn]) -> str | None:
    """A place with an ask that lacks its subject (广西有多少人); None if nothing is lacking."""
    places, ask = place_and_rest(rest)
    now, last = parse_question(ask), turns[-1]
    if now.facets or subject(now) or now.references.articles or not ask:
        return None
    aspects = [term.word for term in now.terms if term.word in ASPECTS]
    if len(places) == 1 and aspects and not any(a in last.question for a in aspects):
        # 河南的标准是多少, after how long it is paid.
        things = [t.word for t in last.parsed.terms if t.weight >= 1 and len(t.word) > 1]
        return places[0] + "".join(things) + ask if things else None
    if BARE_ASK.match(ask):
        return moved(places, last)
    # 那河南几天, after what is done where it is refused: the time was asked before.
    alike = [t for t in reversed(turns) if t.parsed.form == now.form and now.form != "general"]
    return moved(places, alike[0]) if alike else None


def _asked_anew(question: str, in_vain: Turn) -> str:
    """A question that was declined, asked of another place; the question itself otherwise."""
    said = simplify(question)
    rest = sounding_place(bare(meant_instead(said) or said))
    return with_other_place(rest, in_vain) or question
