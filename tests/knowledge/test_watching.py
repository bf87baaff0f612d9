"""A watched folder: files come, change, go, and cannot be read; the library follows."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from knowledge.catalog import Catalog
from knowledge.errors import CatalogLockedError, KnowledgeError, LoadError
from knowledge.search_index import SearchIndex
from knowledge.watching import FolderWatch, WatchRound, file_of
from tests.knowledge.conftest import LINJIANG, NATIONAL, SICHUAN, Home

PATIENCE = 60.0


class Watched:
    """A watch in its own thread, spoken to through what it reports."""

    def __init__(self, watch: FolderWatch) -> None:
        self.watch = watch
        self.rounds: queue.Queue[WatchRound] = queue.Queue()
        self.problems: queue.Queue[KnowledgeError] = queue.Queue()
        watch.on_round, watch.on_problem = self.rounds.put, self.problems.put

    def next(self) -> WatchRound:
        return self.rounds.get(timeout=PATIENCE)

    def until(self, wanted: Callable[[WatchRound], bool]) -> WatchRound:
        """The first round of that kind: one change may come in several rounds."""
        while not wanted(found := self.next()):
            pass
        return found


@contextmanager
def watching(home: Home, *, mirror: bool = False, rest: float = 0.0) -> Iterator[Watched]:
    watched = Watched(
        FolderWatch(
            home.inputs,
            home.folder,
            home.embedder,
            on_round=lambda found: None,
            mirror=mirror,
            rest_seconds=rest,
        )
    )
    thread = threading.Thread(target=watched.watch.run)
    thread.start()
    try:
        yield watched
    finally:
        watched.watch.stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def titles(home: Home) -> set[str]:
    with Catalog(home.catalog) as catalog:
        assert SearchIndex(home.index).check(catalog).in_step
        return {document.title for document in catalog.documents()}


def test_what_is_there_and_what_comes_goes_in(home: Home) -> None:
    home.write("a.md", LINJIANG)
    with watching(home) as watched:
        assert [d.status for d in watched.next().report.documents] == ["added"]

        (home.inputs / "四川").mkdir()
        home.write("四川/s.md", SICHUAN.replace("三百元", "四百元"))
        found = watched.until(lambda found: bool(found.report.documents))
        assert [(d.status, d.region) for d in found.report.documents] == [("added", "四川")]

        home.write("a.md", LINJIANG.replace("三名", "五名"))
        found = watched.until(lambda found: bool(found.report.documents))
        assert [d.status for d in found.report.documents] == ["updated"]
    assert titles(home) == {"临江市社工站管理办法", "江北省社工补贴通知"}


def test_a_file_that_cannot_be_read_is_named_once_and_tried_again_when_it_changes(
    home: Home,
) -> None:
    bad = home.write("bad.md", " \n")
    with watching(home) as watched:
        assert [f.source for f in watched.next().report.failed] == [bad]
        home.write("n.md", NATIONAL)
        found = watched.next()
        assert found.report.failed == ()
        assert [d.status for d in found.report.documents] == ["added"]
        home.write("bad.md", LINJIANG)
        found = watched.until(lambda found: bool(found.report.documents))
        assert [d.source for d in found.report.documents] == [bad]


@pytest.mark.parametrize("mirror", [False, True])
def test_a_deleted_file_is_reported_and_with_mirror_removed(home: Home, mirror: bool) -> None:
    source = home.write("a.md", LINJIANG)
    home.write("n.md", NATIONAL)
    with watching(home, mirror=mirror) as watched:
        watched.next()
        Path(source).unlink()
        gone = watched.until(lambda found: bool(found.gone)).gone
        assert [(file.source, file.removed) for file in gone] == [(source, mirror)]
    assert ("临江市社工站管理办法" in titles(home)) is not mirror


def test_what_was_deleted_while_nobody_watched_is_noticed(home: Home) -> None:
    source = home.write("a.md", LINJIANG)
    home.write("n.md", NATIONAL)
    with watching(home) as watched:
        watched.next()
    Path(source).unlink()
    with watching(home, mirror=True) as watched:
        first = watched.next()
    assert [file.source for file in first.gone] == [source]
    assert [d.status for d in first.report.documents] == ["unchanged"]
    assert titles(home) == {"社会工作服务机构指引"}


def test_a_renamed_file_stays_in_the_library(home: Home) -> None:
    source = Path(home.write("a.md", LINJIANG))
    home.write("n.md", NATIONAL)
    with watching(home, mirror=True) as watched:
        watched.next()
        source.rename(source.with_name("b.md"))
        seen: set[str] = set()
        while "added" not in seen:
            seen |= {d.status for d in watched.next().report.documents}
    assert titles(home) == {"临江市社工站管理办法", "社会工作服务机构指引"}


def test_a_folder_that_is_suddenly_empty_removes_nothing(home: Home) -> None:
    sources = [home.write("a.md", LINJIANG), home.write("n.md", NATIONAL)]
    with watching(home, mirror=True) as watched:
        watched.next()
        aside = home.inputs.with_name("aside")
        home.inputs.rename(aside)
        home.inputs.mkdir()
        # Either it was seen while it was not there, or empty; nothing is removed in both cases.
        assert isinstance(watched.problems.get(timeout=PATIENCE), LoadError)
    assert len(titles(home)) == len(sources)


def test_another_writer_is_waited_for(home: Home) -> None:
    home.write("a.md", LINJIANG)
    home.folder.mkdir()
    lock = FileLock(home.folder / "writer.lock")
    lock.acquire()
    with watching(home) as watched:
        assert isinstance(watched.problems.get(timeout=PATIENCE), CatalogLockedError)
        lock.release()
        assert [d.status for d in watched.next().report.documents] == ["added"]
    assert watched.problems.empty()


def test_a_file_that_is_still_growing_is_left_alone(home: Home) -> None:
    with watching(home, rest=0.3) as watched:
        assert watched.next().report.documents == ()
        path = home.inputs / "big.txt"
        text = "社工站管理办法\n\n" + "每个社工站配备专职社工。\n" * 40
        with path.open("w", encoding="utf-8") as file:
            for character in text:
                file.write(character)
                file.flush()
        watched.until(lambda found: bool(found.report.documents))
    with Catalog(home.catalog) as catalog:
        (document,) = catalog.documents()
        assert len(catalog.history(document.id)) == 1


def test_a_folder_that_does_not_exist_is_refused(home: Home) -> None:
    with pytest.raises(LoadError, match="none"):
        FolderWatch(
            home.inputs / "none", home.folder, home.embedder, on_round=lambda found: None
        ).run()


@pytest.mark.parametrize("name", ["a.md", "a#3.md"])
def test_the_file_of_a_source(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.touch()
    assert file_of(str(path)) == path
    assert file_of(f"{path}#2") == path
