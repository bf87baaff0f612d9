"""Check a sentence or a paragraph: is each claim carried, by the library or by given evidence?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.citing import Citations
from assistant.claim_problem import Problem
from assistant.claim_references import document_names
from assistant.grounding import Evidence, Verdict, ground
from knowledge.documents import Passage, PolicyDocument
from knowledge.regions import find_regions
from knowledge.retrieval import HybridRetriever, SearchQuery
from knowledge.sentences import sentences
from knowledge.snapshot import Snapshot

_TOP_K = 12
# Documents whose passages are read together as one evidence, and passages of one document.
_DOCUMENTS, _PASSAGES = 5, 6


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """One sentence with the verdict on it."""

    text: str
    supported: bool
    problems: tuple[Problem, ...]
    citations: tuple[int, ...]
    """Numbers of the citations where it stands, or where something like it stands."""


@dataclass(frozen=True, slots=True)
class CheckedText:
    """All sentences of a text with their verdicts."""

    claims: tuple[CheckedClaim, ...]
    citations: tuple[Citation, ...]

    @property
    def supported(self) -> bool:
        """True if every sentence is carried."""
        return bool(self.claims) and all(claim.supported for claim in self.claims)


def check_against(text: str, evidence: Sequence[str]) -> CheckedText:
    """Judge each sentence of `text` by the given texts alone."""
    citations = Citations()
    checked = []
    passages = [
        Passage(f"evidence-{number}", f"evidence-{number}", given, (), None, 0, len(given))
        for number, given in enumerate(evidence, 1)
    ]
    for claim in _claims(text):
        verdict = ground(claim, [Evidence(given) for given in evidence])
        numbers = _cited(verdict, passages, [_bare(p) for p in passages], citations)
        checked.append(CheckedClaim(claim, verdict.supported, verdict.problems, numbers))
    return CheckedText(tuple(checked), tuple(citations.citations))


class ClaimChecker:
    """Judges sentences by the library."""

    def __init__(self, retriever: HybridRetriever) -> None:
        self._retriever = retriever

    def check(self, text: str) -> CheckedText:
        """Judge each sentence of `text` by the passages that say most of it."""
        citations = Citations()
        snapshot = self._retriever.snapshot()
        checked = []
        for claim in _claims(text):
            verdict, passages, documents = self._best(claim, snapshot)
            numbers = _cited(verdict, passages, documents, citations)
            checked.append(CheckedClaim(claim, verdict.supported, verdict.problems, numbers))
        return CheckedText(tuple(checked), tuple(citations.citations))

    def _best(
        self, claim: str, snapshot: Snapshot
    ) -> tuple[Verdict, list[Passage], list[PolicyDocument]]:
        """The most favourable verdict: each document's passages are judged on their own.

        A claim must be carried by one document: half of it from each of two provinces' rules is
        no support.
        """
        best: tuple[Verdict, list[Passage], list[PolicyDocument]] | None = None
        for passages in self._passages(claim):
            documents = [snapshot.description(passage.document_id) for passage in passages]
            evidence = [
                Evidence(passage.text, about(passage, document))
                for passage, document in zip(passages, documents, strict=True)
            ]
            verdict = ground(claim, evidence)
            if best is None or _rank(verdict) > _rank(best[0]):
                best = verdict, passages, documents
            if verdict.supported:
                break
        return best or (ground("", ()), [], [])

    def _passages(self, claim: str) -> list[list[Passage]]:
        """Passages near the claim, by document, the nearest document first."""
        found = list(self._retriever.retrieve(SearchQuery(claim), _TOP_K))
        for region in find_regions(claim)[:2]:
            if region.level != "country":
                query = SearchQuery(claim, region=region.name)
                found += self._retriever.retrieve(query, _TOP_K)
        by_document: dict[str, dict[str, Passage]] = {}
        for result in found:
            passage = result.passage
            by_document.setdefault(passage.document_id, {}).setdefault(passage.id, passage)
        return [list(group.values())[:_PASSAGES] for group in by_document.values()][:_DOCUMENTS]


def about(passage: Passage, document: PolicyDocument) -> tuple[str, ...]:
    """What a passage is about without saying it."""
    places = (*passage.heading_path, passage.article)
    return (*document_names(document), *(name for name in places if name))


def _claims(text: str) -> list[str]:
    """The sentences of a text that say something."""
    found = [span.of(text) for span in sentences(text)]
    return [claim for claim in found if sum(map(str.isalnum, claim)) > 1]


def _rank(verdict: Verdict) -> tuple[bool, float]:
    return verdict.supported, verdict.coverage - 0.15 * len(verdict.problems)


def _cited(
    verdict: Verdict,
    passages: Sequence[Passage],
    documents: Sequence[PolicyDocument],
    citations: Citations,
) -> tuple[int, ...]:
    """Cite the sentences that carry the claim, or that come nearest to it."""
    shown = verdict.window if verdict.supported else verdict.window[:2]
    return tuple(
        dict.fromkeys(
            citations.cite_span(
                documents[index],
                passages[index],
                passages[index].start_char + clause.start,
                passages[index].start_char + clause.end,
                clause.text,
            )
            for index, clause in shown
        )
    )


def _bare(passage: Passage) -> PolicyDocument:
    return PolicyDocument(passage.document_id, "")
