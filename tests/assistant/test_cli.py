"""The program in process: what it prints, how it ends, and one clear sentence a mistake."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main

RULES = (
    "临江市社工站管理办法\n\n"
    "第一条 每个社工站配备专职社工不少于3名。\n"
    "第二条 社工站每年开展入户探访不少于200户次。\n"
)


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    def refuses(self, code: int, *parts: str) -> None:
        """The exit code, nothing like a traceback, and one sentence with all of `parts`."""
        assert self.code == code
        assert "Traceback" not in self.err
        assert "程序内部出错" not in self.err
        assert "Internal error" not in self.err
        last = self.err.strip().splitlines()[-1]
        for part in parts:
            assert part in last


@dataclass(frozen=True)
class Program:
    home: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Outcome:
        code = main([arguments[0], "--home", str(self.home), *arguments[1:]])
        captured = self.capture.readouterr()
        return Outcome(code, captured.out, captured.err)


@pytest.fixture
def program(fresh_home: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    """The program over an empty home folder with the converted model."""
    return Program(fresh_home, capsys)


@pytest.fixture
def bare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    """The program over an empty home folder without a model: for what must not need one."""
    return Program(tmp_path / "bare", capsys)


def run(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> Outcome:
    code = main(arguments)
    captured = capsys.readouterr()
    return Outcome(code, captured.out, captured.err)


# Usage ----------------------------------------------------------------------------------------


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run(capsys, ["--help"])
    assert outcome.code == 0
    for command in (
        *("ask", "search", "ingest", "documents", "facts", "index"),
        *("doctor", "serve", "eval", "bench"),
    ):
        assert f"    {command}" in outcome.out


@pytest.mark.parametrize(
    "arguments",
    [[], ["answer"], ["ask", "--colour"], ["documents"], ["index", "burn"], ["ingest"]],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run(capsys, arguments)
    assert outcome.code == 2
    assert "Traceback" not in outcome.err


def test_ask_without_a_question(bare: Program) -> None:
    bare("ask").refuses(2, "--batch")
    bare("ask", "--language", "en").refuses(2, "Give a question")


def test_ask_with_question_and_batch(bare: Program) -> None:
    bare("ask", "目标是什么", "--batch", "questions.jsonl").refuses(2, "--batch")


def test_a_batch_file_that_is_not_there(bare: Program, tmp_path: Path) -> None:
    bare("ask", "--batch", str(tmp_path / "none.jsonl")).refuses(2, "none.jsonl")


def test_a_date_that_is_none(bare: Program) -> None:
    bare("ask", "目标是什么", "--as-of", "去年").refuses(2, "去年", "2024-01-31")


@pytest.mark.parametrize("top_k", ["0", "-1", "1001"])
def test_a_number_of_results_out_of_range(top_k: str, bare: Program) -> None:
    bare("search", "残疾人", f"--top-k={top_k}").refuses(2, "--top-k", "1000")


# Settings and home ------------------------------------------------------------------------------


def test_an_unknown_setting(bare: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_PROT", "7001")
    bare("doctor").refuses(2, "POLICY_ASSISTANT_PROT", "POLICY_ASSISTANT_PORT")


@pytest.mark.parametrize(
    "arguments",
    [["ask", "目标是什么"], ["search", "目标"], ["ingest", "x.txt"], ["documents", "list"]],
    ids=lambda arguments: arguments[0],
)
def test_a_home_that_cannot_be_written(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # A file in the way stops root as well, whom permissions would not.
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x")
    program = Program(in_the_way / "home", capsys)
    program(*arguments).refuses(2, str(in_the_way), "POLICY_ASSISTANT_HOME")


def test_doctor_names_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x")
    outcome = Program(in_the_way / "home", capsys)("doctor", "--json")
    assert outcome.code == 1
    found = {finding["name"]: finding for finding in outcome.json}
    assert found["versions"]["ok"]
    assert not found["home"]["ok"]
    assert str(in_the_way) in found["home"]["detail"]


# Documents in -----------------------------------------------------------------------------------


@pytest.mark.model
def test_inputs_that_cannot_be_read_are_reported_and_the_rest_goes_in(
    program: Program, tmp_path: Path
) -> None:
    good, empty, binary = (tmp_path / name for name in ("rules.txt", "empty.txt", "picture.txt"))
    good.write_text(RULES, "utf-8")
    empty.write_text("")
    binary.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    missing = tmp_path / "missing.txt"

    outcome = program("ingest", "--json", *map(str, (empty, binary, nothing, missing, good)))

    assert outcome.code == 3
    assert [document["title"] for document in outcome.json["documents"]] == ["临江市社工站管理办法"]
    reasons = {Path(failed["source"]).name: failed for failed in outcome.json["failed"]}
    assert set(reasons) == {"empty.txt", "picture.txt", "nothing", "missing.txt"}
    for name, failed in reasons.items():
        assert name in failed["reason"]
        assert name in failed["reason_en"]
    assert outcome.json["counts"]["failed"] == 4

    again = program("ingest", "--json", str(good))
    assert again.code == 0
    assert again.json["counts"] == {
        **dict.fromkeys(("added", "updated", "duplicate", "failed"), 0),
        "unchanged": 1,
    }


@pytest.mark.model
@pytest.mark.parametrize("kind", ["empty", "binary", "nothing", "missing"])
def test_a_single_bad_input_ends_with_1(kind: str, program: Program, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.txt"
    if kind == "empty":
        path.write_text("  \n\n")
    elif kind == "binary":
        path.write_bytes(bytes(range(256)) * 16)
    elif kind == "nothing":
        path.mkdir()
    outcome = program("ingest", str(path))
    assert outcome.code == 1
    assert path.name in outcome.out
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--mirror", "x.txt"], "--mirror"),
        (["--watch", "none"], "--watch"),
        (["--watch", ".", "."], "--watch"),
    ],
    ids=" ".join,
)
def test_watching_takes_one_folder(arguments: list[str], named: str, bare: Program) -> None:
    bare("ingest", *arguments).refuses(2, named)


class Terminal(io.StringIO):
    """A terminal whose user sends a signal on reading a certain word."""

    def __init__(self, word: str, number: signal.Signals) -> None:
        super().__init__()
        self.word, self.number = word, number

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        count = super().write(text)
        if self.word in text:
            signal.raise_signal(self.number)
        return count


@pytest.mark.model
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_an_interrupted_run_says_what_is_in_and_goes_on(
    number: signal.Signals, program: Program, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(RULES, "utf-8")
    assert program("ingest", str(first)).code == 0
    second.write_text("临溪市社工站管理办法\n\n" + "第三条 社工站每周开放五天。\n" * 20, "utf-8")

    terminal = Terminal("计算向量", number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stderr", terminal)
        outcome = program("ingest", "--json", str(first), str(second))
    assert outcome.code == 1
    assert outcome.json["interrupted"]
    assert [document["source"] for document in outcome.json["documents"]] == [str(first)]
    last = terminal.getvalue().strip().splitlines()[-1]
    assert "已中断：1 份" in last
    assert "Traceback" not in terminal.getvalue()
    assert program("index", "check").code == 0

    again = program("ingest", "--json", str(first), str(second))
    assert [document["status"] for document in again.json["documents"]] == ["unchanged", "added"]
    assert not again.json["interrupted"]


@pytest.mark.model
def test_a_watched_folder_is_reported_line_by_line_until_the_watch_is_ended(
    fresh_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "watched").mkdir()
    (tmp_path / "watched" / "rules.txt").write_text(RULES, "utf-8")
    command = ["ingest", "--json", "--watch", "--home", str(fresh_home), str(tmp_path / "watched")]
    with subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        titles: list[str] = []
        while not titles:
            titles = [d["title"] for d in json.loads(process.stdout.readline())["documents"]]
        process.send_signal(signal.SIGTERM)
        rest, told = process.communicate(timeout=60)
    assert titles == ["临江市社工站管理办法"]
    assert process.returncode == 0
    assert rest == ""
    assert "已停止监视" in told
    assert "Traceback" not in told


@pytest.mark.model
def test_a_document_from_ingestion_to_removal(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_text(RULES, "utf-8")
    number = program("ingest", "--json", str(path)).json["documents"][0]["id"]

    listed = program("documents", "list")
    assert number in listed.out
    # `--json` and `--home` belong to the command, not to its action.
    shown = program("documents", "--json", "show", number).json
    assert (shown["title"], shown["source"]) == ("临江市社工站管理办法", str(path))
    for passage in shown["passages"]:
        start, end = passage["start_char"], passage["end_char"]
        assert shown["text"][start:end] == passage["text"]
    asked = program("ask", "--json", "临江市每个社工站配备几名专职社工", "--document", number).json
    assert asked["status"] == "answered"
    assert "3名" in asked["text"]

    assert program("documents", "remove", number).code == 0
    assert number not in program("documents", "list").out
    asked = program("ask", "--json", "临江市每个社工站配备几名专职社工").json
    assert number not in {citation["document_id"] for citation in asked["citations"]}
    program("documents", "remove", number).refuses(2, number, "documents list")
    assert program("index", "check").code == 0


@pytest.mark.model
@pytest.mark.parametrize("action", ["show", "remove", "history"])
def test_an_unknown_document(action: str, program: Program) -> None:
    program("documents", action, "no-such-id").refuses(2, "no-such-id", "documents list")


# Answers out ------------------------------------------------------------------------------------


@pytest.mark.model
def test_an_answer_in_words_and_in_json(program: Program) -> None:
    question = "三区计划累计花了多少钱"
    first = program("ask", question)
    assert first.code == 0
    assert first.out.splitlines()[0].startswith("**930万元**")
    assert "[1] " in first.out
    # Progress goes to standard error: the output can be piped.
    assert "索引" in first.err
    assert "索引" not in first.out

    answer = program("ask", question, "--json").json
    assert set(answer) == {
        *("status", "text", "claims", "citations", "facts", "evidence"),
        *("standalone_question", "mode", "timings_ms"),
    }
    assert answer["status"] == "answered"
    citation = answer["citations"][0]
    text = program("documents", "--json", "show", citation["document_id"]).json["text"]
    assert text[citation["start_char"] : citation["end_char"]] == citation["quote"]


@pytest.mark.model
def test_nothing_found_is_an_answer_not_a_failure(program: Program) -> None:
    outcome = program("ask", "云南的社工目标是什么", "--json")
    assert outcome.code == 0
    assert outcome.json["status"] == "no_evidence"
    assert "云南" in outcome.json["text"]
    assert outcome.json["citations"] == []


@pytest.mark.model
def test_a_batch_answers_what_it_can(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    batch = (
        '{"id": "a", "question": "三区计划累计花了多少钱"}\n'
        "this is not JSON\n"
        "\n"
        '{"id": "c", "qestion": "misspelt"}\n'
        '{"id": "d", "question": 7}\n'
        '{"id": "e", "question": "目标是什么", "as_of": "某日"}\n'
        "[1, 2]\n"
        '{"id": "f", "question": "那选派了多少社工", '
        '"history": [["三区计划累计花了多少钱", "930万元"]]}\n'
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(batch.encode())))
    outcome = program("ask", "--batch", "-")
    assert outcome.code == 3
    assert [line["id"] for line in outcome.lines] == ["a", 2, "c", "d", "e", 7, "f"]
    assert ["error" in line for line in outcome.lines] == [False, *[True] * 5, False]
    assert "930万元" in outcome.lines[0]["text"]
    assert "465" in outcome.lines[-1]["text"]
    assert "2" in outcome.lines[1]["error"]

    path = tmp_path / "good.jsonl"
    path.write_text('\ufeff{"id": 1, "query": "残疾人"}\n', "utf-8")
    found = program("search", "--batch", str(path), "--top-k", "2")
    assert found.code == 0
    assert found.json["id"] == 1
    assert [result["rank"] for result in found.json["results"]] == [1, 2]
    assert set(found.json["results"][0]) == {
        *("passage_id", "document_id", "source", "title", "heading_path"),
        *("text", "score", "rank", "origin"),
    }


@pytest.mark.model
def test_damaged_indexes_are_rebuilt_from_the_catalogue(program: Program) -> None:
    assert program("documents", "list").code == 0
    (program.home / "index" / "CURRENT").unlink()
    assert program("index", "check").code == 1
    assert program("index", "rebuild").code == 0
    state = program("index", "check", "--json").json
    assert state["in_step"]
    assert state["dense_passages"] == state["lexical_passages"] == state["catalog_passages"] > 0


@pytest.mark.model
def test_doctor_finds_all_well(program: Program) -> None:
    outcome = program("doctor", "--json")
    assert outcome.code == 0
    assert all(finding["ok"] for finding in outcome.json)
