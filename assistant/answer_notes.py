"""What stands around an answer: the titles of what it quotes, its force, the place of its rules."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import Answer
from assistant.followup_words import asks_others
from assistant.source_asked import sources_told
from assistant.validity_notes import place_note, validity_notes
from assistant.wording import say
from assistant.work import Work
from knowledge.references import numeral_value
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_NUMERAL = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
# A pair is as often two of several.
_LEAST_COUNTED = 3


def with_notes(answer: Answer, work: Work, snapshot: Snapshot) -> Answer:
    """The answer with the titles asked for, and what must be known of the force of its texts."""
    if not answer.citations:
        return answer
    answer = _without_more(_with_source(answer, work), work)
    if _counts_otherwise(answer, work):
        answer = _headed(answer, say("number_differs", work.language), work)
    notes = validity_notes(work.citations, snapshot, work.language)
    held = place_note(work, snapshot)
    notes = f"{held}\n\n{notes}".strip() if held else notes
    if not notes:
        return answer
    noted = work.answer(answer.status, f"{answer.text}\n\n{notes}", work.citations)
    return replace(noted, mode=answer.mode)


def _without_more(answer: Answer, work: Work) -> Answer:
    """The answer behind a word that it is all there is, where 还有吗 finds what was told before."""
    told = work.asked.history[-1][1] if work.asked.history else ""
    if not asks_others(work.asked.text) or not _is_told(answer, told):
        return answer
    return _headed(answer, say("no_more", work.language), work)


def _counts_otherwise(answer: Answer, work: Work) -> bool:
    """True if the quotes count the things asked for, and not as many as asked: 12个领域 where there are 10."""
    asked = work.parsed
    if asked is None or asked.asked_number < _LEAST_COUNTED or not asked.listed:
        return False
    if answer.text.startswith(say("figure_differs", work.language)):
        # It is said already.
        return False
    counted = re.compile(
        rf"(?<![这那第每某统\d一二三四五六七八九十])({_NUMERAL})[个项大类种条]?[^，。；、的\d]{{0,4}}?{re.escape(asked.listed)}"
    )
    if not counted.search(fold(asked.text)):
        return False
    quotes = fold("".join(citation.quote for citation in answer.citations))
    told = {numeral_value(number) for number in counted.findall(quotes)}
    return len(told) == 1 and asked.asked_number not in told


def _is_told(answer: Answer, told: str) -> bool:
    """True if every quote of the answer stands in what was told."""
    said = "".join(told.split())
    return all("".join(citation.quote.split()) in said for citation in answer.citations)


def _with_source(answer: Answer, work: Work) -> Answer:
    """The answer behind the titles of what it quotes, where they are asked for."""
    if not work.asks_source:
        return answer
    return _headed(answer, sources_told(work.citations, work.language), work)


def _headed(answer: Answer, head: str, work: Work) -> Answer:
    named = work.answer(answer.status, f"{head}\n\n{answer.text}", work.citations)
    return replace(named, mode=answer.mode)
