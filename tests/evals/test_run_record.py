"""Runs on disk."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.settings import load_settings
from evals.result import CaseResult
from evals.run_record import RunRecord, check_free, conditions, read_run, run_folder, write_run
from tests.evals.fakes import result

STARTED = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


def record(
    home: Path, *results: CaseResult, gate: float = 0.5, suite: str = "starter"
) -> RunRecord:
    return RunRecord(
        conditions(
            suite,
            "all",
            seed=7,
            gate=gate,
            cases_sha256="ab" * 32,
            model="model-1",
            settings=load_settings({}, home=home, chat_api_key="secret-key", top_k=5),
            started=STARTED,
            seconds=1.5,
        ),
        results,
    )


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    # U+2028 ends a line for str.splitlines, not for JSON.
    odd = result("odd", False, text="上\u2028下\u0085末", unfaithful=("x",), timings_ms={"a": 1.0})
    stored = record(tmp_path, result("a"), odd)
    write_run(tmp_path / "run", stored)
    assert read_run(tmp_path / "run") == stored


def test_the_record_says_what_was_run_and_keeps_the_key(tmp_path: Path) -> None:
    write_run(tmp_path / "run", record(tmp_path, result("a"), result("b", False)))
    text = (tmp_path / "run" / "summary.json").read_text(encoding="utf-8")
    head = json.loads(text)
    assert head["conditions"]["seed"] == 7
    assert head["conditions"]["model"] == "model-1"
    assert head["conditions"]["settings"]["top_k"] == 5
    assert head["conditions"]["started"] == "2026-05-01T08:30:00+00:00"
    assert head["summary"]["overall"]["value"] == 0.5
    assert head["passed"] is True
    assert "secret-key" not in text
    assert str(tmp_path) not in text


def test_two_runs_in_one_second_get_two_folders(tmp_path: Path) -> None:
    first = run_folder(tmp_path, "starter", STARTED)
    assert first == tmp_path / "runs" / "20260501T083000Z-starter"
    first.mkdir(parents=True)
    assert run_folder(tmp_path, "starter", STARTED).name == "20260501T083000Z-starter-2"


def test_a_folder_in_use_is_not_written_over(tmp_path: Path) -> None:
    check_free(tmp_path / "new")
    (tmp_path / "used").mkdir()
    check_free(tmp_path / "used")
    (tmp_path / "used" / "notes.txt").write_text("mine", encoding="utf-8")
    for taken in (tmp_path / "used", tmp_path / "used" / "notes.txt"):
        with pytest.raises(UsageError, match="--out"):
            check_free(taken)


@pytest.mark.parametrize("damage", ["missing", "not json", "{}", '{"conditions": {"suite": "x"}}'])
def test_a_folder_without_a_run_is_named(tmp_path: Path, damage: str) -> None:
    write_run(tmp_path / "run", record(tmp_path, result("a")))
    summary = tmp_path / "run" / "summary.json"
    if damage == "missing":
        summary.unlink()
    else:
        summary.write_text(damage, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_run(tmp_path / "run")
    assert "run" in caught.value.message("en")
