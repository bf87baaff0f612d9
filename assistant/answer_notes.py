"""What stands around an answer: the titles of what it quotes, its force, the place of its rules."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer
from assistant.followup_words import asks_others
from assistant.source_asked import sources_told
from assistant.validity_notes import place_note, validity_notes
from assistant.wording import say
from assistant.work import Work
from knowledge.snapshot import Snapshot


def with_notes(answer: Answer, work: Work, snapshot: Snapshot) -> Answer:
    """The answer with the titles asked for, and what must be known of the force of its texts."""
    if not answer.citations:
        return answer
    answer = _without_more(_with_source(answer, work), work)
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
    said = f"{say('no_more', work.language)}\n\n{answer.text}"
    named = work.answer(answer.status, said, work.citations)
    return replace(named, mode=answer.mode)


def _is_told(answer: Answer, told: str) -> bool:
    """True if every quote of the answer stands in what was told."""
    said = "".join(told.split())
    return all("".join(citation.quote.split()) in said for citation in answer.citations)


def _with_source(answer: Answer, work: Work) -> Answer:
    """The answer behind the titles of what it quotes, where they are asked for."""
    if not work.asks_source:
        return answer
    told = sources_told(work.citations, work.language)
    named = work.answer(answer.status, f"{told}\n\n{answer.text}", work.citations)
    return replace(named, mode=answer.mode)
