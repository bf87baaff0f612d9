"""One question on its way to an answer."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date

from assistant.answer import Answer, AnswerStatus
from assistant.citing import Citations
from assistant.question import ParsedQuestion
from assistant.request import Question
from assistant.wording import Language
from knowledge.documents import ScoredPassage


@dataclass(slots=True)
class Work:
    """One question on its way to an answer."""

    asked: Question
    language: Language
    standalone: str = ""
    text: str = ""
    """The stand-alone question without its words on the time of the rules asked for."""
    as_of: date | None = None
    is_former: bool = False
    """True if of each rule the text before the present one is asked for."""
    versions: tuple[int, ...] = ()
    """The only versions to answer from; empty for all."""
    cited: tuple[str, ...] = ()
    """Ids of the documents that are named by their numbers."""
    asks_source: bool = False
    """True if it is asked in which documents the answer stands."""
    lacks_edition: bool = False
    """True if the revision that is named is not in the library."""
    is_unlikely: bool = False
    """True if no paragraph of the rules found last is likely to answer."""
    parsed: ParsedQuestion | None = None
    places: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    """Places whose documents are not to be read (除了四川，其他省)."""
    evidence: tuple[ScoredPassage, ...] = ()
    found_whole: tuple[ScoredPassage, ...] | None = None
    """Passages found for what is read whole (`documents_meant.py`); None before it is looked for."""
    citations: Citations = field(default_factory=Citations)
    """Those of the latest answer."""
    timings: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)
    mark: float = field(default_factory=time.perf_counter)

    def timed(self, stage: str) -> None:
        """Note the milliseconds since the last stage ended."""
        now = time.perf_counter()
        self.timings[stage] = round((now - self.mark) * 1000, 3)
        self.mark = now

    def answer(self, status: AnswerStatus, text: str, citations: Citations | None = None) -> Answer:
        """The finished answer."""
        self.citations = citations or Citations()
        self.timings["total"] = round((time.perf_counter() - self.started) * 1000, 3)
        return Answer(
            status=status,
            text=text,
            claims=tuple(citations.claims) if citations else (),
            citations=tuple(citations.citations) if citations else (),
            evidence=self.evidence,
            standalone_question=self.standalone,
            timings_ms=dict(self.timings),
        )
