"""Messy files against their truths, through the real ingestion."""

from __future__ import annotations

import json
from pathlib import Path

from evals.ingestion.library import IngestedLibrary
from evals.ingestion.messy import check_messy, messy_files
from evals.result import CaseResult
from tests.evals.ingestion.data import ROOMS, write_lines, write_table
from tests.fakes import HashEmbedder

HEADER = ("事项", "电话")
ROWS = (("登记活动室", "12345"), ("预约活动室", "67890"))


def run(folder: Path) -> dict[str, CaseResult]:
    library = IngestedLibrary.ingested(messy_files(folder), folder / "home", HashEmbedder())
    return {result.id: result for result in check_messy(library, folder)}


def text_case(folder: Path, name: str, content: bytes) -> dict[str, str]:
    (folder / name).write_bytes(content)
    return {"file": name, "kind": "text", "truth": "rooms.truth.txt"}


def test_encodings_are_right_only_if_exact(tmp_path: Path) -> None:
    (tmp_path / "rooms.truth.txt").write_text(ROOMS, encoding="utf-8")
    lines = [
        text_case(tmp_path, "gb.txt", ROOMS.encode("gb18030")),
        text_case(tmp_path, "again.txt", ROOMS.encode("utf-16")),
        text_case(tmp_path, "wrong.txt", ROOMS.replace("十二", "十三").encode()),
    ]
    write_lines(tmp_path / "manifest.jsonl", lines)
    found = run(tmp_path)
    # The same text twice is one document: the second file stands for the first.
    assert found["messy/gb.txt"].right and found["messy/again.txt"].right
    wrong = found["messy/wrong.txt"]
    assert not wrong.right and "not exactly" in wrong.problems[0]
    assert wrong.detail["differences"] == ["after “海城共有十”: “三” for “二”"]


def test_every_row_needs_its_header(tmp_path: Path) -> None:
    write_table(tmp_path / "table.docx", (HEADER, *ROWS))
    (tmp_path / "table.json").write_text(json.dumps([*ROWS, ["没有", "1"]]), encoding="utf-8")
    write_lines(
        tmp_path / "manifest.jsonl",
        [{"file": "table.docx", "kind": "docx with a table", "truth": "table.json"}],
    )
    found = run(tmp_path)["messy/table.docx"]
    assert found.problems[0] == "no passage holds the row of 没有"
    assert found.detail["measures"][0]["value"] == 2 / 3


def test_a_file_that_fails_is_a_case_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "rooms.truth.txt").write_text(ROOMS, encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    write_lines(
        tmp_path / "manifest.jsonl",
        [{"file": "broken.pdf", "kind": "digital pdf", "truth": "rooms.truth.txt"}],
    )
    found = run(tmp_path)["messy/broken.pdf"]
    assert not found.right and "broken.pdf" in found.problems[0]
