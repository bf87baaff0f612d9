"""The process that reads files: crashes, hangs, memory, threads, and its end."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from knowledge.errors import LoadError
from knowledge.loading.page_line import PageContent
from knowledge.loading.page_reader import PageReader, ReadingLimits
from tests.knowledge.loading.pdf_parts import raw_pdf, stream

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's process handles")


@pytest.fixture
def reader() -> Iterator[PageReader]:
    made = PageReader()
    yield made
    made.close()


def written(path: Path, *pages: str) -> Path:
    canvas = Canvas(str(path))
    for text in pages:
        canvas.drawString(80, 700, text)
        canvas.showPage()
    canvas.save()
    return path


def texts(pages: tuple[PageContent, ...]) -> list[str]:
    return [line.text for page in pages for line in page.lines]


def endless(path: Path) -> Path:
    """Forms that draw forms that draw forms: 40 to the power of five rectangles."""
    forms = [
        stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
            b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 1),
            b"/F Do " * 40,
        )
        for number in range(5, 9)
    ]
    last = stream(b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]", b"0 0 10 10 re f " * 200)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    page += b"/Resources<</XObject<</F 5 0 R>>>>>>"
    return raw_pdf(path, page, stream(b"", b"/F Do " * 40), *forms, last)


def killing(reader: PageReader, number: signal.Signals) -> Callable[[int, int], None]:
    """A progress that ends the reader's process in the midst of a file."""

    def progress(done: int, count: int) -> None:
        assert reader.process_id
        os.kill(reader.process_id, number)

    return progress


def has_ended(process_id: int, seconds: float = 60.0) -> bool:
    try:
        handle = os.pidfd_open(process_id)
    except ProcessLookupError:
        return True
    try:
        ready, _, _ = select.select([handle], [], [], seconds)
        return bool(ready)
    finally:
        os.close(handle)


def test_one_process_serves_all_files_and_says_how_far_it_is(
    reader: PageReader, tmp_path: Path
) -> None:
    steps: list[tuple[int, int]] = []
    path = written(tmp_path / "a.pdf", "one", "two", "three")
    assert texts(reader.read("pdf", path, lambda *step: steps.append(step))) == [
        "one",
        "two",
        "three",
    ]
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    first = reader.process_id
    assert texts(reader.read("pdf", written(tmp_path / "b.pdf", "four"))) == ["four"]
    assert reader.process_id == first


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
@pytest.mark.parametrize(("number", "reason"), [(signal.SIGSEGV, "崩溃"), (signal.SIGKILL, "内存")])
def test_crash_gives_a_sentence_and_the_next_file_is_read(
    reader: PageReader, tmp_path: Path, number: signal.Signals, reason: str
) -> None:
    path = written(tmp_path / "a.pdf", *(["text"] * 400))
    with pytest.raises(LoadError) as caught:
        reader.read("pdf", path, killing(reader, number))
    assert reason in caught.value.message("zh")
    assert "a.pdf" in caught.value.message("en")
    assert texts(reader.read("pdf", written(tmp_path / "b.pdf", "next"))) == ["next"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
def test_process_that_ended_between_two_files_is_replaced(
    reader: PageReader, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.pdf", "text")
    reader.read("pdf", path)
    assert reader.process_id
    os.kill(reader.process_id, signal.SIGKILL)
    assert texts(reader.read("pdf", path)) == ["text"]


def test_page_that_never_ends_is_given_up(tmp_path: Path) -> None:
    reader = PageReader(ReadingLimits(page_seconds=5))
    try:
        with pytest.raises(LoadError) as caught:
            reader.read("pdf", endless(tmp_path / "endless.pdf"))
        assert "第 1 页超过 5 秒" in caught.value.message("zh")
        assert texts(reader.read("pdf", written(tmp_path / "b.pdf", "next"))) == ["next"]
    finally:
        reader.close()


def test_file_that_takes_too_long_as_a_whole_is_given_up(tmp_path: Path) -> None:
    reader = PageReader(ReadingLimits(document_seconds=0))
    try:
        with pytest.raises(LoadError) as caught:
            reader.read("pdf", written(tmp_path / "a.pdf", "text"))
        assert "拆分" in caught.value.message("zh")
        assert "split" in caught.value.message("en")
    finally:
        reader.close()


@linux_only
def test_memory_is_bounded(tmp_path: Path) -> None:
    # A file of 0.4 MB unpacks to 400 MB; the process may have 512 with all that it needs itself.
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 10_000_000) for _ in range(40)) + packer.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
    path = raw_pdf(tmp_path / "bomb.pdf", page, stream(b"/Filter/FlateDecode", data))
    reader = PageReader(ReadingLimits(memory_bytes=512 * 1024**2))
    try:
        with pytest.raises(LoadError) as caught:
            reader.read("pdf", path)
        assert "bomb.pdf" in caught.value.message("zh")
        assert texts(reader.read("pdf", written(tmp_path / "b.pdf", "next"))) == ["next"]
    finally:
        reader.close()


def test_several_threads_get_each_their_own_file(reader: PageReader, tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{n}.pdf", *([f"file {n}"] * 3)) for n in range(6)]
    found: dict[int, list[str]] = {}

    def read(n: int) -> None:
        found[n] = texts(reader.read("pdf", paths[n]))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: [f"file {n}"] * 3 for n in range(6)}


def test_interrupting_a_file_leaves_nothing_of_it_for_the_next(
    reader: PageReader, tmp_path: Path
) -> None:
    def interrupted(done: int, count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reader.read("pdf", written(tmp_path / "a.pdf", "one", "two"), interrupted)
    assert texts(reader.read("pdf", written(tmp_path / "b.pdf", "next"))) == ["next"]


@linux_only
def test_no_process_is_left_behind(reader: PageReader, tmp_path: Path) -> None:
    reader.read("pdf", written(tmp_path / "a.pdf", "text"))
    ended = reader.process_id
    assert ended
    reader.close()
    assert reader.process_id is None
    with pytest.raises(ChildProcessError):
        os.waitpid(ended, os.WNOHANG)  # Not even a zombie.


@linux_only
def test_process_ends_when_there_is_nothing_to_read(tmp_path: Path) -> None:
    reader = PageReader(ReadingLimits(idle_seconds=0.1))
    path = written(tmp_path / "a.pdf", "text")
    reader.read("pdf", path)
    idle = reader.process_id
    assert idle is None or has_ended(idle)
    assert texts(reader.read("pdf", path)) == ["text"]
    reader.close()


SCRIPT = """
import os, sys
from pathlib import Path
from knowledge.loading import page_reader
path = Path(sys.argv[1])
assert page_reader.read_pages("pdf", path)
forked = os.fork()
if not forked:
    # Holds the parent's pipe, and reads with a process of its own.
    assert page_reader.read_pages("pdf", path)
    sys.stdout.write(f"{page_reader._reader.process_id}\\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)
sys.stdout.write(f"{page_reader._reader.process_id}\\n")
sys.stdout.flush()
sys.stdin.read()
"""


@linux_only
def test_process_dies_with_its_parent_even_where_that_is_killed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", "text")
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        text=True,
    ) as parent:
        assert parent.stdout
        children = [int(parent.stdout.readline()) for _ in range(2)]
        assert len(set(children)) == 2
        parent.kill()
    assert all(has_ended(child) for child in children)
