"""The suite `figures` over its own cases, and what it says of each check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.settings import load_settings
from evals.figures.suite import FiguresSuite
from evals.workspace import Workspace
from tests.fakes import HashEmbedder


def test_a_hundred_own_claims_are_told_apart(tmp_path: Path) -> None:
    suite = FiguresSuite(tmp_path)
    workspace = Workspace(load_settings({}, home=tmp_path), HashEmbedder(), lambda text: None)
    results = suite.run(workspace, split="all", seed=0, progress=lambda done, total: None)
    assert len(results) == 100
    assert [result.id for result in results if not result.right] == []
    suite.write_pages(tmp_path, "zh")
    checks = json.loads((tmp_path / "checks.json").read_text("utf-8"))
    assert checks["kinds"]["figure"]["alone"] >= 40
    assert checks["kinds"]["figure"]["false_alarms"] == 0
    assert set(checks["milliseconds"]) > {"figure, bound"}
    assert "figure" in suite.rendered("en") and "误判 0" in suite.rendered("zh")


def test_a_named_folder_without_the_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="number_faithfulness"):
        FiguresSuite().over(tmp_path)
