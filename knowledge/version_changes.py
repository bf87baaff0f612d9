"""What changed from one version of a document to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.catalog_reader import CatalogReader, VersionInfo

_COMPARED = (
    *("title", "issuers", "document_number", "region", "published_on", "effective_from"),
    *("effective_until", "status", "supersedes", "source"),
)


@dataclass(frozen=True, slots=True)
class VersionChange:
    """How a version differs from the one before it."""

    fields: tuple[str, ...]
    """Names of the metadata fields that differ, in the order of `PolicyDocument`."""
    passages_new: int
    """Passages whose text the version before does not hold."""
    passages_gone: int
    """Passages of the version before whose text is no longer there."""


def changes_between(
    catalog: CatalogReader, versions: Sequence[VersionInfo]
) -> tuple[VersionChange | None, ...]:
    """For each of the versions of one document, the oldest first, its change; None for the first."""
    changes: list[VersionChange | None] = [None] if versions else []
    for before, after in pairwise(versions):
        fields = tuple(
            name
            for name in _COMPARED
            if getattr(before.document, name) != getattr(after.document, name)
        )
        new, gone = catalog.changed_passages(after.version, before.version)
        changes.append(VersionChange(fields, new, gone))
    return tuple(changes)
