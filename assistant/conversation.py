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
from assistant.carried_over import with_carried, with_person
from assistant.compared import compared
from assistant.correction import meant_instead
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
from assistant.put_together import DETAIL, put_together
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
from assistant.thing_instead import thing_named, with_other_thing
from assistant.topic_before import topic_before
from assistant.topic_change import is_follow_up, lacks_subject, points_back, subject
from assistant.turn import Turn, counts, is_in_vain
from knowledge.tokenization import simplify

# Turns further back are not looked at.
_TURNS = 12
# 那服务期多长总有吧, but not 那广西呢.
_THEN = re.compile(r"那(?![么个边里儿些年时]).{4,}")


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
        if turns and asks_no_other(asked) and full_year(asked, turns[-1]) == asked:
            # 为什么 and 具体说说 leave the question where it was.
            stood = turns[-1].question
        elif before or not in_vain:
            stood, _ = without_source(_standing_alone(asked.strip(), before))
        else:
            stood = _asked_anew(asked.strip(), in_vain)
        turns.append(Turn(stood, answer, bool(in_words_of_rules(asked)), thing_named(asked)))
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
    if points_back(said):
        return (*turns, in_vain)
    if turns or not _THEN.match(said):
        return turns
    names = any(t.weight >= 1 and len(t.word) > 1 for t in parse_question(bare(said)).terms)
    if names and in_vain.places:
        # 那签协议是谁跟谁签, after a question on applying that had no answer: the place alone.
        return (Turn("".join(region.name for region in in_vain.places), ""),)
    return (in_vain,)


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


def _resolved(said: str, rest: str, turns: Sequence[Turn]) -> str | None:
    """`said`, whose bare form is `rest`, made to stand alone; None if it does already.

    From the most telling form of follow-up to the least.
    """
    if in_words_of_rules(said) and (named := [t for t in turns if not t.is_bare]):
        # 不服怎么办 goes on with what is applied for, not with 多久批下来 before it.
        turns = named
    last = turns[-1]
    if asks_more(said):
        return last.question if is_english(last.question) else last.question + DETAIL
    if confirms(said) or mends_typing(said):
        return last.question
    if of_person := with_person(rest, turns):
        return of_person
    rest = sounding_place(rest)
    now = parse_question(rest)
    documents = named_documents(rest)
    if documents:
        return with_other_document(rest, documents, last)
    if asks_source(rest):
        return with_source(last.question)
    found = (
        put_together(rest, turns)
        or next_step(rest, now, last)
        or compared(rest, now, turns)
        or with_other_place(rest, last)
        or with_other_year(rest, now, last)
        or with_article(EMPTY_POINTING.sub("", rest), last)
        or _listed(rest, turns)
        or with_other_thing(said, turns)
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
        siblings = [i for _, items in answer_lists(turn.answer) for i in items]
        asked_of = next((i for i in siblings if i and i != item and i in turns[-1].question), "")
        if not ask and asked_of:
            # 第二类呢, after how much the first gets.
            return turns[-1].question.replace(asked_of, item)
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
        topic = topic_before(ask, turns) if len(places) == 1 else ""
        return f"{places[0]}{topic}{ask}" if topic else None
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
    meant = meant_instead(said)
    rest = sounding_place(bare(meant or said))
    if other := with_other_place(rest, in_vain):
        return other
    if meant and parse_question(meant).form == "general":
        # 我说的是养老补贴, after 骗领的话怎么处理.
        return f"{meant}{in_vain.question}"
    places = "".join(region.name for region in in_vain.places)
    now = parse_question(rest)
    return f"{places}{question}" if places and lacks_subject(now) and not now.regions else question
