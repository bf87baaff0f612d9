"""The structured path: texts and articles that a question names, looked up, not guessed."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from knowledge.references import References, canonical_articles, find_references
from knowledge.regions import applies_to
from knowledge.rule_names import rule_name
from knowledge.search_query import SearchQuery
from knowledge.snapshot import Snapshot
from knowledge.tokenization import simplify

# 把婚姻家庭编解释一下 names no 解释（一）.
_EXPLAIN = re.compile(r"解释一(?=[下些番])")


def structured_keys(
    snapshot: Snapshot, text: str, references: References, query: SearchQuery
) -> list[int]:
    """Keys of the passages that the question names by title and article, in reading order."""
    if not references.articles:
        return []
    versions = _named_texts(snapshot, text, query)
    found: dict[int, list[int]] = {}
    for version, key in snapshot.catalog.keys_of_articles(versions, references.articles):
        found.setdefault(version, []).append(key)
    if not found:
        # Libraries of statutes may hold each article as a document of its own.
        asked = set(references.articles)
        for version in versions:
            title = snapshot.versions[version].document.title
            if asked & set(find_references(title).articles):
                found[version] = list(snapshot.catalog.keys_of_version(version))
    return [key for version in versions for key in found.get(version, ())]


def allowed_versions(snapshot: Snapshot, query: SearchQuery) -> NDArray[np.bool_] | None:
    """The versions that may be used, and the last text of a repealed rule named in 《》."""
    allowed = _in_time(snapshot, query)
    if allowed is None or not _is_open(query):
        return allowed
    named = [
        version
        for title in find_references(query.text).titles
        for version in snapshot.by_title.get(rule_name(title), ())
    ]
    asked = [
        snapshot.chains.latest(version)
        for version in named
        if not any(allowed[text] for text in snapshot.chains.chain(version))
    ]
    if asked:
        allowed = allowed.copy()
        allowed[asked] = True
    return allowed


def _in_time(snapshot: Snapshot, query: SearchQuery) -> NDArray[np.bool_] | None:
    return snapshot.allowed(
        region=query.region,
        document_ids=query.document_ids,
        as_of=query.as_of,
        superseded=query.superseded,
        former=query.former,
        versions=query.versions,
    )


def _is_open(query: SearchQuery) -> bool:
    """True if nothing but being out of force keeps a rule from being used."""
    narrowed = query.document_ids or query.region or query.as_of or query.former or query.versions
    return not narrowed


def _named_texts(snapshot: Snapshot, text: str, query: SearchQuery) -> list[int]:
    """Versions of the rules named in `text` that the query allows.

    A former title finds the text that is in force. A rule that has none is answered from its
    last text, unless the query is narrowed.
    """
    allowed = _in_time(snapshot, query)
    found: dict[int, None] = {}
    chains = {snapshot.chains.chain(v): v for v in named_versions(snapshot, text)}
    for chain, version in chains.items():
        usable = [text for text in chain if allowed is None or allowed[text]]
        # A place read from the rule's own title does not narrow anything.
        region, own = query.region, snapshot.versions[version].document.region
        if not usable and _is_open(replace(query, region=None)):
            latest = snapshot.chains.latest_edition(version)
            usable = list(latest) if not region or applies_to(own, region) else []
        found.update(dict.fromkeys(usable))
    return list(found)


def named_versions(snapshot: Snapshot, text: str) -> list[int]:
    """Versions of the documents whose title stands in `text`; the longest title wins."""
    compact = rule_name(canonical_articles(_EXPLAIN.sub("说明一", simplify(text))))
    longest = min(snapshot.longest_title, len(compact))
    for length in range(longest, 1, -1):
        found = [
            version
            for start in range(len(compact) - length + 1)
            for version in snapshot.by_title.get(compact[start : start + length], ())
        ]
        if found:
            return found
    return []
