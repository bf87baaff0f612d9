from __future__ import annotations

import pytest

from assistant.answer_list import listed_item, ordinal, sibling

BULLETS = "要求做到两点：\n\n- 坚持党建引领：要动员力量。[1]\n- 坚持专业定位：要有特色。[2]"
RUN = "聚焦10个重点领域发展服务：老年、儿童、妇女等。[1]"
TABLE = "| 地区 | 原文 |\n| --- | --- |\n| 广西 | 纳入年度预算。[1] |\n| 四川 | 统筹整合。[2] |"


@pytest.mark.parametrize(
    ("answer", "number", "item"),
    [
        (BULLETS, 2, "坚持专业定位"),
        (BULLETS, -1, "坚持专业定位"),
        (RUN, 2, "儿童"),
        (RUN, 3, "妇女"),
        (TABLE, 2, "四川"),
        (BULLETS, 5, ""),
        ("没有清单。", 1, ""),
    ],
)
def test_an_item_is_found_by_its_place(answer: str, number: int, item: str) -> None:
    assert listed_item(answer, number) == item


def test_of_several_lists_the_one_about_the_noun_is_taken() -> None:
    assert listed_item(f"对象包括患者、家属。\n{RUN}", 2, "领域") == "儿童"


def test_an_item_keeps_no_figure() -> None:
    assert listed_item("- 2025年（试点）：选14个地市。\n- 投入930万元", 1) == "试点"
    assert listed_item("- 2025年（试点）：选14个地市。\n- 投入930万元", 2) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("上面第二个领域是什么", (2, "领域是什么")),
        ("第三点具体说说", (3, "具体说说")),
        ("最后一个呢", (-1, "呢")),
        ("and the second one?", (2, "")),
        ("经费呢", None),
    ],
)
def test_ordinals(text: str, found: tuple[int, str] | None) -> None:
    assert ordinal(text) == found


def test_a_sibling_is_listed_beside_the_name() -> None:
    assert sibling(RUN, "妇女", "四川的老年社工做什么") == "老年"
    assert sibling(RUN, "经费", "四川的老年社工做什么") == ""
