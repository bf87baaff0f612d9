"""One consistent state of the library: catalogue and indexes of one generation, opened."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.authority import authority, overruled
from knowledge.catalog import Catalog
from knowledge.catalog_reader import VersionInfo
from knowledge.documents import PAST, Passage, PolicyDocument, passage_id
from knowledge.everyday_questions import EverydayQuestions
from knowledge.regions import COUNTRY, applies_to
from knowledge.rule_names import rule_name, short_names
from knowledge.search_index import SearchIndex
from knowledge.version_chains import VersionChains

_Filters = tuple[str | None, tuple[str, ...], date | None, bool, bool, tuple[int, ...]]
# Masks kept for repeated questions; one is a byte a version.
_MASKS = 64


_PART_OF_CODE = re.compile(r"(.{1,10}法典).{1,10}编$")


class Snapshot:
    """What retrieval needs in memory: which passages belong to which version of what."""

    def __init__(self, catalog_path: Path, index: SearchIndex) -> None:
        self._path = catalog_path
        self._threads = threading.local()
        self.generation, self.dense, self.lexical, self.vectors = index.open()
        self.data_version = self.catalog.data_version
        keys, of_version = self.catalog.passage_versions()
        self._version_of = np.zeros(int(keys[-1]) + 1 if len(keys) else 1, dtype=np.int64)
        self._version_of[keys] = of_version
        self._passages = np.bincount(self._version_of)
        versions = self._indexed(self.catalog.versions())
        self.today = date.today()
        self.chains = VersionChains(versions, self.today)
        # The status as of today: the stored one is that of the day of ingestion.
        self.versions: dict[int, VersionInfo] = {
            number: replace(
                info, document=replace(info.document, status=self.chains.status(number))
            )
            for number, info in versions.items()
        }
        self._by_id = {info.document.id: info.document for info in self.versions.values()}
        self._of_document: dict[str, list[int]] = defaultdict(list)
        for number, info in self.versions.items():
            self._of_document[info.document.id].append(number)
        self._masks: dict[_Filters, NDArray[np.bool_] | None] = {}
        self.by_title: dict[str, list[int]] = defaultdict(list)
        self.by_number: dict[str, list[int]] = defaultdict(list)
        self._authority = np.zeros(max(self.versions, default=0) + 1)
        for number, info in self.versions.items():
            name = rule_name(info.document.title)
            self._authority[number] = authority(name, info.document.region)
            holds = info.document.status not in PAST
            for known in (name, *short_names(name, holds=holds)):
                self.by_title[known].append(number)
            if code := _PART_OF_CODE.match(name):
                # 民法典婚姻家庭编 is asked for as 民法典 too: its articles are counted through.
                self.by_title[code[1]].append(number)
            if info.document.document_number:
                self.by_number[info.document.document_number].append(number)
        self.longest_title = max(map(len, self.by_title), default=0)
        self._of_article: dict[tuple[tuple[int, ...], str | None], tuple[int, ...]] = {}

    @cached_property
    def everyday(self) -> EverydayQuestions:
        """What people ask about the articles held; made for the first search."""
        return EverydayQuestions(self.by_title)

    def of_region(self, region: str | None) -> NDArray[np.bool_]:
        """The versions of the rules of this place itself; of None, those of no place alone."""
        regions = (None, COUNTRY) if region is None else (region,)
        own = np.zeros(max(self.versions, default=0) + 1, dtype=np.bool_)
        own[[n for n, i in self.versions.items() if i.document.region in regions]] = True
        return own

    @cached_property
    def general(self) -> NDArray[np.bool_]:
        """The versions of the rules of no place alone: shape as that of `allowed`."""
        return self.of_region(None)

    def _indexed(self, versions: Iterable[VersionInfo]) -> dict[int, VersionInfo]:
        """The versions that the indexes have come to, the latest of each document as current.

        Until the indexes follow the catalogue, a changed document is answered from its former
        text instead of from none.
        """
        change = self.catalog.changes_since(self.generation)
        waiting = {self.version_of(key) for key in set(change.added) - set(change.removed)}
        known = {info.version: info for info in versions if info.version not in waiting}
        if not waiting:
            return known
        latest = {info.document.id: number for number, info in known.items()}
        return {
            number: replace(info, is_current=number == latest[info.document.id])
            for number, info in known.items()
        }

    @property
    def catalog(self) -> Catalog:
        """This thread's connection to the catalogue."""
        catalog: Catalog | None = getattr(self._threads, "catalog", None)
        if catalog is None:
            catalog = self._threads.catalog = Catalog(self._path)
        return catalog

    def version_of(self, key: int) -> int:
        """The version that the passage with this key belongs to; 0 if it is unknown."""
        return int(self._version_of[key]) if 0 <= key < len(self._version_of) else 0

    def authorities(self, keys: NDArray[np.int64]) -> NDArray[np.float64]:
        """What the standing of each passage's document counts for, shape of `keys`."""
        versions = self._version_of[keys]
        found: NDArray[np.float64] = self._authority[versions]
        return found

    def document_of(self, key: int) -> PolicyDocument | None:
        """The document of a passage, without its text."""
        info = self.versions.get(self.version_of(key))
        return info.document if info else None

    def version_of_passage(self, passage: Passage) -> int:
        """The version that a passage belongs to; 0 if its document has just been removed."""
        numbers = self._of_document.get(passage.document_id, [])
        for number in reversed(numbers[1:]):
            digest = self.versions[number].document.sha256
            own = passage_id(passage.document_id, digest, passage.start_char, passage.text)
            if own == passage.id:
                return number
        return numbers[0] if numbers else 0

    def described(self, passage: Passage) -> PolicyDocument:
        """The version of its document that a passage belongs to, without its text."""
        info = self.versions.get(self.version_of_passage(passage))
        return info.document if info else self.description(passage.document_id)

    def version_of_document(self, document: PolicyDocument) -> int | None:
        """The number of one version of a document; None if it is not in the library."""
        numbers = self._of_document.get(document.id, [])
        return next(
            (n for n in reversed(numbers) if self.versions[n].document.sha256 == document.sha256),
            None,
        )

    def description(self, document_id: str) -> PolicyDocument:
        """A document without its text; a bare one if it has just been removed."""
        return self._by_id.get(document_id) or PolicyDocument(document_id, document_id)

    @cached_property
    def regions(self) -> frozenset[str]:
        """Canonical names of the places that documents of the library are of."""
        return frozenset(document.region for document in self.documents() if document.region)

    @cached_property
    def overruled(self) -> frozenset[str]:
        """The ids of current documents on whose subject there is a later, higher text."""
        return overruled(self.documents())

    def documents(self) -> tuple[PolicyDocument, ...]:
        """Current documents without their texts."""
        return tuple(info.document for info in self.versions.values() if info.is_current)

    def allowed(
        self,
        *,
        region: str | None = None,
        document_ids: tuple[str, ...] = (),
        as_of: date | None = None,
        superseded: bool = False,
        former: bool = False,
        versions: tuple[int, ...] = (),
    ) -> NDArray[np.bool_] | None:
        """Which versions may be used: an array indexed by version number, or None for all.

        Without a date those in force; with `former` those that came before them; `versions`
        names them outright. `superseded` adds what is replaced or repealed.
        """
        key = (region, document_ids, as_of, superseded, former, versions)
        if key not in self._masks:
            if len(self._masks) > _MASKS:
                self._masks.clear()
            self._masks[key] = self._mask(*key)
        return self._masks[key]

    def _mask(
        self,
        region: str | None,
        document_ids: tuple[str, ...],
        as_of: date | None,
        superseded: bool,
        former: bool,
        chosen: tuple[int, ...],
    ) -> NDArray[np.bool_] | None:
        if chosen:
            in_time: Container[int] = chosen
        elif former:
            in_time = self.chains.former()
        elif as_of is not None:
            in_time = self.chains.standing_on(as_of)
        elif superseded:
            in_time = {n for n, info in self.versions.items() if info.is_current}
        else:
            in_time = self.chains.usable()
        if not self.versions:
            return None
        mask = np.zeros(max(self.versions) + 1, dtype=np.bool_)
        for number, info in self.versions.items():
            mask[number] = (
                number in in_time
                and (not region or applies_to(info.document.region, region))
                and (not document_ids or info.document.id in document_ids)
            )
        return None if mask[list(self.versions)].all() else mask

    def keys_of(self, allowed: NDArray[np.bool_], most: int) -> list[int]:
        """Keys of all passages of the allowed versions; none if there are more than `most`."""
        counted = self._passages[: len(allowed)]
        if counted[allowed[: len(counted)]].sum() > most:
            return []
        # A version that the indexes have not come to yet has a number beyond those allowed.
        of = np.where(self._version_of < len(allowed), self._version_of, 0)
        keys = np.flatnonzero(allowed[of] & (of > 0))
        return keys.tolist()

    def keys_of_article(self, versions: tuple[int, ...], article: str | None) -> tuple[int, ...]:
        """Keys of the passages of an article of these versions, or of all without one."""
        place = versions, article
        if place not in self._of_article:
            if article is None:
                found = [key for v in versions for key in self.catalog.keys_of_version(v)]
            else:
                found = [key for _, key in self.catalog.keys_of_articles(versions, (article,))]
            self._of_article[place] = tuple(found)
        return self._of_article[place]

    def keep(self, keys: NDArray[np.int64], allowed: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        """Which of `keys` belong to an allowed version, shape of `keys`."""
        known = keys < len(self._version_of)
        versions = self._version_of[np.where(known, keys, 0)]
        kept: NDArray[np.bool_] = known & (versions > 0)
        if allowed is not None:
            kept &= allowed[np.minimum(versions, len(allowed) - 1)]
        return kept
