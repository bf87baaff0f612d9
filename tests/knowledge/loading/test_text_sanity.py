"""Telling text from what a broken font or a wrong encoding makes of it."""

from __future__ import annotations

import pytest

from knowledge.loading.text_sanity import is_garbled

PLAIN = "县级民政部门负责社工站的日常管理，每年三月底前公布上一年度的评估结果。"


def test_ordinary_text_is_kept() -> None:
    for text in (
        PLAIN,
        "\n".join([PLAIN] * 40),
        "縣級民政部門負責社工站的日常管理，每年三月底前公布評估結果與經費。",
        "The county publishes the results every March, in an open list.",
        "1,250  3,400  88.5%  2021  2022  2023  450  120",
        "喆淼镕㛃等四名社工获得表彰，证书由市民政局统一制作并送达本人。",
        "● 走访 ● 评估 ● 转介 □ 是 □ 否 ℃ ㎡ № § ± × ÷ " + PLAIN,
        "",
    ):
        assert not is_garbled(text), text


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(0xE000 + i * 7) for i in range(60)),
        "\ufffd\ufffd民政\ufffd\ufffd\ufffd社工\ufffd\ufffd站\ufffd\ufffd\ufffd\ufffd\ufffd管理\ufffd",
        "(cid:123)(cid:88)(cid:9)(cid:311)(cid:12)(cid:4512)(cid:71)(cid:5)",
        PLAIN.encode("gb18030").decode("latin-1"),
        "".join(chr(0x3500 + i * 31) for i in range(60)),
    ],
    ids=["private use", "replacement", "cid", "wrong encoding", "wrong mapping"],
)
def test_garbled_text_is_found(text: str) -> None:
    assert is_garbled(text)


def test_founder_damage_that_can_be_repaired_is_kept() -> None:
    damaged = (PLAIN * 6).replace("，", "袁").replace("。", "遥")
    assert not is_garbled(damaged)
