"""`policy-assistant eval`, as it is called."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.commands.base import Context
from assistant.errors import UsageError
from assistant.settings import load_settings
from evals.command import EvalCommand
from evals.result import CaseResult
from evals.run_record import read_run, write_run
from evals.runner import Progress
from evals.suites import SplitChoice
from evals.workspace import Workspace
from tests.evals.fakes import result
from tests.evals.test_run_record import record


class TwoCases:
    """A suite of one right and one wrong case; notes the home folder it ran in."""

    name = "two"
    gate = 0.5
    home: Path

    def digest(self) -> str:
        return "cd" * 32

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> Sequence[CaseResult]:
        self.home = workspace.home
        (workspace.home / "left").write_text("x", encoding="utf-8")
        return (result("good"), result("bad", False, question="几间？"))


def run(home: Path, *arguments: str, suite: TwoCases | None = None, as_json: bool = False) -> int:
    command = EvalCommand({suite.name: suite} if suite else None)
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    settings = load_settings({}, home=home, language="en")
    return command.run(parser.parse_args(arguments), Context(settings, as_json))


def test_what_cannot_be_run_is_said(tmp_path: Path) -> None:
    for arguments, word in (
        (("nowhere",), "starter"),
        (("--gate", "95"), "between 0 and 1"),
        (("starter", "--compare", "a", "b"), "no suite"),
        (("--compare", "a", "b"), "holds no run"),
        (("--out", str(Path(__file__).parent)), "not empty"),
    ):
        with pytest.raises(UsageError) as caught:
            run(tmp_path, *arguments)
        assert word in caught.value.message("en")


def test_two_stored_runs_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_run(tmp_path / "a", record(tmp_path, result("up", False), result("down")))
    write_run(tmp_path / "runs" / "later", record(tmp_path, result("up"), result("down", False)))
    arguments = ("--compare", str(tmp_path / "a"), "later")
    assert run(tmp_path, *arguments) == 0
    shown = capsys.readouterr().out
    assert "+ up" in shown
    assert "✗ down" in shown and "the answer lacks 12" in shown
    assert "McNemar p = 1.0000" in shown
    assert run(tmp_path, *arguments, as_json=True) == 0
    fields = json.loads(capsys.readouterr().out)
    assert fields["gained"] == ["up"]
    assert fields["lost"] == [{"id": "down", "problems": ["the answer lacks 12"]}]


def test_runs_of_two_suites_are_not_compared(tmp_path: Path) -> None:
    write_run(tmp_path / "a", record(tmp_path, result("x")))
    write_run(tmp_path / "b", record(tmp_path, result("x"), suite="other"))
    with pytest.raises(UsageError, match="other"):
        run(tmp_path, "--compare", str(tmp_path / "a"), str(tmp_path / "b"))


@pytest.mark.model
def test_a_run_is_shown_stored_and_held_to_its_gate(
    tmp_path: Path, model_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = TwoCases()
    out = tmp_path / "run"
    assert run(model_home, "two", "--out", str(out), suite=suite) == 0
    shown = capsys.readouterr().out
    assert "✗ bad [tune]  几间？" in shown and "the answer lacks 12" in shown
    assert "✗ good" not in shown
    assert "1/2" in shown
    stored = read_run(out)
    assert [(one.id, one.right) for one in stored.results] == [("good", True), ("bad", False)]
    assert stored.conditions.model
    assert suite.home != model_home and not suite.home.exists()
    assert not (model_home / "left").exists()
    strict = ("two", "--gate", "0.51", "--out", str(tmp_path / "strict"))
    assert run(model_home, *strict, suite=suite) == 1
    assert "Below the gate of 51.0%" in capsys.readouterr().out
