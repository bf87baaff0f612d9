"""The README is true: its examples run, and every command and setting stands in both twins."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.commands.registry import all_commands
from assistant.settings import Settings

ROOT = Path(__file__).parents[1]
TWINS = ("README.md", "README.zh-CN.md")
_SESSION = re.compile(r"<!-- session -->\n```console\n\$ (.+)\n((?:.*\n)*?)```")
_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)

each_twin = pytest.mark.parametrize("name", TWINS)


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.fixture
def home(fresh_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICY_ASSISTANT_HOME", str(fresh_home))
    return fresh_home


@each_twin
def test_every_command_is_described(name: str) -> None:
    text = text_of(name)
    missing = [c.name for c in all_commands() if not re.search(rf"^\| `{c.name}\b", text, re.M)]
    assert not missing


@each_twin
def test_every_setting_stands_in_the_table_with_its_default(name: str) -> None:
    rows = dict(re.findall(r"^\| `POLICY_ASSISTANT_(\w+)` \| (.*?) \|", text_of(name), re.M))
    assert rows == {
        setting.upper(): f"`{shown}`" if (shown := shown_default(setting)) else ""
        for setting in Settings.model_fields
    }


def test_every_setting_stands_in_the_example_file() -> None:
    rows = re.findall(r"^# POLICY_ASSISTANT_(\w+)=(.*)$", text_of(".env.example"), re.M)
    assert dict(rows) == {name.upper(): shown_default(name) for name in Settings.model_fields}


def shown_default(setting: str) -> str:
    default = Settings.model_fields[setting].default
    if setting == "home":
        return "~/.policy-assistant"
    if isinstance(default, bool):
        return str(default).lower()
    return "" if default is None else str(default)


def test_the_twins_show_the_same_code_and_point_at_each_other() -> None:
    english, chinese = map(text_of, TWINS)
    assert _SESSION.findall(english) == _SESSION.findall(chinese)
    assert _PYTHON.findall(english) == _PYTHON.findall(chinese)
    assert "(README.zh-CN.md)" in english
    assert "(README.md)" in chinese
    assert english.count("\n## ") == chinese.count("\n## ")


@pytest.mark.parametrize(
    "path",
    [*TWINS, "CHANGELOG.md", *sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/**/*.md"))],
)
def test_every_link_within_the_project_leads_somewhere(path: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text_of(path))
    folder = (ROOT / path).parent
    assert not [link for link in links if not (folder / link).exists()]


@pytest.mark.model
def test_the_session_is_what_the_program_prints(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sessions = _SESSION.findall(text_of("README.md"))
    assert sessions
    for command, shown in sessions:
        program, *arguments = shlex.split(command)
        assert program == "policy-assistant"
        assert main(arguments) == 0
        assert capsys.readouterr().out == shown


@pytest.mark.model
def test_the_langchain_example_runs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = _PYTHON.findall(text_of("README.md"))
    exec(compile(example, "README.md", "exec"), {})
    *passages, last = capsys.readouterr().out.splitlines()
    # The comment of the example's last line is what it prints.
    assert last == example.splitlines()[-1].split("# ")[-1]
    assert "残疾人" in passages[0]
