"""Where paragraphs end: full last lines, numbers, indents."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.loading import load_file
from tests.knowledge.loading.test_pdf import draw_lines, whole_text, write_pdf

WIDTH = 36
FILLER = (
    "社工站应当按照规定配备专职人员并且定期走访辖区内困难老人和儿童家庭了解情况做好登记工作"
    "以及后续的服务跟踪和评估工作"
) * 4


def paragraph(start: str, length: int, end: str) -> str:
    text = (start + FILLER)[: length - len(end)] + end
    return f"{text[:20]}，{text[21:]}"


def lines_of(text: str, indent: int) -> list[str]:
    first = WIDTH - indent
    rest = [text[i : i + WIDTH] for i in range(first, len(text), WIDTH)]
    return ["\u3000" * indent + text[:first], *rest]


@pytest.mark.parametrize("indent", [0, 2])
@pytest.mark.parametrize("end", ["。", "；", "：", "）", "”", "员"])
@pytest.mark.parametrize(
    "marks",
    [
        ("第一条 ", "第二条 ", "第三条 "),
        ("一、", "二、", "三、"),
        ("（一）", "（二）", "（三）"),
        ("1.", "2.", "3."),
    ],
)
def test_numbered_paragraph_that_fills_its_last_line(
    tmp_path: Path, indent: int, end: str, marks: tuple[str, ...]
) -> None:
    texts = [
        paragraph(mark, length - indent, end)
        for mark, length in zip(marks, (2 * WIDTH, 3 * WIDTH, 60), strict=True)
    ]
    lines = [line for text in texts for line in lines_of(text, indent)]
    path = write_pdf(tmp_path / "a.pdf", lambda canvas: draw_lines(canvas, 80, 740, lines) and None)
    assert whole_text(load_file(path)).split("\n") == texts


@pytest.mark.parametrize("end", ["。", "；", "）", "员"])
def test_indent_begins_a_paragraph_even_after_a_full_line(tmp_path: Path, end: str) -> None:
    texts = [paragraph("", length - 2, end) for length in (2 * WIDTH, 3 * WIDTH, 60)]
    lines = [line for text in texts for line in lines_of(text, 2)]
    path = write_pdf(tmp_path / "a.pdf", lambda canvas: draw_lines(canvas, 80, 740, lines) and None)
    assert whole_text(load_file(path)).split("\n") == texts


def test_paragraph_that_fills_its_page(tmp_path: Path) -> None:
    first, second = paragraph("第一条 ", 2 * WIDTH, "员"), paragraph("第二条 ", 50, "。")
    pages = [lines_of(first, 0), lines_of(second, 0)]
    path = write_pdf(
        tmp_path / "a.pdf",
        lambda canvas: draw_lines(canvas, 80, 740, pages[0]) and None,
        lambda canvas: draw_lines(canvas, 80, 740, pages[1]) and None,
    )
    assert whole_text(load_file(path)).split("\n") == [first, second]


@pytest.mark.parametrize(
    "reference", ["（二）项规定的情形", "第二条规定的情形", "2.5倍的补贴", "二、三级"]
)
def test_number_inside_a_sentence_begins_nothing(tmp_path: Path, reference: str) -> None:
    start = {"（": "（一）", "第": "第一条 ", "2": "1.", "二": "一、"}[reference[0]]
    text = paragraph(start, 2 * WIDTH, "照") + reference + "，由县级民政部门办理。"
    if reference == "二、三级":
        # Nothing but its meaning tells this one from an item: the number must not be due.
        text = "三、" + text[2:]
    path = write_pdf(
        tmp_path / "a.pdf",
        lambda canvas: draw_lines(canvas, 80, 740, lines_of(text, 0)) and None,
    )
    assert whole_text(load_file(path)) == text


def test_hanging_indent_keeps_an_item_whole(tmp_path: Path) -> None:
    text = paragraph("（一）", 3 * WIDTH - 6, "。")
    lines = [
        text[:WIDTH],
        *("\u3000\u3000" + text[i : i + 34] for i in range(WIDTH, len(text), 34)),
    ]
    path = write_pdf(tmp_path / "a.pdf", lambda canvas: draw_lines(canvas, 80, 740, lines) and None)
    assert whole_text(load_file(path)) == text
