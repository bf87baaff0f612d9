"""From lines with places to text: what layout alone must get right."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.loading.page_layout import RUNS_ON, lay_out
from knowledge.loading.page_line import PageContent, TextLine, text_units

EM = 10.0
LONG = (
    "各地要把社工站建设纳入年度计划，明确牵头部门和完成时限，定期通报进度。"
    "资金由省市县三级共同承担，县级财政负担部分应当列入预算，并向社会公开。"
)


def line(text: str, left: float, top: float, em: float = EM) -> TextLine:
    return TextLine(text, left, top, left + text_units(text) * em, top + em * 1.2, em)


def column(text: str, left: float, top: float, width: int, indent: int = 2) -> list[TextLine]:
    """`text` set in a column of `width` characters, its first line indented."""
    found = [line(text[: width - indent], left + indent * EM, top)]
    for start in range(width - indent, len(text), width):
        top += 15
        found.append(line(text[start : start + width], left, top))
    return found


def page(lines: Sequence[TextLine], number: int = 1) -> PageContent:
    return PageContent(number, 600, 800, tuple(lines))


def text_of(*pages: PageContent) -> list[str]:
    return [one.text for one in lay_out(pages, "a.pdf").pages]


def test_lines_in_any_order_are_one_paragraph() -> None:
    lines = column(LONG, 60, 200, 24)
    assert text_of(page(lines[::-1])) == [LONG]


def test_a_line_that_starts_with_a_comma_is_no_new_paragraph() -> None:
    first, second = LONG[:24], LONG[24:]
    lines = [line(first, 60, 200), line(second[:20], 60, 215)]
    broken = [line(first[:15], 60, 200), line("，" + first[:10], 60, 215)]
    assert text_of(page(lines)) == [first + second[:20]]
    assert text_of(page(broken)) == [first[:15] + "，" + first[:10]]


def test_numbered_items_and_articles_start_paragraphs() -> None:
    lines = [
        line("第一条 社工站配备专职社工，具体办法如下：", 60, 200),
        line("（一）乡镇不少于二人；", 60, 215),
        line("（二）街道不少于四人。", 60, 230),
        line("第二条 本办法自发布之日起施行。", 60, 245),
    ]
    assert text_of(page(lines))[0].split("\n") == [one.text for one in lines]


def test_a_reference_at_the_start_of_a_line_does_not_break_the_sentence() -> None:
    lines = [
        line("违反规定骗取补贴资金的，由县级民政部门依照本办法", 60, 200),
        line("第十二条第二款的规定处理，并追回资金。", 60, 215),
    ]
    assert text_of(page(lines)) == ["".join(one.text for one in lines)]


def test_signature_and_date_stand_on_their_own() -> None:
    body = column(LONG, 60, 200, 40)
    end = [line("某某县民政局", 400, 290), line("2024年5月6日", 400, 310)]
    assert text_of(page([*body, *end]))[0].split("\n") == [LONG, "某某县民政局", "2024年5月6日"]


def test_a_sentence_over_a_page_break_is_marked() -> None:
    lines = column(LONG, 60, 200, 24)
    found = text_of(page(lines[:2]), page(lines[2:], 2))
    assert found[0].endswith(RUNS_ON)
    assert not found[1].endswith(RUNS_ON)
    assert "".join(found).replace(RUNS_ON, "") == LONG
    assert not text_of(page(lines), page(lines, 2))[0].endswith(RUNS_ON)


def test_columns_with_baselines_that_do_not_match() -> None:
    left, right = LONG, LONG[2:]
    lines = [*column(left, 40, 200, 14), *column(right, 210, 207, 14)]
    assert text_of(page(lines)) == [f"{left}\n{right}"]


def test_a_heading_across_both_columns_parts_what_is_above_from_what_is_below() -> None:
    parts = [LONG, LONG[2:], LONG[4:], LONG[8:]]
    lines = [
        *column(parts[0], 40, 100, 14),
        *column(parts[1], 210, 100, 14),
        line("第二部分社会工作服务站的经费", 40, 250, 16),
        *column(parts[2], 40, 290, 14),
        *column(parts[3], 210, 290, 14),
    ]
    expected = [parts[0], parts[1], "第二部分社会工作服务站的经费", parts[2], parts[3]]
    assert "".join(text_of(page(lines))).split("\n") == expected


def _articles(lines: Sequence[TextLine]) -> list[tuple[str | None, str]]:
    loaded = lay_out([page(lines)], "a.pdf")
    return [(article.metadata.get("title"), article.pages[0].text) for article in loaded.articles]


def test_headlines_below_their_articles() -> None:
    lines = []
    heads = ("老年食堂", "社区康复", "临时救助")
    for i, head in enumerate(heads):
        lines += column(LONG, 40 + 170 * i, 100, 14)
        lines.append(line(head, 60 + 170 * i, 240, 18))
    assert _articles(lines) == [(head, LONG) for head in heads]


def test_a_short_headline_over_several_columns_owns_them_all() -> None:
    lines = [line("第3版 星期四", 40, 20)]
    for top, head in ((120, "民政热线"), (400, "助残日记")):
        lines.append(line(head, 230, top - 40, 22))
        for i in range(3):
            lines += column(LONG, 40 + 170 * i, top, 14)
    assert [title for title, _ in _articles(lines)] == ["民政热线", "助残日记"]
    assert all(text == "\n".join([LONG] * 3) for _, text in _articles(lines))


def test_larger_numbered_headings_make_no_newspaper() -> None:
    lines = []
    for i, head in enumerate(("一、总则", "二、经费", "三、监督")):
        lines.append(line(head, 40 + 170 * i, 100, 16))
        lines += column(LONG, 40 + 170 * i, 130, 14)
    assert _articles(lines) == []


def test_a_table_without_rules_keeps_its_columns() -> None:
    rows = [
        ("地区", "站点数", "社工数"),
        ("甲县", "12", "30"),
        ("乙县", "9", "22"),
        ("丙县", "7", "15"),
    ]
    lines = [
        line(cell, 60 + 150 * c, 200 + 20 * r)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    ]
    assert text_of(page(lines))[0].split("\n") == ["| " + " | ".join(row) + " |" for row in rows]


def test_nothing_on_the_page_is_lost() -> None:
    """Whatever the layout: every character stands in the text, and once."""
    lines = [
        line("民生周报", 200, 20, 30),
        *column(LONG, 40, 100, 14),
        line("孤零零的一行", 420, 130, 20),
        *column(LONG[::-1], 210, 180, 14),
        line("边栏", 420, 300),
        line("又一行", 425, 330, 14),
    ]
    shown = "".join(text_of(page(lines)))
    assert sorted(shown.replace("\n", "").replace(" ", "")) == sorted(
        "".join(one.text for one in lines)
    )
