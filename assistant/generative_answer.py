"""An answer written by a chat model, sentence by sentence as the evidence carries it.

numbered evidence → messages → reply → sentences → grounding → text with marks
                                     ↘ failure, or too little left → the quoted answer
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.chat_failure import ChatCause, ChatFailure
from assistant.chat_notes import change_notes, fallback_note
from assistant.citing import Citations
from assistant.generative import ChatModel, Ending
from assistant.generative_layout import Layout
from assistant.generative_markdown import ThoughtFilter
from assistant.generative_prompt import messages, numbered_evidence
from assistant.generative_reply import GroundedReply
from assistant.generative_units import UnitReader
from assistant.request import TextDelta
from assistant.work import Work
from knowledge.documents import Passage
from knowledge.regions import COUNTRY
from knowledge.snapshot import Snapshot

# A longer reply is not read to its end; measured in characters of the raw reply.
_REPLY_LIMIT = 6000
_THOUGHT_LIMIT = 60_000
_MARK = re.compile(r"(?<!\\)\[(\d{1,3})\]")


class AnswerWriter:
    """Writes answers with a chat model; whatever goes wrong, the quoted answer is given."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def written(
        self, work: Work, quoted: Answer, snapshot: Snapshot
    ) -> Generator[TextDelta, None, Answer]:
        """Pieces of text, each carried by the evidence; returns the complete answer.

        `quoted` is the extractive answer to the same question, `work.citations` its citations.
        The pieces are the beginning of the answer's text. May be closed at any time.
        """
        citations, layout = Citations(), Layout()
        cause: ChatCause | None
        if work.language == "en":
            cause, wrote, notes = "language", False, ""
        else:
            evidence = numbered_evidence(work.citations, work.evidence, snapshot)
            place = _only_place(work)
            reply = GroundedReply(evidence, work.standalone, place, citations, layout)
            reading = _Reading(self._model)
            started = time.perf_counter()
            with closing(reading.pieces(*messages(work.standalone, evidence), reply)) as pieces:
                for piece in pieces:
                    yield TextDelta(piece)
            work.timings["chat"] = round((time.perf_counter() - started) * 1000, 3)
            cause = reading.cause or _verdict(reply)
            wrote = reply.kept + reply.corrected > 0
            notes = change_notes(reply.removed, reply.corrected, reading.is_cut, work.language)
        if cause is None:
            ending = [notes, _uncited_end(quoted)]
        else:
            renumbered = _with_numbers(quoted.text, _merged(work.citations, citations))
            ending = [fallback_note(cause, work.language), renumbered]
        for words in filter(None, ending):
            yield TextDelta(layout.block(words))
        answer = work.answer(quoted.status, layout.text, citations)
        return replace(answer, mode="generative" if wrote else "extractive", facts=quoted.facts)


class _Reading:
    """Reads one reply; remembers how it ended."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.cause: ChatCause | None = None
        self.is_cut = False

    def pieces(self, system: str, user: str, reply: GroundedReply) -> Generator[str, None, None]:
        """The pieces of the reply that are carried."""
        reader, thoughts = UnitReader(), ThoughtFilter()
        length = raw = 0
        ended: Ending | None = None
        try:
            with closing(self._model.stream(system, user)) as stream:
                for piece in stream:
                    if isinstance(piece, Ending):
                        ended = piece
                        continue
                    raw += len(piece)
                    text = thoughts.feed(piece)
                    length += len(text)
                    for unit in reader.feed(text):
                        yield from reply.take(unit)
                    if length > _REPLY_LIMIT or raw > _THOUGHT_LIMIT or reply.goes_round:
                        self.is_cut = not reply.goes_round
                        return
        except ChatFailure as failure:
            self.cause = failure.cause
            return
        if ended is not None and ended.is_cut:
            self.is_cut = True
            return
        rest = tuple(reader.close())
        for unit in rest:
            yield from reply.take(unit)
        if not length:
            self.cause = "empty"
        elif ended is None and not all(unit.is_whole for unit in rest):
            # No word of an end, in the middle of a sentence: the connection was lost.
            self.cause = "unreachable"


def _verdict(reply: GroundedReply) -> ChatCause | None:
    """Why the reply is not enough; None if it is."""
    if reply.is_enough:
        return None
    if reply.kept + reply.corrected == 0 and reply.refused:
        return "refused"
    return "unfounded" if reply.removed else "empty"


def _only_place(work: Work) -> str | None:
    """The one region that the question is on, if it is one."""
    return work.places[0] if len(work.places) == 1 and work.places[0] != COUNTRY else None


def _uncited_end(quoted: Answer) -> str:
    """The last paragraph of a partial answer where it names what the library lacks."""
    last = quoted.text.rpartition("\n\n")[2]
    return last if quoted.status == "partial" and not _MARK.search(last) else ""


def _merged(old: Citations, new: Citations) -> dict[int, int]:
    """The quoted answer's citations and claims, added to `new`; their numbers there."""
    numbers = {citation.number: _added(citation, old, new) for citation in old.citations}
    for claim in old.claims:
        new.claim(claim.text, *(numbers[number] for number in claim.citations))
    return numbers


def _added(citation: Citation, old: Citations, new: Citations) -> int:
    start, end = citation.start_char, citation.end_char
    place = Passage(
        "",
        citation.document_id,
        citation.quote,
        citation.heading_path,
        citation.article,
        start,
        end,
        citation.page,
    )
    return new.cite_span(old.documents[citation.number], place, start, end, citation.quote)


def _with_numbers(text: str, numbers: dict[int, int]) -> str:
    return _MARK.sub(lambda match: f"[{numbers.get(int(match[1]), int(match[1]))}]", text)
