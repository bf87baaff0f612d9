"""Hard-wrapped text without a layout: where its paragraphs end."""

from __future__ import annotations

import pytest

from knowledge.line_breaks import join_hard_line_breaks
from tests.knowledge.loading.test_page_paragraph import WIDTH, lines_of, paragraph


@pytest.mark.parametrize("indent", [0, 2])
@pytest.mark.parametrize("end", ["。", "；", "：", "）", "员"])
@pytest.mark.parametrize(
    "marks", [("第一条 ", "第二条 ", "第三条 "), ("（一）", "（二）", "（三）")]
)
def test_numbered_paragraph_that_fills_its_last_line(
    indent: int, end: str, marks: tuple[str, ...]
) -> None:
    texts = [
        paragraph(mark, length - indent, end)
        for mark, length in zip(marks, (2 * WIDTH, 3 * WIDTH, 60), strict=True)
    ]
    lines = [line for text in texts for line in lines_of(text, indent)]
    assert join_hard_line_breaks("\n".join(lines)).split("\n") == texts


@pytest.mark.parametrize("end", ["。", "；", "）", "员"])
@pytest.mark.parametrize("indent", ["\u3000\u3000", "  ", "    "])
def test_indent_begins_a_paragraph_even_after_a_full_line(end: str, indent: str) -> None:
    texts = [paragraph("", length - 2, end) for length in (2 * WIDTH, 3 * WIDTH, 60)]
    lines = [line.replace("\u3000\u3000", indent) for text in texts for line in lines_of(text, 2)]
    assert join_hard_line_breaks("\n".join(lines)).split("\n") == texts


def test_text_indented_as_a_whole_is_joined() -> None:
    text = paragraph("", 4 * WIDTH, "。")
    lines = ["    " + line for line in lines_of(text, 0)]
    assert join_hard_line_breaks("\n".join(lines)) == text
