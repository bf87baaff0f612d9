from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sentences import clauses, sentences


def parts(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！丙？", ["甲。", "乙！", "丙？"]),
        ("第一行\n\n第二行\n", ["第一行", "第二行"]),
        ("他说：“要办好。”然后离开。", ["他说：“要办好。”", "然后离开。"]),
        # Without the speaker nobody knows whose words they are.
        ("“要办好。”站长王某说。另一句。", ["“要办好。”站长王某说。", "另一句。"]),
        ("共投入12.5万元。It rose 3.5 times. Then it fell.",
         ["共投入12.5万元。", "It rose 3.5 times.", "Then it fell."]),
        ("- 老年人服务\n- 儿童服务", ["老年人服务", "儿童服务"]),
        ("没有句号", ["没有句号"]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@given(st.text("社工12.。！？\n“”，；、- •说a", max_size=60))
def test_sentences_are_verbatim_in_order_and_lose_no_letter(text: str) -> None:
    found = list(sentences(text))
    position = 0
    for span in found:
        assert position <= span.start < span.end
        position = span.end
    assert "".join(c for c in "".join(parts(text)) if c.isalnum()) == "".join(
        c for c in text if c.isalnum()
    )


@given(st.text("社工12、，；,a", max_size=40))
def test_clauses_are_verbatim_in_order_and_lose_no_letter(text: str) -> None:
    found = [span.of(text) for span in clauses(text, 0, len(text))]
    assert "".join(c for c in "".join(found) if c.isalnum()) == "".join(
        c for c in text if c.isalnum()
    )


def test_a_figure_is_not_cut_at_its_own_marks() -> None:
    text = "投入1.2万元，去年为十二、三万元；今年更多"
    assert next(span.of(text) for span in clauses(text, 0, len(text))) == "投入1.2万元，"


def test_a_row_of_a_table_is_one_statement() -> None:
    text = "补助如下。\n| 甲县 | 十万元。另加五万元。 |\n| 乙县 | 二十万元\n每年 |\n其余另行通知。"
    assert [span.of(text) for span in sentences(text)] == [
        "补助如下。",
        "| 甲县 | 十万元。另加五万元。 |",
        "| 乙县 | 二十万元\n每年 |",
        "其余另行通知。",
    ]


@pytest.mark.parametrize("brackets", ["（{}）", "({})"])
def test_who_is_in_charge_ends_the_sentence_before(brackets: str) -> None:
    duty = brackets.format("区财政局、区商务局负责")
    text = f"发放烤炉补贴。{duty}推广低糖配方。（试行）"
    assert [span.of(text) for span in sentences(text)] == [
        f"发放烤炉补贴。{duty}",
        "推广低糖配方。",
        "（试行）",
    ]
