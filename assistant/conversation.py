"""History + question → a question that stands alone. Rules, no model.

A follow-up names only what changes: another place (那广西呢), another facet (经费呢), or nothing
at all (他们去哪些县区). What it leaves out is carried over from the last question that named it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import ParsedQuestion, parse_question, place_names
from assistant.refusal import is_instruction, is_small_talk
from knowledge.tokenization import fold

_OPENING = re.compile(
    r"^(?:那么?|那|还有|另外|然后|接着|再问一下|请问)[，,]?(?=[^些个边里])|^(?:and|what about|how about)\s+",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:呢|的呢)[？?]?$|[？?]$")
_BARE_ASK = re.compile(r"^(?:呢|怎么样|如何|是什么|有吗|有什么|吗)?$")
_POINTING = re.compile(
    r"它们?|他们|她们|其中|其|该(?:方案|政策|计划|法|条例|文件|地)|(?:这|那)(?:个|些|份|项|部|批)?(?:方案|政策|计划|法|条例|文件|人|社工|里|边|基地)?|上述|前面|刚才"
)
_NAMED_LAW = re.compile(r"[一-鿿]{2,}(?:法|条例|办法|规定)(?:实施细则)?第")
_TURNS = 3


def standalone_question(text: str, history: Sequence[tuple[str, str]]) -> str:
    """`text` with what it leaves out carried over from the latest turns of `history`."""
    question = text.strip()
    earlier = _last_question(history)
    if earlier is None:
        return question
    now, before = parse_question(question), parse_question(earlier)
    if not _is_followup(question, now, before):
        return question
    stripped = _CLOSING.sub("", _OPENING.sub("", question)).strip()
    if _names_only_place(stripped, now):
        return _with_place(earlier, before, now)
    return _with_subject(question, stripped, now, before)


def _last_question(history: Sequence[tuple[str, str]]) -> str | None:
    """The latest question of the conversation, itself made to stand alone."""
    turns = [
        asked
        for asked, _ in history
        if asked and not is_small_talk(asked) and not is_instruction(asked)
    ]
    if not turns:
        return None
    if len(turns) == 1:
        return turns[0]
    return standalone_question(turns[-1], [(asked, "") for asked in turns[-_TURNS:-1]])


def _is_followup(text: str, now: ParsedQuestion, before: ParsedQuestion) -> bool:
    """True if the question leaves out something that the one before it named."""
    if _OPENING.search(text) or re.search(r"呢[？?]?$", text):
        return True
    strong = [term for term in now.terms if term.weight >= 1]
    if now.regions or now.references.titles or _NAMED_LAW.search(text):
        return False
    if _POINTING.search(fold(text)):
        return True
    # Without a place of its own and with little subject, it goes on with the one before.
    return bool(before.regions or before.references.titles) and len(strong) <= 3 and len(text) <= 18


def _names_only_place(stripped: str, now: ParsedQuestion) -> bool:
    rest = fold(stripped)
    for region in now.regions:
        for name in sorted(place_names(region), key=len, reverse=True):
            rest = rest.replace(fold(name), "")
    rest = re.sub(r"壮族自治区|回族自治区|自治区|[省市的]", "", rest)
    return bool(now.regions) and bool(_BARE_ASK.match(rest.strip()))


def _with_place(earlier: str, before: ParsedQuestion, now: ParsedQuestion) -> str:
    """The earlier question, asked of another place."""
    place = now.regions[0].name
    for region in before.regions:
        for name in sorted(place_names(region), key=len, reverse=True):
            if name in earlier:
                return earlier.replace(name, place)
    # The earlier question named its place in another script or language, or not at all.
    words = " ".join(term.word for term in before.terms)
    return f"{place}{earlier}" if not before.regions else f"{place} {words}"


def with_subject(text: str, earlier: str) -> str:
    """`text` with the place, title, years and subject that only `earlier` names."""
    now, before = parse_question(text), parse_question(earlier)
    years = [f"{year}年" for year in before.years] if not now.years else []
    return "".join(years) + _with_subject(text, text, now, before)


def _with_subject(question: str, stripped: str, now: ParsedQuestion, before: ParsedQuestion) -> str:
    """The question with the place, the title and the subject of the one before it."""
    carried: list[str] = []
    if not now.regions:
        carried += [region.name for region in before.regions]
    if not now.references.titles:
        carried += [f"《{title}》" for title in before.references.titles]
    if not now.regions and not before.references.titles:
        # A new facet keeps the subject, not the old facet with it.
        carried += [
            term.word
            for term in before.terms
            if term.weight >= 1 and not _is_facet_word(term.word) and term.word not in stripped
        ][:3]
    asked = _POINTING.sub("", stripped) if carried else stripped
    if before.cumulative and not now.cumulative and not now.years and now.form == "figure":
        carried.append("累计")
    return "".join(carried) + (asked or question)


def _is_facet_word(word: str) -> bool:
    return bool(re.search(r"目标|经费|资金|领域|印发|累计|选派|投入|覆盖|\d", word))
