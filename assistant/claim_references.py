"""Places, titles, document numbers and articles that a claim names, against its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.claim_problem import Problem
from knowledge.documents import PolicyDocument
from knowledge.references import find_references, title_key
from knowledge.regions import Region, find_regions, region_mentions
from knowledge.tokenization import fold

_ARTICLE_OF = re.compile(r"第[一二三四五六七八九十百千零〇\d]+条")


def reference_problems(
    claim: str, evidence: Sequence[str], about: Sequence[str]
) -> Iterator[Problem]:
    """What `claim` names that neither `evidence` nor what it is about (`about`) names.

    `about` holds the titles, numbers, regions and articles of the documents of the evidence.
    """
    yield from _places(claim, evidence, about)
    known = find_references(" ".join((*evidence, *about)))
    wanted = find_references(claim)
    held = fold(title_key("".join((*evidence, *about))))
    for title in wanted.titles:
        if fold(title_key(title)) not in held:
            yield Problem("reference", f"《{title}》")
    for number in wanted.document_numbers:
        if number not in known.document_numbers:
            instead = known.document_numbers[0] if known.document_numbers else ""
            yield Problem("reference", number, instead)
    for article in wanted.articles:
        if article not in known.articles:
            said = next((m.group() for m in _ARTICLE_OF.finditer(claim)), article)
            yield Problem("reference", said, "、".join(known.articles[:3]))


def document_names(document: PolicyDocument) -> tuple[str, ...]:
    """Title, number, region and issuers: by these a claim may name the document it rests on."""
    names = (document.title, document.document_number, document.region, *document.issuers)
    return tuple(name for name in names if name)


def _places(claim: str, evidence: Sequence[str], about: Sequence[str]) -> Iterator[Problem]:
    given = find_regions("。".join((*evidence, *about)))
    names = {region.name for region in given}
    for region in find_regions(claim):
        if region.level == "country" or region.name in names:
            continue
        if any(_within(other, region) or _within(region, other) for other in given):
            continue
        said = next(
            (claim[start:end] for start, end, found in region_mentions(claim) if found == region),
            region.name,
        )
        if said not in "".join(evidence):
            places = [other.name for other in given if other.level != "country"]
            yield Problem("region", said, "、".join(places[:3]))


def _within(inner: Region, outer: Region) -> bool:
    """True if `inner` lies in `outer`, a province."""
    return outer.level == "province" and inner.province == outer.name and inner != outer
