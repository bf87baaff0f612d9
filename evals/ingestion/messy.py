"""Messy files as ingested: PDFs with a text layer, scans, newspaper pages, encodings, tables."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from evals.ingestion.character_errors import (
    comparable,
    differences,
    error_rate,
    without_space,
)
from evals.ingestion.check import check
from evals.ingestion.data_folder import read_lines
from evals.ingestion.library import IngestedLibrary, Stored
from evals.ingestion.newspaper_page import Article, compare_page
from evals.measure import Measure
from evals.result import CaseResult

TEXT_LAYER_LIMIT, SCAN_LIMIT = 0.005, 0.03
"""Largest character error rates (issue 3, "Shows")."""
SCAN_ARTICLES = 0.90
"""Least share of a scanned page's articles that are right; of a text layer, all."""
# A headline that was read by OCR may have one wrong character.
_SCAN_HEADLINE_ERRORS = 1
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GOV_PAGE = re.compile(r"gov_[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class _File:
    """One line of the manifest."""

    path: Path
    kind: str
    truth: str

    @property
    def truth_path(self) -> Path:
        return self.path.parent / self.truth

    @property
    def is_scan(self) -> bool:
        return "image" in self.kind

    @property
    def is_newspaper(self) -> bool:
        return "newspaper" in self.kind


def messy_files(folder: Path) -> tuple[Path, ...]:
    """The files of the manifest: the truths beside them are not to go in."""
    return tuple(file.path for file in _manifest(folder))


def check_messy(library: IngestedLibrary, folder: Path) -> Iterator[CaseResult]:
    """A case a file of `folder`/manifest.jsonl."""
    for file in _manifest(folder):
        stored = library.of_file(file.path)
        if not stored:
            reason = library.failure(file.path) or "no document came of it"
            yield check(f"messy/{file.path.name}", _tag(file), file.kind, [reason])
        elif file.is_newspaper:
            yield _check_newspaper(file, stored)
        elif file.path.suffix == ".pdf":
            yield _check_pdf(file, stored)
        elif file.path.suffix == ".docx":
            yield _check_table(file, stored)
        elif file.path.suffix == ".html":
            yield _check_page_encoding(file, stored, folder.parent / "gov_html")
        else:
            yield _check_encoding(file, stored)


def _manifest(folder: Path) -> tuple[_File, ...]:
    lines = read_lines(folder / "manifest.jsonl")
    return tuple(_File(folder / line["file"], line["kind"], line["truth"]) for line in lines)


def _tag(file: _File) -> str:
    if file.is_newspaper:
        return "messy: scanned newspaper" if file.is_scan else "messy: newspaper"
    names = {".pdf": "scan" if file.is_scan else "text layer", ".docx": "table"}
    return f"messy: {names.get(file.path.suffix, 'encoding')}"


def _check_pdf(file: _File, stored: tuple[Stored, ...]) -> CaseResult:
    truth = file.truth_path.read_text(encoding="utf-8-sig")
    read = "\n".join(part.document.text for part in stored)
    rate = error_rate(read, truth)
    return check(
        f"messy/{file.path.name}",
        _tag(file),
        file.kind,
        [] if len(stored) == 1 else [f"one document was cut into {len(stored)}"],
        Measure(f"{_tag(file)}, character error rate", rate, _limit(file)),
        detail={"differences": list(differences(read, truth))},
    )


def _check_newspaper(file: _File, stored: tuple[Stored, ...]) -> CaseResult:
    truth = [Article(entry["title"], entry["text"]) for entry in _json(file.truth_path)]
    found = compare_page(truth, stored, _SCAN_HEADLINE_ERRORS if file.is_scan else 0)
    share = found.right / found.articles if found.articles else 0.0
    least = SCAN_ARTICLES if file.is_scan else 1.0
    return check(
        f"messy/{file.path.name}",
        _tag(file),
        file.kind,
        # Within the share that may fail, a failed article is told but does not count.
        found.problems if share < least or found.right == found.articles else (),
        Measure(f"{_tag(file)}, share of articles", share, least, at_most=False),
        Measure(f"{_tag(file)}, character error rate", found.error_rate, _limit(file)),
        detail={"notes": list(found.problems), "differences": list(found.samples)},
    )


def _limit(file: _File) -> float:
    return SCAN_LIMIT if file.is_scan else TEXT_LAYER_LIMIT


def _check_encoding(file: _File, stored: tuple[Stored, ...]) -> CaseResult:
    truth = file.truth_path.read_text(encoding="utf-8-sig").strip()
    read = "\n".join(part.document.text for part in stored).strip()
    problems = [] if read == truth else ["the text is not exactly the source's"]
    return check(
        f"messy/{file.path.name}",
        _tag(file),
        file.kind,
        problems,
        detail={"differences": list(differences(read, truth))},
    )


def _check_page_encoding(file: _File, stored: tuple[Stored, ...], pages: Path) -> CaseResult:
    """A page in another encoding: every line stands in the truth of the page it was made from."""
    named = _GOV_PAGE.search(file.truth)
    index = {line["doc_id"]: line for line in read_lines(pages / "index.jsonl")}
    page = index[named[0]] if named else {}
    problems = [] if page else [f"the index lacks the page that {file.truth} names"]
    truth = without_space(page.get("text", ""))
    document = stored[0].document
    if page and document.title != page["title"]:
        problems.append(f"the title is {document.title}")
    problems += [
        f"not in the source: {line.strip()[:60]}"
        for line in document.text.splitlines()
        if without_space(line).lstrip("#") not in truth
    ]
    return check(f"messy/{file.path.name}", _tag(file), file.kind, problems)


def _check_table(file: _File, stored: tuple[Stored, ...]) -> CaseResult:
    header, rows = _first_row(file.path), _json(file.truth_path)
    passages = [passage for part in stored for passage in part.passages]
    problems = [] if header else ["the file has no table"]
    whole = 0
    for row in rows:
        cells = [comparable(cell) for cell in row]
        with_row = [
            comparable(f"{passage.lead_in}\n{passage.text}")
            for passage in passages
            if any(
                all(cell in comparable(line) for cell in cells)
                for line in passage.text.splitlines()
            )
        ]
        if not with_row:
            problems.append(f"no passage holds the row of {row[0]}")
        elif not any(all(comparable(cell) in text for cell in header) for text in with_row):
            problems.append(f"the row of {row[0]} is without its header")
        else:
            whole += 1
    return check(
        f"messy/{file.path.name}",
        _tag(file),
        file.kind,
        problems,
        Measure(
            f"{_tag(file)}, rows with their header", whole / max(len(rows), 1), 1.0, at_most=False
        ),
    )


def _first_row(path: Path) -> list[str]:
    """The cells of the first row of a .docx file's first table, read from its own XML."""
    with zipfile.ZipFile(path) as package:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(package.read("word/document.xml"), parser)
    row = next(root.iter(f"{_WORD}tr"), None)
    cells = [] if row is None else list(row.iter(f"{_WORD}tc"))
    return ["".join(part.text or "" for part in cell.iter(f"{_WORD}t")) for cell in cells]


def _json(path: Path) -> Any:
    value: list[list[str]] | list[Mapping[str, str]] = json.loads(path.read_text("utf-8-sig"))
    return value
