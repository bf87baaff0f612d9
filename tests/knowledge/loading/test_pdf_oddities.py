"""PDF files as they should not be: protected, empty, lying about themselves, sideways, old-style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from knowledge.loading import load_file
from knowledge.loading.pdf import load_pdf
from tests.knowledge.loading.pdf_parts import image_page, raw_pdf
from tests.knowledge.loading.test_pdf import (
    SENTENCES,
    draw_lines,
    refused,
    scanned,
    whole_text,
    wrapped,
    write_pdf,
)

HEADER = ("岗位", "人数", "月补贴")


@pytest.mark.parametrize(
    "style",
    [
        "第 {} 页 共 3 页",
        "第 {} 页，共 3 页",
        "第{}页 总3页",
        "- {} -",
        "— {} —",
        "－{}－",
        "·{}·",
        "{}/3",
        "{}",
        "Page {} of 3",
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_page_numbers_of_every_style_are_left_out(tmp_path: Path, style: str, count: int) -> None:
    lines = wrapped("".join(SENTENCES * 5), 36)

    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            draw_lines(canvas, 80, 740, lines[(number - 1) * 4 : number * 4])
            draw_lines(canvas, 280, 40, [style.format(number)], size=9)

        return draw

    loaded = load_file(write_pdf(tmp_path / "a.pdf", *(page(n + 1) for n in range(count))))
    assert whole_text(loaded) == "".join(line.strip("\u3000") for line in lines[: 4 * count])


def test_headers_that_differ_on_odd_and_even_pages_are_left_out(tmp_path: Path) -> None:
    lines = wrapped("".join(SENTENCES * 5), 36)

    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            odd = number % 2
            draw_lines(canvas, 80, 740, lines[(number - 1) * 4 : number * 4])
            draw_lines(canvas, 80 if odd else 420, 40, [f"— {number} —"], size=9)
            head = "某县民政局" if odd else "社工站管理手册"
            draw_lines(canvas, 80 if odd else 350, 800, [head], size=9)

        return draw

    loaded = load_file(write_pdf(tmp_path / "a.pdf", *(page(n) for n in range(1, 5))))
    assert whole_text(loaded) == "".join(line.strip("\u3000") for line in lines[:16])


def table_page(top: float, *rows: tuple[str, ...]) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        xs, ys = [80, 230, 330, 480], [top - 30 * i for i in range(len(rows) + 1)]
        canvas.grid(xs, ys)
        for row, y in zip(rows, ys, strict=False):
            for cell, x in zip(row, xs, strict=False):
                draw_lines(canvas, x + 6, y - 20, [cell])

    return draw


@pytest.mark.parametrize("repeated", [True, False])
def test_table_over_pages_has_its_header_once(tmp_path: Path, repeated: bool) -> None:
    first = [(f"岗位{n}", str(n), "800元") for n in range(1, 4)]
    second = [("督导", "二人", "1500元"), ("主管", "一人", "2000元"), ("助理", "九人", "600元")]
    third = [("顾问", "三人", "300元"), ("顾问助理", "1", "200元")]
    again = [HEADER] if repeated else []
    path = write_pdf(
        tmp_path / "a.pdf",
        table_page(300, HEADER, *first),
        table_page(780, *again, *second * 7),
        table_page(780, *again, *third),
    )
    rows = [HEADER, *first, *second * 7, *third]
    assert whole_text(load_file(path)).split("\n") == [f"| {' | '.join(row)} |" for row in rows]


def test_another_table_on_the_next_page_keeps_its_own_header(tmp_path: Path) -> None:
    def next_page(canvas: Canvas) -> None:
        draw_lines(canvas, 80, 790, ["附表二 各县名额"])
        table_page(760, ("县", "街道", "名额"), ("甲县", "东街道", "3"))(canvas)

    path = write_pdf(
        tmp_path / "a.pdf", table_page(300, HEADER, ("督导", "2", "1500元")), next_page
    )
    lines = [line for line in whole_text(load_file(path)).split("\n") if line]
    assert lines[2:] == ["附表二 各县名额", "| 县 | 街道 | 名额 |", "| 甲县 | 东街道 | 3 |"]


@pytest.mark.parametrize("pitch", [16, 20, 40])
def test_text_that_runs_down_the_page_is_read_from_the_right(tmp_path: Path, pitch: int) -> None:
    text = "".join(SENTENCES)
    columns = [text[start : start + 30] for start in range(0, len(text), 30)]

    def page(canvas: Canvas) -> None:
        for i, column in enumerate(columns):
            for j, character in enumerate(column):
                draw_lines(canvas, 450 - i * pitch, 740 - j * 14, [character])

    assert whole_text(load_file(write_pdf(tmp_path / "a.pdf", page))) == text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_shown_turned_is_read_as_it_was_written(tmp_path: Path, turn: int) -> None:
    text = "".join(SENTENCES)

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        draw_lines(canvas, 80, 740, wrapped(text, 36))

    assert whole_text(load_file(write_pdf(tmp_path / "a.pdf", page))) == text


def test_file_that_only_forbids_copying_is_read(tmp_path: Path) -> None:
    path = tmp_path / "owner.pdf"
    lock = pdfencrypt.StandardEncryption("", ownerPassword="secret", canCopy=0)
    canvas = Canvas(str(path), encrypt=lock)
    draw_lines(canvas, 80, 740, SENTENCES[:1])
    canvas.save()
    assert whole_text(load_file(path)) == SENTENCES[0]


@pytest.mark.parametrize(
    "pages",
    [b"[]/Count 0", b"[3 0 R]/Count 1500", b"[2 0 R]/Count 1"],
    ids=["none", "fewer than it says", "round in a circle"],
)
def test_file_without_the_pages_it_promises(tmp_path: Path, pages: bytes) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    assert "损坏" in refused(raw_pdf(tmp_path / "a.pdf", page, pages=pages)).message("zh")


@pytest.mark.parametrize("box", [b"0 0 1000000 1", b"0 0 0 0", b"-5 -5 -1 -1", b"0 0 1e6 1e6"])
def test_page_of_an_absurd_size(tmp_path: Path, box: bytes) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]>>" % box
    assert "没有找到文字" in refused(raw_pdf(tmp_path / "a.pdf", page)).message("zh")


def test_picture_that_unpacks_to_a_thousand_times_its_size(tmp_path: Path) -> None:
    path = image_page(tmp_path / "a.pdf", 16_000, box=1_000_000)
    assert path.stat().st_size < 200_000
    assert "没有找到文字" in refused(path).message("zh")


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    path = scanned(tmp_path / "a.pdf", "Service funding 2024")
    load_pdf(path, lambda done, count: steps.append((done, count)))
    assert steps == [(0, 1), (1, 1)]


def test_five_hundred_pages_go_in(tmp_path: Path) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        return lambda canvas: (
            draw_lines(canvas, 80, 740, [f"第{number}条 {SENTENCES[number % 5]}"]) and None
        )

    loaded = load_file(write_pdf(tmp_path / "a.pdf", *(page(n) for n in range(1, 501))))
    assert len(loaded.pages) == 500
    assert loaded.pages[499].text == f"第500条 {SENTENCES[0]}"
