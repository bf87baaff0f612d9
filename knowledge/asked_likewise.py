"""What other people ask in like words: of the articles of statutes, and of sentences of the starter policies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from knowledge.documents import Passage, PolicyDocument
from knowledge.embedding import Embedder
from knowledge.everyday_questions import Asked
from knowledge.question_map import moved
from knowledge.snapshot import Snapshot
from knowledge.starter_questions import Alike, Floats, alike, asked_vector, is_asked_of


class AskedLikewise:
    """Compares questions with those that come with the program. Safe to use from several threads."""

    def __init__(
        self,
        snapshot: Callable[[], Snapshot],
        embedder: Embedder,
        vector: Callable[[str], Floats],
        *,
        is_used: bool = True,
    ) -> None:
        """`vector` gives that of a question; with `is_used` false nothing is ever found."""
        self._snapshot, self._embedder = snapshot, embedder
        self._vector, self._is_used = vector, is_used

    def before(
        self, question: str, region: str | None = None, most: int = 5
    ) -> list[tuple[Asked, float]]:
        """Articles that the question is asked of in like words, with their cosines, best first.

        Of the rules of `region` itself, or of those of no place alone. Empty with another model
        than the bundled one, and where the library holds none of them.
        """
        if not self._is_used or not question.strip():
            return []
        snapshot = self._snapshot()
        own = snapshot.general if region is None else snapshot.of_region(region)
        if (in_force := snapshot.allowed()) is not None:
            own = own & in_force
        there = moved(self._vector(question), self._embedder.fingerprint)
        return snapshot.everyday.likest(there, self._embedder.fingerprint, most, own)

    def articles(
        self, question: str, region: str | None, document_ids: tuple[str, ...], most: int
    ) -> list[Passage]:
        """The first passage of each article that `before` finds, of some documents if any."""
        snapshot = self._snapshot()
        allowed = snapshot.allowed(document_ids=document_ids)
        found: dict[int, Passage] = {}
        for asked, _ in self.before(question, region, most):
            versions = tuple(
                version
                for version in snapshot.everyday.versions_of(asked)
                if allowed is None or allowed[version]
            )
            keys = snapshot.keys_of_article(versions, asked.article) if versions else ()
            found |= snapshot.catalog.passages(keys[:1])
        return list(found.values())

    def within(
        self, questions: Sequence[str], document_ids: Sequence[str]
    ) -> list[dict[tuple[str, str, int], float]]:
        """Of each question, by document, article and paragraph, how much like it others ask for it.

        Cosines; paragraph 0 is the whole article. Empty when `before` is.
        """
        if not self._is_used:
            return [{} for _ in questions]
        snapshot, fingerprint = self._snapshot(), self._embedder.fingerprint
        described = [snapshot.description(document) for document in document_ids]
        versions = {snapshot.version_of_document(d) or 0: d.id for d in described}
        there = moved(np.stack([self._vector(q) for q in questions]), fingerprint)
        return [
            {
                (versions[version], article, number): cosine
                for (version, article, number), cosine in found.items()
            }
            for found in snapshot.everyday.within(there, fingerprint, tuple(versions))
        ]

    def alike(
        self, questions: Sequence[str], documents: Sequence[PolicyDocument]
    ) -> dict[str, Alike]:
        """By id of those of the documents that are starter policies, what people ask of their sentences.

        How like wordings of one question that is. Empty when `before` is.
        """
        known = [document for document in documents if is_asked_of(document.title)]
        if not self._is_used or not known:
            return {}
        snapshot, fingerprint = self._snapshot(), self._embedder.fingerprint
        vectors = [asked_vector(self._embedder, question) for question in questions]
        found = {}
        for document in known:
            version = snapshot.version_of_document(document)
            passages = snapshot.catalog.passages_of(document.id, version)
            if (own := alike(vectors, document.title, list(passages), fingerprint)) is not None:
                found[document.id] = own
        return found
