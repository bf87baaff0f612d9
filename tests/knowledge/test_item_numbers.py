"""Is the number at the start of a line the one that is due."""

from __future__ import annotations

import pytest

from knowledge.item_numbers import ItemNumbers


@pytest.mark.parametrize(
    ("before", "after", "due"),
    [
        ("（一）登记", "（二）走访", True),
        ("（一）登记", "（三）走访", False),
        ("（一）登记", "（二）项规定", False),
        ("九、附则", "十、施行", True),
        ("1.登记", "2.走访", True),
        ("1.登记", "2.5倍", False),
        ("1.登记", "二、走访", False),
        ("第九条 登记", "第十条 走访", True),
        ("第九条 登记", "第十条规定", False),
        ("登记", "走访", False),
    ],
)
def test_next_number(before: str, after: str, due: bool) -> None:
    numbers = ItemNumbers()
    numbers.note(before)
    assert numbers.is_next(after) is due


def test_each_shape_counts_for_itself() -> None:
    numbers = ItemNumbers()
    for text in ("一、总则", "（一）目标", "（二）原则"):
        numbers.note(text)
    assert numbers.is_next("（三）范围")
    assert numbers.is_next("二、任务")
