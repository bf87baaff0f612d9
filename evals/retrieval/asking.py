"""Questions → results: search, time, and compare with the documents that answer."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from evals.ingestion.check import split_of
from evals.result import CaseResult
from evals.retrieval.coverage import CONTEXTS, Found, covered_at
from evals.retrieval.metrics import DEPTH, first_rank, require_metrics, score
from evals.retrieval.question import RetrievalData, RetrievalQuestion
from evals.runner import Progress
from knowledge.documents import ScoredPassage
from knowledge.retrieval import SearchQuery

KEY = "retrieval"
"""Where a question's figures stand in `CaseResult.detail`."""
Search = Callable[[str, int], Sequence[Found]]
"""Question, number of passages → passages, best first. Any peer can be put behind it."""
# Enough passages for the longest context, were they of a hundred characters each.
_WIDE = 60
_SHOWN_CHARACTERS = 300
_SHOWN_GOLD = 5


class Retriever(Protocol):
    """What finds passages (`HybridRetriever` does)."""

    def retrieve(self, query: SearchQuery, top_k: int) -> Sequence[ScoredPassage]:
        """The best `top_k` passages, best first."""
        ...


def search_with(retriever: Retriever) -> Search:
    """The retriever asked as `policy-assistant search` asks it, without filters."""

    def search(text: str, top_k: int) -> list[Found]:
        return [
            Found(hit.passage.document_id, hit.passage.text, hit.passage.title)
            for hit in retriever.retrieve(SearchQuery(text), top_k)
        ]

    return search


@dataclass(frozen=True, slots=True)
class _Asked:
    found: tuple[Found, ...]
    """Enough for the longest context."""
    milliseconds: float
    problem: str = ""


def ask(
    data: RetrievalData,
    questions: Sequence[RetrievalQuestion],
    search: Search,
    *,
    seed: int = 0,
    progress: Progress = lambda done, total: None,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[CaseResult, ...]:
    """One result a question, in their order; right if rank 1 is gold.

    Asked in an order drawn with `seed`, after one question that is not timed. Timed is the
    search for ten passages, as users make it; a wider one, not timed, fills the longest
    context. An exception fails its question, not the run. `clock` returns seconds. Raises
    AssistantError if the library of metrics is missing, before anything is asked.
    """
    require_metrics()
    order = list(range(len(questions)))
    random.Random(seed).shuffle(order)  # noqa: S311 - an order to repeat, not a secret
    asked: dict[int, _Asked] = {}
    if questions:
        _ask(questions[order[-1]].text, search, clock)
    for done, index in enumerate(order, start=1):
        asked[index] = _ask(questions[index].text, search, clock)
        progress(done, len(questions))
    units = {
        question.id: [data.unit(found.document_id) for found in asked[index].found]
        for index, question in enumerate(questions)
    }
    gold = {question.id: question.gold for question in questions}
    scores = score({id: ranking[:DEPTH] for id, ranking in units.items()}, gold)
    lengths = {document.id: len(document.text) for document in data.documents}
    shortest: dict[str, int] = {}
    for document in data.documents:
        unit = data.unit(document.id)
        shortest[unit] = min(shortest.get(unit, lengths[document.id]), lengths[document.id])
    return tuple(
        _result(question, asked[index], units[question.id], scores[question.id], shortest)
        for index, question in enumerate(questions)
    )


def _ask(text: str, search: Search, clock: Callable[[], float]) -> _Asked:
    started = clock()
    try:
        first = tuple(search(text, DEPTH))
        elapsed = (clock() - started) * 1000
        wide = tuple(search(text, _WIDE))
    except Exception as error:
        # Whatever it is, a user would have seen it: the question is wrong, the others go on.
        problem = f"the search raised {type(error).__name__}: {error}"
        return _Asked((), (clock() - started) * 1000, problem)
    # The timed ranking is the one that is judged; the wide one only goes on from it.
    return _Asked(first + wide[len(first) :], elapsed)


def _result(
    question: RetrievalQuestion,
    asked: _Asked,
    units: Sequence[str],
    scores: dict[str, float],
    shortest: dict[str, int],
) -> CaseResult:
    rank = first_rank(units[:DEPTH], question.gold)
    lengths = [shortest[unit] for unit in question.gold if unit in shortest]
    is_gold = [unit in question.gold for unit in units]
    covered = covered_at(asked.found, is_gold, question.answers, min(lengths, default=1))
    right = rank == 1
    return CaseResult(
        id=question.id,
        split=split_of(question.id),
        tags=question.tags,
        question=question.text,
        right=right,
        problems=() if right else (asked.problem or _problem(rank, asked.found),),
        duty="answer",
        declined=not asked.found,
        latency_ms=round(asked.milliseconds, 3),
        timings_ms={"retrieve": round(asked.milliseconds, 3)},
        detail={KEY: _detail(question, asked.found, rank, covered, scores)},
    )


def _detail(
    question: RetrievalQuestion,
    found: Sequence[Found],
    rank: int | None,
    covered: int | None,
    scores: dict[str, float],
) -> dict[str, Any]:
    gold = sorted(question.gold)
    return {
        "rank": rank,
        "metrics": scores,
        # Beyond the longest context it depends on how many passages were asked for.
        "covered_at": covered if covered is not None and covered <= CONTEXTS[-1] else None,
        "newest": found[:1] != () and found[0].document_id in question.newest
        if question.newest
        else None,
        "gold": gold[:_SHOWN_GOLD],
        "answers": [list(group) for group in question.answers],
        "hits": [hit.document_id for hit in found[:DEPTH]],
        "first": {"title": found[0].title, "text": found[0].text[:_SHOWN_CHARACTERS]}
        if found
        else None,
    }


def _problem(rank: int | None, found: Sequence[Found]) -> str:
    if not found:
        return "nothing was found"
    first = f"rank 1 is {found[0].document_id}"
    return (
        f"no gold document in the first {DEPTH}; {first}"
        if rank is None
        else (f"the first gold document is at rank {rank}; {first}")
    )
