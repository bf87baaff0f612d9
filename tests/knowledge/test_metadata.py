from __future__ import annotations

from datetime import date

import pytest

from knowledge.metadata import Metadata, extract_metadata, normalise_document_number

TODAY = date(2025, 7, 1)

NOTICE = """云岭省民政厅关于印发《云岭省社工站管理办法》的通知
云民发[2021] 23号
各市民政局：
　　根据《关于加强基层服务的意见》（国发〔2019〕5号），制定本办法。
第三条 站点证书有效期3年。
第二十条 本办法自2021年6月1日起施行，有效期5年。《社工站暂行办法》（云民发〔2015〕8号）同时废止。
　　　　云岭省民政厅
　　　　二〇二一年三月五日
"""

STATUTE = """# 浙江省社区服务条例

2012年5月30日 浙江省第十一届人民代表大会常务委员会第三十三次会议通过

2020年9月24日 浙江省第十三届人民代表大会常务委员会第二十四次会议《关于修改条例的决定》修正

## 第一章　总则

第一条 根据《中华人民共和国某某法》，制定本条例。

第二条 本条例自2012年10月1日起施行。
"""


def read(text: str, file_name: str = "a.txt", **given: str) -> Metadata:
    return extract_metadata(text, given=given, file_name=file_name, today=TODAY)


def test_a_notice_tells_its_number_dates_term_and_what_it_repeals() -> None:
    notice = read(NOTICE)
    assert notice.title == "云岭省民政厅关于印发《云岭省社工站管理办法》的通知"
    assert notice.issuers == ("云岭省民政厅",)
    assert notice.document_number == "云民发〔2021〕23号"
    assert notice.published_on == date(2021, 3, 5)
    assert notice.effective_from == date(2021, 6, 1)
    assert notice.effective_until == date(2026, 5, 31)
    assert notice.supersedes == ("社工站暂行办法", "云民发〔2015〕8号")
    assert notice.status == "current"


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2021, 5, 1), "not_yet_in_force"),
        (date(2021, 6, 1), "current"),
        (date(2026, 5, 31), "current"),
        (date(2026, 6, 1), "lapsed"),
    ],
)
def test_the_status_follows_the_day(today: date, status: str) -> None:
    assert extract_metadata(NOTICE, given={}, file_name="a.txt", today=today).status == status


def test_a_statute_tells_its_body_and_its_last_amendment() -> None:
    statute = read(STATUTE)
    assert statute.title == "浙江省社区服务条例"
    assert statute.issuers == ("浙江省人民代表大会常务委员会",)
    assert statute.region == "浙江"
    assert statute.published_on == date(2020, 9, 24)
    # The stated start is that of the first version, not of this one.
    assert statute.effective_from is None
    assert statute.status == "current"


def test_national_laws_and_orders_are_national() -> None:
    law = "# 中华人民共和国社区法\n\n2016年3月16日 第十二届全国人民代表大会第四次会议通过\n\n第一条"
    assert read(law).region == "全国"
    assert read(law).issuers == ("全国人民代表大会",)
    order = "# 社区条例\n\n2012年4月28日 中华人民共和国国务院令第619号公布\n\n第一条 甲。"
    assert read(order).document_number == "国务院令第619号"
    assert read(order).region == "全国"


def test_a_letter_of_the_state_council_on_a_province_is_national() -> None:
    text = "国务院办公厅关于辽宁省有关建议办理情况的函\n国办函〔2004〕57号\n辽宁省人民政府：\n甲。"
    assert read(text).region == "全国"
    assert read(text).issuers == ("国务院办公厅",)


def test_a_news_article_names_its_issuers_region_and_source() -> None:
    text = (
        "医院里来了社工\n近日，广西壮族自治区卫生健康委、自治区党委社会工作部、"
        "自治区中医药管理局联合印发《试点方案》，明确分步推进。（转自某某新闻网）"
    )
    article = read(text)
    assert article.issuers == (
        "广西壮族自治区卫生健康委", "自治区党委社会工作部", "自治区中医药管理局",
    )  # fmt: skip
    assert article.region == "广西"
    assert article.source_note == "转自某某新闻网"
    assert article.title == "医院里来了社工"


def test_what_the_container_states_wins() -> None:
    stated = read(
        NOTICE, title="标题甲", region="广西壮族自治区", published_on="2022年1月2日",
        issuers="民政部；财政部", document_number="民发(2022)1号",
    )  # fmt: skip
    assert stated.title == "标题甲"
    assert stated.region == "广西"
    assert stated.published_on == date(2022, 1, 2)
    assert stated.issuers == ("民政部", "财政部")
    assert stated.document_number == "民发〔2022〕1号"


def test_the_file_name_helps_where_the_text_is_silent() -> None:
    silent = read("第一条 甲。", file_name="laws/社区保障法(2022-10-30).md", region_hint="浙江")
    assert silent.title == "社区保障法"
    assert silent.published_on == date(2022, 10, 30)
    assert silent.region == "浙江"
    assert silent.status == "unknown"
    assert read("河南省老年人条例\n第一条 甲。", region_hint="浙江").region == "河南"


@pytest.mark.parametrize(
    "written", ["民发〔2021〕23号", "民发[2021]23号", "民发【2021】第23号", "民发（2021） 23 号"]
)
def test_all_brackets_of_a_document_number_become_one(written: str) -> None:
    assert normalise_document_number(written) == "民发〔2021〕23号"


def test_an_abbreviation_in_the_number_tells_the_province() -> None:
    assert read("关于社工站的通知\n桂民发〔2021〕9号\n各市民政局：\n甲。").region == "广西"


def test_empty_text_keeps_the_file_name() -> None:
    assert read("", file_name="说明.txt").title == "说明"
