"""One consistent state of the library: catalogue and indexes of one generation, opened."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog import Catalog
from knowledge.catalog_reader import VersionInfo
from knowledge.documents import PolicyDocument
from knowledge.references import title_key
from knowledge.regions import applies_to
from knowledge.search_index import SearchIndex


class Snapshot:
    """What retrieval needs in memory: which passages belong to which version of what."""

    def __init__(self, catalog_path: Path, index: SearchIndex) -> None:
        self._path = catalog_path
        self._threads = threading.local()
        self.generation, self.dense, self.lexical = index.open()
        self.data_version = self.catalog.data_version
        self.versions: dict[int, VersionInfo] = {v.version: v for v in self.catalog.versions()}
        self._by_id = {info.document.id: info.document for info in self.versions.values()}
        keys, versions = self.catalog.passage_versions()
        self._version_of = np.zeros(int(keys[-1]) + 1 if len(keys) else 1, dtype=np.int64)
        self._version_of[keys] = versions
        self.by_title: dict[str, list[int]] = defaultdict(list)
        self.by_number: dict[str, list[int]] = defaultdict(list)
        for number, info in self.versions.items():
            self.by_title[title_key(info.document.title)].append(number)
            if info.document.document_number:
                self.by_number[info.document.document_number].append(number)
        self.longest_title = max(map(len, self.by_title), default=0)
        self._superseded = _superseded(self.versions, self.by_title)

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

    def document_of(self, key: int) -> PolicyDocument | None:
        """The document of a passage, without its text."""
        info = self.versions.get(self.version_of(key))
        return info.document if info else None

    def description(self, document_id: str) -> PolicyDocument:
        """A document without its text; a bare one if it has just been removed."""
        return self._by_id.get(document_id) or PolicyDocument(document_id, document_id)

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
    ) -> NDArray[np.bool_] | None:
        """Which versions may be used: an array indexed by version number, or None for all."""
        tests: list[Callable[[VersionInfo], bool]] = []
        if as_of is None:
            if any(not info.is_current for info in self.versions.values()):
                tests.append(lambda info: info.is_current)
            if self._superseded and not superseded:
                tests.append(lambda info: info.version not in self._superseded)
        else:
            stood = self._standing_on(as_of)
            tests.append(lambda info: info.version in stood)
        if region:
            tests.append(lambda info: applies_to(info.document.region, region))
        if document_ids:
            tests.append(lambda info: info.document.id in document_ids)
        if not tests:
            return None
        mask = np.zeros(max(self.versions, default=0) + 1, dtype=np.bool_)
        for number, info in self.versions.items():
            mask[number] = all(test(info) for test in tests)
        return mask

    def keep(self, keys: NDArray[np.int64], allowed: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        """Which of `keys` belong to an allowed version, shape of `keys`."""
        known = keys < len(self._version_of)
        versions = self._version_of[np.where(known, keys, 0)]
        kept: NDArray[np.bool_] = known & (versions > 0)
        if allowed is not None:
            kept &= allowed[np.minimum(versions, len(allowed) - 1)]
        return kept

    def _standing_on(self, day: date) -> frozenset[int]:
        """Versions in force on `day`: of each title the latest that had begun by then."""
        standing: dict[tuple[str, str | None], tuple[date, int]] = {}
        for number, info in self.versions.items():
            document = info.document
            begun = _begins(document)
            if begun > day or (document.effective_until and document.effective_until < day):
                continue
            name = (title_key(document.title), document.region)
            standing[name] = max(standing.get(name, (date.min, 0)), (begun, number))
        return frozenset(number for _, number in standing.values())


def _begins(document: PolicyDocument) -> date:
    """The day from which a document holds, as far as it is known."""
    return document.effective_from or document.published_on or date.min


def _superseded(versions: dict[int, VersionInfo], by_title: dict[str, list[int]]) -> frozenset[int]:
    """Versions that are repealed, or that a later document of the same name replaces."""
    out = {n for n, info in versions.items() if info.document.status == "repealed"}
    today = date.today()
    for numbers in by_title.values():
        if len(numbers) < 2:
            continue
        groups: dict[str | None, list[int]] = defaultdict(list)
        for number in numbers:
            if versions[number].is_current and _begins(versions[number].document) != date.min:
                groups[versions[number].document.region].append(number)
        for group in groups.values():
            begun = [n for n in group if _begins(versions[n].document) <= today]
            if begun:
                latest = max(begun, key=lambda n: (_begins(versions[n].document), n))
                newest = _begins(versions[latest].document)
                out |= {n for n in begun if _begins(versions[n].document) < newest}
    return frozenset(out)
