from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.article_parts import (
    PartReference,
    find_part_references,
    paragraph_count,
    part_span,
)
from knowledge.references import numeral_value
from knowledge.structure import find_headings

SHARED_LAWS = Path(__file__).parents[2].parent / "shared" / "data" / "laws"
ARTICLE = """第十条 有下列情形之一的，可以申请探访：
（一）独居的；
（二）残疾的，分为：
1.一级；
2.二级；
（三）其他困难的。
前款规定由县级民政部门负责。申请人应当如实说明。

有下列行为的，不予探访：（一）骗取服务；（二）冒领补贴。情节严重的，记入档案。"""


def part(question: str, article: str = ARTICLE) -> str | None:
    """The text of the only part that a question names."""
    (reference,) = find_part_references(question)
    span = part_span(article, reference)
    return article[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("社工条例第十条第二款怎么规定", ["第十条第二款"]),
        ("第十条第（三）项", ["第十条第三项"]),
        ("第十条第二款第三项是什么", ["第十条第二款第三项"]),
        ("第10条第2款第（3）项", ["第十条第二款第三项"]),
        ("第 十 条 第 二 款", ["第十条第二款"]),
        ("条例十条二款", ["第十条第二款"]),
        ("第十条之一的第一款", ["第十条之一第一款"]),
        ("第十条第一款第（二）项第1目", ["第十条第一款第二项第一目"]),
        ("第十条第一款、第三款", ["第十条第一款", "第十条第三款"]),
        ("第十条第一、三款", ["第十条第一款", "第十条第三款"]),
        ("第十条第（一）、（三）项", ["第十条第一项", "第十条第三项"]),
        ("第三条第一款和第五条第二款", ["第三条第一款", "第五条第二款"]),
        ("第十条", []),
        ("第二款", []),
        ("捐款十条建议", []),
    ],
)
def test_which_parts_a_question_names(question: str, names: list[str]) -> None:
    assert [reference.name for reference in find_part_references(question)] == names


def test_a_paragraph_is_given_with_its_items_and_without_the_number_of_the_article() -> None:
    first = part("第十条第一款")
    assert first is not None
    assert first.startswith("有下列情形之一的")
    assert first.endswith("（三）其他困难的。")
    assert part("第十条第二款") == "前款规定由县级民政部门负责。申请人应当如实说明。"
    assert paragraph_count(ARTICLE) == 3


def test_an_item_is_given_exactly() -> None:
    assert part("第十条第一款第一项") == "（一）独居的；"
    assert part("第十条第一款第（三）项") == "（三）其他困难的。"
    assert part("第十条第（二）项") == "（二）残疾的，分为：\n1.一级；\n2.二级；"
    assert part("第十条第二项第2目") == "2.二级；"


def test_items_in_running_text_end_with_their_sentence() -> None:
    assert part("第十条第三款第一项") == "（一）骗取服务；"
    assert part("第十条第三款第二项") == "（二）冒领补贴。"


def test_a_part_that_the_article_does_not_have_is_not_made_up() -> None:
    assert part("第十条第四款") is None
    assert part("第十条第二款第一项") is None
    assert part("第十条第（九）项") is None


@pytest.mark.parametrize(
    "head",
    ["第十条\n", "第 十 条　", "第10条 ", "**第十条** ", "### 第十条\n\n", "第十条【探访】",
     "第十条 （探访对象）\n", "第十条 探访对象\n"],
)  # fmt: skip
def test_the_head_of_the_article_is_no_paragraph(head: str) -> None:
    text = head + "独居老人可以申请。\n\n残疾人可以申请。"
    assert part("第十条第一款", text) == "独居老人可以申请。"
    assert part("第十条第二款", text) == "残疾人可以申请。"


def test_a_reference_inside_an_item_is_no_item() -> None:
    text = "第三条 下列人员适用：\n（一）本条第（二）项以外的；\n（二）其他。"
    assert part("第三条第二项", text) == "（二）其他。"


@given(
    st.text("第一二十条款项目（）()1.；：。\n ", max_size=60), st.integers(0, 3), st.integers(0, 3)
)
def test_any_text_gives_a_place_inside_it_or_none(text: str, paragraph: int, item: int) -> None:
    find_part_references(text)
    span = part_span(text, PartReference("第一条", paragraph, item, 1 if item else 0))
    assert span is None or 0 <= span[0] <= span[1] <= len(text)


def test_a_further_paragraph_of_an_item_is_no_paragraph_of_the_article() -> None:
    text = "第三条 按下列方式处理：\n（一）登记。\n登记应当及时。\n（二）答复。\n前款适用于本省。"
    assert part("第三条第一项", text) == "（一）登记。\n登记应当及时。"
    assert part("第三条第二款", text) == "前款适用于本省。"


def test_a_list_that_has_lost_its_first_marks_keeps_the_others() -> None:
    text = "第三条 发现下列情形的，应当报告：\n单独入住的；\n（二）受伤的；\n（三）其他。"
    assert part("第三条第一款第三项", text) == "（三）其他。"
    assert paragraph_count(text) == 1


def test_the_items_of_the_shared_statutes_are_addressable() -> None:
    if not SHARED_LAWS.is_dir():
        pytest.skip("needs ../shared/data/laws beside the repository")
    lost, items = 0, 0
    for path in sorted(SHARED_LAWS.glob("全国/*.md"))[:60]:
        text = path.read_text(encoding="utf-8")
        headings = find_headings(text, markdown=True)
        ends = [heading.start_char for heading in headings[1:]] + [len(text)]
        for heading, end in zip(headings, ends, strict=True):
            article = text[heading.start_char : end].strip() if heading.article else ""
            marks = re.findall(r"^[（(]([一二三四五六七八九十]+)[）)]", article, re.MULTILINE)
            spans = [
                part_span(article, PartReference("", 0, numeral_value(mark))) for mark in marks
            ]
            items += len(marks)
            lost += spans.count(None)
    assert items > 1000
    assert lost == 0


def test_a_line_broken_off_within_a_sentence_goes_on_in_the_next() -> None:
    article = (
        "第九条 有下列情形之一的，应当成立探访小组：\n\n（一）没有人申请的；\n\n"
        "（二）未能选举产生探访员或者探访员未完成换\n\n届选举，经两次组织后仍未能选举产生的。\n\n小组向居民报告。"
    )
    assert paragraph_count(article) == 2
    assert (part("第九条第二项", article) or "").endswith("仍未能选举产生的。")
