from __future__ import annotations

import pytest

from knowledge.title import agencies_of, find_title, head_agencies, squeeze


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("", ""),
        ("# 社区条例\n\n第一条 甲。", "社区条例"),
        ("# 社区法典\n# 第一编 总则\n甲。", "社区法典第一编 总则"),
        ("第一章 总则\n第一条 为规范服务，制定本办法。", ""),
        ("一、总体要求\n坚持为民服务。", ""),
        ("（一）指导思想\n坚持为民服务。", ""),
        ("第一章 总则\n社工站管理办法\n甲。", "社工站管理办法"),
        ("附件：\n社工站建设标准（试行）\n甲。", "社工站建设标准（试行）"),
        ("医院里来了社工\n某地医院昨天迎来第一位社工。", "医院里来了社工"),
        ("云岭省关于印发《社工站办法\n（试行）》的通知\n甲。", "云岭省关于印发《社工站办法（试行）》的通知"),
        ("民政部\n财政部\n关于社工经费的通知\n甲。", "民政部 财政部关于社工经费的通知"),
        ("各社工站应当在每年年底报告工作。\n甲。", ""),
    ],
)  # fmt: skip
def test_the_title_of_a_head(head: str, title: str) -> None:
    assert find_title(head) == title


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("甘肃省民政厅　甘肃省财政厅", ("甘肃省民政厅", "甘肃省财政厅")),
        ("民政部、财政部", ("民政部", "财政部")),
        ("各市民政局：", ()),
        ("加强社工站建设", ()),
    ],
)
def test_a_line_of_agencies(line: str, names: tuple[str, ...]) -> None:
    assert agencies_of(line) == names


def test_letters_that_are_spread_over_a_line_are_one_name() -> None:
    assert squeeze("浙 江 省 民 政 厅") == "浙江省民政厅"
    assert squeeze("民政部 财政部") == "民政部 财政部"


def test_agencies_above_the_title_end_where_the_title_begins() -> None:
    head = "甲省民政厅文件\n甲民发〔2024〕1号\n关于社工站的通知\n乙省民政厅\n"
    assert head_agencies(head) == ("甲省民政厅",)
