"""Statutes as ingested: nothing fails, and every article is one addressable unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.ingestion.character_errors import comparable, differences
from evals.ingestion.check import check
from evals.ingestion.library import IngestedLibrary, Stored
from evals.ingestion.statutes import Statute
from evals.result import CaseResult

TAG_FILES, TAG_ARTICLES = "laws: files", "laws: articles"
_SHOWN = 5


def check_files(library: IngestedLibrary, statutes: Sequence[Statute]) -> CaseResult:
    """All files of the folder in one command, none failed, each with a document."""
    problems = [f"{failed.source}: {failed.reason_en}" for failed in library.report.failed]
    problems += [
        f"{statute.path.name}: went in as {len(found)} documents"
        for statute in statutes
        if len(found := library.of_file(statute.path)) != 1
        and library.failure(statute.path) is None
    ]
    return check(
        "laws/files",
        TAG_FILES,
        f"{len(statutes)} files in one command",
        problems,
        detail={"files": len(statutes), "documents": len(library.report.documents)},
    )


def check_articles(library: IngestedLibrary, statutes: Sequence[Statute]) -> Iterator[CaseResult]:
    """A case a file: each article of the file can be addressed, whole and on its own."""
    for statute in statutes:
        found = library.of_file(statute.path)
        problems, addressed = _article_problems(statute, found[0] if len(found) == 1 else None)
        yield check(
            f"laws/articles/{statute.region}/{statute.path.stem}",
            TAG_ARTICLES,
            f"{len(statute.articles)} articles of {statute.title}",
            problems,
            detail={"articles": len(statute.articles), "addressable": addressed},
        )


def _article_problems(statute: Statute, stored: Stored | None) -> tuple[list[str], int]:
    """What is wrong with a law's articles, and how many are right."""
    if stored is None:
        return ["there is no document of this file"], 0
    units = stored.articles()
    texts: dict[tuple[str, str], int] = {}
    by_number: dict[str, list[str]] = {}
    for number, text in units:
        key = number, bare(text)
        texts[key] = texts.get(key, 0) + 1
        by_number.setdefault(number, []).append(text)
    problems, right = [], 0
    for number, truth in statute.articles:
        if texts.get((number, bare(truth)), 0):
            texts[number, bare(truth)] -= 1
            right += 1
        elif number not in by_number:
            problems.append(f"{number} cannot be addressed")
        else:
            closest = max(by_number[number], key=lambda text: len(set(text) & set(truth)))
            where = "; ".join(differences(bare(closest), bare(truth), most=2))
            problems.append(f"{number} has another text: {where}")
    extra = len(units) - len(statute.articles)
    if extra:
        problems.append(f"{len(units)} addressable units for {len(statute.articles)} articles")
    return _shortened(problems), right


def bare(text: str) -> str:
    """A text as it is compared, without Markdown's marks of emphasis and escape."""
    return comparable(text.replace("**", "").replace("\\", ""))


def _shortened(problems: list[str]) -> list[str]:
    left = len(problems) - _SHOWN
    return problems if left <= 0 else [*problems[:_SHOWN], f"and {left} more"]
