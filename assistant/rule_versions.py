"""Which versions of the rule that a question names are to be read: of its place, of its time."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.work import Work
from knowledge.authority import is_law
from knowledge.references import title_key
from knowledge.regions import COUNTRY, region_mentions
from knowledge.retrieval import named_versions
from knowledge.rule_names import rule_name
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold


def force_versions(work: Work, snapshot: Snapshot) -> list[int]:
    """The versions of the rule that is named to look for its date in, the likeliest first.

    Of a place that is asked only its own rule: 宁波志愿服务条例 is not the national 志愿服务条例.
    """
    chosen: dict[int, None] = {}
    for version in reversed(named_versions(snapshot, work.text)):
        chosen.update(dict.fromkeys(reversed(_in_time(work, snapshot, version))))
    if not work.places:
        return [v for v in chosen if _region(snapshot, v) in (None, COUNTRY)] or list(chosen)
    own = [v for v in chosen if _region(snapshot, v) in work.places]
    if own:
        return own
    names = {rule_name(snapshot.versions[v].document.title) for v in chosen}
    found: dict[int, None] = {}
    for version, info in snapshot.versions.items():
        title = rule_name(info.document.title)
        if info.document.region in work.places and any(title.endswith(name) for name in names):
            found.update(dict.fromkeys(reversed(_in_time(work, snapshot, version))))
    return list(found) or ([] if local_rule_named(work, snapshot, chosen) else list(chosen))


def versions_named(work: Work, snapshot: Snapshot) -> list[int]:
    """The versions of the documents that the stand-alone question names, by number or title.

    Of the documents that were chosen alone, if any were.
    """
    cited = [snapshot.version_of_document(snapshot.description(id)) for id in work.cited]
    named = [v for v in cited if v is not None] or named_versions(snapshot, work.standalone)
    return [v for v in named if may_be_read(work, snapshot, v)]


def may_be_read(work: Work, snapshot: Snapshot, version: int) -> bool:
    """False for a version of another document than those that were chosen, if any were."""
    chosen = work.asked.document_ids
    return not chosen or snapshot.versions[version].document.id in chosen


def local_rule_named(work: Work, snapshot: Snapshot, versions: Iterable[int]) -> bool:
    """True if a place stands right before the name of one of these rules of no such place."""
    folded = fold(work.text)
    mentions = [
        folded[end:] for _, end, region in region_mentions(folded) if region.level != "country"
    ]
    titles = {
        rule_name(snapshot.versions[version].document.title)
        for version in versions
        if _region(snapshot, version) not in work.places
    }
    return any(title_key(rest).startswith(title) for rest in mentions for title in titles if title)


def names_missing_rule(work: Work, snapshot: Snapshot) -> bool:
    """True if a place's own rule is named (贵州志愿服务条例) that the library does not hold.

    No place has a rule of its own called a law: 北京劳动合同法 is the law of the country.
    """
    titles = ((v, snapshot.versions[v].document.title) for v in named_versions(snapshot, work.text))
    named = [v for v, title in titles if not is_law(rule_name(title))]
    missing = bool(named) and local_rule_named(work, snapshot, named)
    return missing and not force_versions(work, snapshot)


def _in_time(work: Work, snapshot: Snapshot, version: int) -> tuple[int, ...]:
    """The texts of one rule that the time asked for allows, the oldest first."""
    chain = snapshot.chains.chain(version)
    if work.versions:
        return tuple(v for v in chain if v in work.versions)
    return chain[-1:] if work.as_of is None and not work.is_former else chain


def _region(snapshot: Snapshot, version: int) -> str | None:
    return snapshot.versions[version].document.region
