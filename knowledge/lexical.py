"""The lexical index: BM25 over search terms. The only file that imports tantivy.

Terms are made by `tokenization.search_terms` and handed over separated by spaces, so that
Tantivy's own tokenizer, which cannot split Chinese, has nothing to decide. An index folder is
written once and never changed while readers use it (`search_index.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from knowledge.errors import SearchIndexError

_WRITER_MEMORY = 64_000_000
_FIELD_BODY = "body"
_FIELD_KEY = "key"
# What a word that means the same counts for, beside the word that was asked.
_EXPANSION_WEIGHT = 0.35
# What a number or a Latin word counts for. It is one term where a Chinese word of its length is two or
# three (pairs of characters, and the word), and is hardly ever put otherwise (docs/decisions/0004).
_WHOLE_WEIGHT = 3.0

# Tantivy fixes BM25's b at .75, which punishes a long passage too much: among short web snippets
# the shortest wins. As many more terms in every passage, of a term that no question has, make it
# .75 · mean / (mean + 300), .25 for articles of 150 terms and .5 for passages of 600
# (docs/decisions/0004 for what that is worth).
_PADDING = " ~" * 300


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_FIELD_KEY, stored=False, indexed=True, fast=True)
    builder.add_text_field(_FIELD_BODY, stored=False, tokenizer_name="terms", index_option="freq")
    return builder.build()


def _open(folder: Path) -> tantivy.Index:
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(_schema(), path=str(folder), reuse=True)
    index.register_tokenizer(
        "terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    )
    return index


class LexicalIndex:
    """BM25 search over one index folder."""

    def __init__(self, folder: Path, *, held: object = None) -> None:
        """Open `folder`; `held` lives as long as this index."""
        self._held = held
        try:
            self._index = _open(folder)
            self._index.reload()
            self._searcher = self._index.searcher()
        except ValueError as error:
            raise SearchIndexError(
                f"关键词索引无法打开（{error}）。请运行 policy-assistant index rebuild。",
                f"The lexical index cannot be opened ({error}). "
                "Run: policy-assistant index rebuild",
            ) from error
        self._schema = self._index.schema
        self.size: int = self._searcher.num_docs
        """Number of passages in the index."""

    def search(
        self, terms: Sequence[str], limit: int, *, expansion: Sequence[str] = ()
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The best `limit` passages for `terms`: keys and BM25 scores, best first.

        `expansion` holds terms that were not asked for but mean the same; they count less.
        """
        query = self._query(terms, expansion)
        if query is None or not self.size:
            return np.empty(0, np.int64), np.empty(0, np.float64)
        hits = self._searcher.search(query, limit, count=False).hits
        keys = self._searcher.fast_field_values(_FIELD_KEY, [address for _, address in hits])
        return (
            np.array(keys, dtype=np.int64),
            np.array([score for score, _ in hits], dtype=np.float64),
        )

    def document_frequency(self, term: str) -> int:
        """In how many passages `term` stands."""
        return self._searcher.doc_freq(_FIELD_BODY, term)

    def keys(self) -> NDArray[np.int64]:
        """The keys of all passages in the index, unordered; for checking."""
        if not self.size:
            return np.empty(0, np.int64)
        hits = self._searcher.search(tantivy.Query.all_query(), self.size, count=False).hits
        found = self._searcher.fast_field_values(_FIELD_KEY, [address for _, address in hits])
        return np.array(found, dtype=np.int64)

    def _query(self, terms: Sequence[str], expansion: Sequence[str]) -> tantivy.Query | None:
        weights = {term: _WHOLE_WEIGHT if term.isascii() else 1.0 for term in terms}
        weights = dict.fromkeys(expansion, _EXPANSION_WEIGHT) | weights
        clauses = [
            (tantivy.Occur.Should, self._term(term, weight)) for term, weight in weights.items()
        ]
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def _term(self, term: str, weight: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, _FIELD_BODY, term)
        return query if weight == 1 else tantivy.Query.boost_query(query, weight)


def write_lexical(
    folder: Path,
    added: Iterable[tuple[int, Sequence[str]]],
    removed: Iterable[int] = (),
) -> None:
    """Bring the index in `folder` up to date: (key, terms) in, keys out.

    A key is added once; the catalogue never gives one out again. Returns after the commit is on
    disk.
    """
    index = _open(folder)
    # One thread: segments, and with them scores, come out the same on every machine.
    writer = index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
    for key in removed:
        # delete_documents_by_term finds nothing on an unsigned field (tantivy 0.27, measured).
        writer.delete_documents_by_query(tantivy.Query.term_query(index.schema, _FIELD_KEY, key))
    for key, terms in added:
        document = tantivy.Document()
        document.add_unsigned(_FIELD_KEY, key)
        document.add_text(_FIELD_BODY, " ".join(terms) + _PADDING)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
