"""Finding the data to measure against."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UsageError
from evals.ingestion.data_folder import DataFolder, read_lines
from tests.evals.ingestion.data import write_law, write_lines


def test_a_missing_part_is_named_with_the_place(tmp_path: Path) -> None:
    write_law(tmp_path / "laws" / "海城" / "a.md", "甲", "第一条 一。")
    with pytest.raises(UsageError) as caught:
        DataFolder.find(tmp_path)
    assert str(tmp_path) in caught.value.message("zh")
    assert "messy/manifest.jsonl" in caught.value.message("en")
    assert DataFolder.find(tmp_path, ("laws",)).parts == ("laws",)


def test_the_digest_is_of_what_is_measured(tmp_path: Path) -> None:
    law = write_law(tmp_path / "laws" / "海城" / "a.md", "甲", "第一条 一。")
    write_lines(tmp_path / "messy" / "manifest.jsonl", [])
    laws, both = (DataFolder.find(tmp_path, parts) for parts in (("laws",), ("laws", "messy")))
    before = laws.digest()
    assert before != both.digest()
    write_lines(tmp_path / "messy" / "manifest.jsonl", [{"file": "x"}])
    assert laws.digest() == before
    law.write_text("另一个", encoding="utf-8")
    assert laws.digest() != before


def test_a_manifest_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="manifest"):
        read_lines(tmp_path / "manifest.jsonl")
