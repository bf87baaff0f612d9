"""A library of one made-up document and an assistant that knows four questions."""

from __future__ import annotations

from assistant.answer import Answer, AnswerStatus, Citation, Claim
from assistant.request import Question
from evals.cases import EvalCase, Expectation
from evals.result import CaseResult
from knowledge.documents import PolicyDocument

TEXT = "海城共有12间活动室。2026年投入930万元。活动室每天开放。"
HALL = PolicyDocument("hall", "海城活动室办法", region="海城", text=TEXT)


def cited(number: int, quote: str) -> Citation:
    """A true citation of `quote` in the document."""
    start = TEXT.index(quote)
    return Citation(
        number=number,
        document_id="hall",
        title=HALL.title,
        document_number=None,
        region=HALL.region,
        heading_path=(),
        article=None,
        page=None,
        quote=quote,
        start_char=start,
        end_char=start + len(quote),
        source="hall.md",
        validity="current",
    )


def answered(text: str, *quotes: str) -> Answer:
    """An answer whose citations are `quotes`, all of them behind one claim each."""
    citations = tuple(cited(number, quote) for number, quote in enumerate(quotes, start=1))
    claims = tuple(Claim(citation.quote, (citation.number,)) for citation in citations)
    return Answer("answered", text, claims, citations, timings_ms={"retrieve": 2.0})


ROOMS = "海城共有12间活动室。"
MONEY = "2026年投入930万元。"


class FakeAssistant:
    """Knows the rooms, invents the money, declines the rest, and breaks on 'boom'."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        if question.text == "boom":
            raise RuntimeError("no more")
        if question.text == "几间活动室":
            return answered(f"**12间**\n\n{ROOMS}[1]", ROOMS)
        if question.text == "多少钱":
            return answered(f"**940万元**\n\n{MONEY}[1]", MONEY)
        return Answer("no_evidence", "没有找到。")

    def document(self, document_id: str) -> PolicyDocument | None:
        return HALL if document_id == "hall" else None


class Clock:
    """Seconds that pass only when read: 0, 1, 3, 6, 10, …"""

    def __init__(self) -> None:
        self._now, self._step = 0.0, 0.0

    def __call__(self) -> float:
        self._now, self._step = self._now + self._step, self._step + 1.0
        return self._now


def case(id: str, question: str, *status: AnswerStatus, tags: str = "figure") -> EvalCase:
    return EvalCase(id, "tune", tuple(tags.split()), question, Expectation(status))


def result(id: str, right: bool = True, text: str = "", **fields: object) -> CaseResult:
    base: dict[str, object] = {
        "split": "tune",
        "tags": ("figure",),
        "question": f"{id}？",
        "problems": () if right else ("the answer lacks 12",),
        "detail": {"text": text},
    }
    return CaseResult(id=id, right=right, **{**base, **fields})  # type: ignore[arg-type]
