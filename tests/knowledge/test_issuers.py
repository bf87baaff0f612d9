from __future__ import annotations

from datetime import date

from knowledge.issuers import find_issuers, find_signature, split_names


def test_the_signature_stands_before_the_attachments() -> None:
    text = (
        "关于社工站的通知\n各市：\n通知如下。\n\n　　甲省民政厅\n　　甲省财政厅\n　　2024年5月6日\n\n"
        "附件\n名单\n乙机构\n2020年1月1日\n"
    )
    assert find_signature(text) == (("甲省民政厅", "甲省财政厅"), date(2024, 5, 6))


def test_a_date_without_an_agency_above_it_is_no_signature() -> None:
    assert find_signature("会议在县城举行。\n2024年5月6日\n") == ((), None)
    assert find_signature("") == ((), None)


def test_the_title_outranks_the_signature() -> None:
    signature = ("乙省民政厅",)
    assert find_issuers("甲省民政厅关于社工站的通知", [], "", signature) == ("甲省民政厅",)
    assert find_issuers("关于社工站的通知", [], "", signature) == signature


def test_names_are_parted_at_commas_spaces_and_after_an_agency() -> None:
    assert split_names("民政部和财政部、教育部　公安部") == ("民政部", "财政部", "教育部", "公安部")
