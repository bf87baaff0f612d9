from __future__ import annotations

import pytest

from knowledge.document_number import (
    find_document_number,
    is_number_line,
    normalise_document_number,
    numbers_in,
)


@pytest.mark.parametrize(
    "brackets", ["〔〕", "[]", "【】", "（）", "()", "［］", "﹝﹞", "〖〗", "〈〉"]
)
def test_every_pair_of_brackets_is_read(brackets: str) -> None:
    written = f"云民发{brackets[0]}２０２４{brackets[1]}　第 07 号"
    assert normalise_document_number(written) == "云民发〔2024〕7号"


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("云民发〔2024〕7号", True),
        ("（云民发〔2024〕7号）", True),
        ("云民发〔2024〕7号　　签发人：某某", True),
        ("云民发〔2024〕7号文件要求各地执行", False),
        ("关于社工站的通知", False),
    ],
)
def test_a_line_that_is_a_number(line: str, alone: bool) -> None:
    assert is_number_line(line) is alone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("根据云民发〔2020〕9号", "云民发〔2020〕9号"),
        ("原云民发〔2020〕9号文件", "云民发〔2020〕9号"),
        ("以及财社〔2020〕9号", "财社〔2020〕9号"),
        ("中办发〔2020〕9号", "中办发〔2020〕9号"),
    ],
)
def test_words_that_lead_up_to_a_number_are_not_part_of_it(text: str, number: str) -> None:
    ((start, end, found),) = numbers_in(text)
    assert found == number
    assert text[start:end] == number


@pytest.mark.parametrize(
    "head",
    [
        "关于补贴的通知\n各县：\n按照云财社〔2020〕9号要求执行。",
        "关于补贴的通知\n各县：\n根据《补贴办法》（云财社〔2020〕9号）执行。",
        "关于补贴的通知\n云财社〔2020〕9号文件已经废止。",
        "",
    ],
)
def test_a_number_that_is_cited_is_not_the_documents_own(head: str) -> None:
    assert find_document_number(head, []) is None
