"""Statutes as answered: an article asked for is quoted whole, from the version that holds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from assistant.answer import Answer, Citation
from assistant.request import Question
from evals.faithfulness import plain_text, unfaithful
from evals.ingestion.character_errors import comparable, differences
from evals.ingestion.check import check
from evals.ingestion.laws import bare
from evals.ingestion.library import IngestedLibrary
from evals.ingestion.statutes import Statute, in_force
from evals.result import CaseResult
from evals.runner import Subject

TAG_LOOKUP, TAG_VERSIONS = "laws: articles asked for", "laws: versions"
LOOKUPS = 200
"""Articles drawn at random (issue 3, "Shows")."""

Chain = tuple[Statute, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A question for one article, and where the answer stands."""

    id: str
    tag: str
    title: str
    number: str
    statute: Statute
    """The version whose text is right."""
    as_of: date | None = None

    @property
    def text(self) -> str:
        """As a reader puts it; a title inside a title takes single brackets (GB/T 15834)."""
        inner = self.title.replace("《", "〈").replace("》", "〉")
        return f"《{inner}》{self.number}是什么内容？"


def random_lookups(
    chains: Sequence[Chain], seed: int, today: date, count: int = LOOKUPS
) -> tuple[Lookup, ...]:
    """`count` articles drawn with `seed` from the versions that hold on `today`."""
    statutes = [in_force(chain, today) for chain in chains]
    places = [(law, number) for law in statutes for number in law.unique_articles()]
    drawn = random.Random(seed)  # noqa: S311 - a draw to repeat, not a secret
    return tuple(
        Lookup(
            f"laws/lookup/{law.region}/{law.path.stem}/{number}", TAG_LOOKUP, law.title, number, law
        )
        for law, number in drawn.sample(places, min(count, len(places)))
    )


def version_lookups(chains: Sequence[Chain], today: date) -> Iterator[Lookup]:
    """Of each law with several versions: the article as it stands, and as each older one had it.

    The article asked for is the first whose text the versions do not share.
    """
    for chain in (chain for chain in chains if len(chain) > 1):
        number = _telling_article(chain)
        current = in_force(chain, today)
        name = f"laws/versions/{chain[0].region}/{chain[0].law}"
        yield Lookup(f"{name}/now", TAG_VERSIONS, current.title, number, current)
        for older, newer in pairwise(chain):
            if newer.starts and older is not current:
                day = newer.starts - timedelta(days=1)
                yield Lookup(f"{name}/{day}", TAG_VERSIONS, older.title, number, older, day)


def ask(
    lookups: Sequence[Lookup],
    subject: Subject,
    library: IngestedLibrary,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[CaseResult]:
    """A case a lookup, put to the assistant as a question of its own."""
    for lookup in lookups:
        started = clock()
        try:
            answer = subject.answer(Question(lookup.text, as_of=lookup.as_of))
        except Exception as error:
            # Whatever it is, a user would have seen it: the case is wrong, the others go on.
            problem = f"the assistant raised {type(error).__name__}: {error}"
            yield check(lookup.id, lookup.tag, _shown(lookup), [problem])
            continue
        elapsed = (clock() - started) * 1000
        result = check(
            lookup.id,
            lookup.tag,
            _shown(lookup),
            lookup_problems(lookup, answer, library),
            detail=_detail(answer),
        )
        loose = unfaithful(answer, lookup.text, subject.document)
        yield replace(
            result,
            right=result.right and not loose,
            unfaithful=loose,
            duty="answer",
            declined=answer.status not in ("answered", "partial"),
            latency_ms=round(elapsed, 3),
            timings_ms=dict(answer.timings_ms),
        )


def lookup_problems(lookup: Lookup, answer: Answer, library: IngestedLibrary) -> list[str]:
    """What is wrong with an answer: status, whence it is quoted, the article's text."""
    if answer.status != "answered":
        return [f"status is {answer.status}, expected answered"]
    problems = []
    rightful = {stored.document.id for stored in library.of_file(lookup.statute.path)}
    quoted: list[Citation] = []
    for citation in answer.citations:
        where = f"《{citation.title}》{citation.article or 'no article'} of {citation.source}"
        # A part of a code may carry the part's name: 民法典婚姻家庭编.
        if not name_of(citation.title).startswith(name_of(lookup.title)):
            if "废止" in citation.quote and name_of(lookup.title) in name_of(citation.quote):
                # The rule that repeals the one asked for, which the answer must say.
                continue
            problems.append(f"citation {citation.number} is from {where}")
        elif citation.document_id in rightful and citation.article == lookup.number:
            quoted.append(citation)
        elif citation.document_id in rightful and citation.article:
            problems.append(f"citation {citation.number} is from {where}")
        elif citation.article == lookup.number:
            problems.append(f"citation {citation.number} is from another version: {where}")
        # What is left is a note on the law's versions: their history, or when one begins.
    truth = bare(lookup.statute.article(lookup.number) or "")
    read = bare("".join(citation.quote for citation in _in_order(quoted)))
    if truth not in read and not problems:
        problems.append("the quotes part from the article: " + "; ".join(differences(read, truth)))
    if truth not in bare(plain_text(answer)) and not problems:
        problems.append("the answer's text does not hold the whole article")
    return problems


def name_of(title: str) -> str:
    """A law's title without brackets, white space and the name of the state before it."""
    letters = "".join(sign for sign in comparable(title) if sign.isalnum())
    return letters.removeprefix("中华人民共和国")


def _telling_article(chain: Chain) -> str:
    """The first article that every version has and no two have alike; else the first of all."""
    common = [
        number
        for number in chain[0].unique_articles()
        if all(version.article(number) for version in chain)
    ]
    for number in common:
        if len({bare(version.article(number) or "") for version in chain}) == len(chain):
            return number
    return common[0] if common else "第一条"


def _in_order(citations: Sequence[Citation]) -> list[Citation]:
    return sorted(citations, key=lambda citation: (citation.document_id, citation.start_char))


def _shown(lookup: Lookup) -> str:
    return f"{lookup.text} [{lookup.as_of}]" if lookup.as_of else lookup.text


def _detail(answer: Answer) -> dict[str, object]:
    return {
        "status": answer.status,
        "text": answer.text,
        "citations": [
            {"title": c.title, "article": c.article, "source": c.source, "validity": c.validity}
            for c in answer.citations
        ],
    }
