from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.sources import FailedSource, FileSource, find_sources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "库"
    (root / "四川").mkdir(parents=True)
    for name in ("b.md", "a.txt", "四川/c.md", ".secret.md", "notes.unknown", "lines.jsonl"):
        (root / name).write_text("内容", "utf-8")
    (root / ".git").mkdir()
    (root / ".git" / "d.md").write_text("内容", "utf-8")
    return root


def names(*inputs: Path | str) -> list[str]:
    return [
        source.path.name if isinstance(source, FileSource) else f"! {Path(source.source).name}"
        for source in find_sources([str(given) for given in inputs])
    ]


def test_a_folder_stands_for_its_readable_files_by_name(folder: Path) -> None:
    assert names(folder) == ["a.txt", "b.md", "lines.jsonl", "c.md"]


def test_a_file_named_twice_is_taken_once(folder: Path) -> None:
    assert names(folder / "b.md", folder, folder / "四川" / ".." / "b.md") == [
        "b.md",
        "a.txt",
        "lines.jsonl",
        "c.md",
    ]


def test_a_file_named_itself_is_taken_whatever_its_kind(folder: Path) -> None:
    # The loader says why it cannot be read; a folder passes it over in silence.
    assert names(folder / "notes.unknown", folder / "missing.md") == ["notes.unknown", "missing.md"]


def test_the_folder_s_name_hints_at_the_region(folder: Path) -> None:
    hints = {s.path.name: s.region_hint for s in find_sources([str(folder)])}  # type: ignore[union-attr]
    assert hints["c.md"] == "四川"
    assert hints["b.md"] == ""
    (given,) = find_sources([str(folder / "四川" / "c.md")])
    assert isinstance(given, FileSource) and given.region_hint == ""


def test_a_link_out_of_the_folder_is_refused_and_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("秘密", "utf-8")
    (folder / "z.md").symlink_to(tmp_path / "outside.md")
    (folder / "y.md").symlink_to(folder / "b.md")

    found = list(find_sources([str(folder)]))

    refused = [source for source in found if isinstance(source, FailedSource)]
    assert [Path(source.source).name for source in refused] == ["z.md"]
    assert "z.md" in refused[0].error.message("zh")
    assert "z.md" in refused[0].error.message("en")
    assert "y.md" in names(folder)


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    (found,) = find_sources([str(tmp_path)])
    assert isinstance(found, FailedSource)
    assert ".md" in found.error.message("zh")


def test_nothing_given_is_nothing_found() -> None:
    assert list(find_sources([])) == []


@pytest.mark.parametrize("given", ["", "  ", "甲" * 300, "a\x00b", "~nobody-of-this-name/x"])
def test_what_is_no_path_is_said_and_the_rest_is_found(folder: Path, given: str) -> None:
    refused, *found = find_sources([given, str(folder)])
    assert isinstance(refused, FailedSource)
    for message in (refused.error.message("zh"), refused.error.message("en")):
        assert "路径" in message or "path" in message
        assert "\x00" not in message and len(message) < 500
    assert len(found) == 4


def test_links_to_nothing_in_a_circle_and_to_folders_outside(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "外").mkdir()
    (tmp_path / "外" / "e.md").write_text("秘密", "utf-8")
    (folder / "none.md").symlink_to(tmp_path / "gone.md")
    (folder / "ring.md").symlink_to(folder / "ring.md")
    (folder / "loop").symlink_to(folder)
    (folder / "out").symlink_to(tmp_path / "外")
    assert names(folder) == [
        "a.txt", "b.md", "lines.jsonl", "! none.md", "! out", "! ring.md", "c.md"
    ]  # fmt: skip


def test_a_pipe_and_a_folder_named_as_a_file(folder: Path) -> None:
    (folder / "folder.pdf").mkdir()
    os.mkfifo(folder / "pipe.md")
    # The loader says what is wrong with the pipe.
    assert names(folder) == ["a.txt", "b.md", "lines.jsonl", "pipe.md", "c.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "四川").chmod(0)
    try:
        found = list(find_sources([str(folder)]))
    finally:
        (folder / "四川").chmod(0o755)
    (refused,) = (source for source in found if isinstance(source, FailedSource))
    assert "四川" in refused.error.message("zh")


def test_a_name_that_is_no_text_can_be_shown(folder: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/\xff\n.md"))
    path.symlink_to(folder / "gone.md")
    (refused,) = (s for s in find_sources([str(folder)]) if isinstance(s, FailedSource))
    for shown in (refused.source, refused.error.message("zh"), refused.error.message("en")):
        shown.encode("utf-8")
        assert "\\xff\\n.md" in shown and "\n" not in shown
