"""A newspaper page comes apart into its articles, each with its own headline."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from knowledge.cleaning import clean_text
from knowledge.founder import repair_founder
from knowledge.newspaper import NewspaperArticle, split_newspaper_page

SHARED_PAGE = Path(__file__).parents[2].parent / "shared" / "documents" / "newspaper-page.txt"


def wrap(paragraph: str, width: int, *, spread: bool) -> str:
    """`paragraph` as a column sets it: its first line two ems short, no sign at line start."""
    lines, line, room = [], "", width - 2.0
    for ch in paragraph:
        em = 1.0 if "\u4e00" <= ch <= "\u9fff" else 0.5
        if room < em and ch not in "，。；：、）》”":
            lines.append(line)
            line, room = "", float(width)
        line, room = line + ch, room - em
    return ("\n\n" if spread else "\n").join([*lines, line])


BODIES = (
    (
        "近日，甲省民政厅等 9 部门印发《社工站提质行动方案》（以下简称《方案》），提出到 2026 年"
        "全省建成 1200 个示范站，每站至少配备 3 名持证社工。",
        "强化站点建设\n织密三级服务网络",
        "《方案》明确，依托乡镇（街道）综合服务设施设置站点，做到场地统筹、人员统筹、经费统筹，"
        "避免重复建设。县级设总站，负责督导培训。",
        "“有了站点，老人遇事知道找谁。”甲省民政厅有关负责人说，下一步将把“五社联动”延伸到村组。",
    ),
    (
        "7月 3日，记者从乙市卫生健康委获悉，全市已有 46 家医院设立医务社工部门，服务患者"
        "超 2 万人次，占二级以上医院的 63.5%。",
        "乙市还建立督导、轮训、评价等制度，将医务社工经费纳入医院年度预算，鼓励慈善力量参与。",
    ),
    (
        "近日，丙县禁毒社工培训基地成立。基地由丙县社会工作部与丙师范学院共建，面向基层"
        "提供课程开发、实务督导、案例研讨等支持。",
        "据悉，基地每年开班 4期，计划三年内轮训全县专职人员，提升服务能力。",
    ),
)
HEADS = (
    ("甲省九部门发文", "推动社工站提质增效"),
    ("乙市四十六家医院设立医务社工部门",),
    ("丙县禁毒社工", "的培训基地成立"),
)
TITLES = (
    "甲省九部门发文 推动社工站提质增效",
    "乙市四十六家医院设立医务社工部门",
    "丙县禁毒社工的培训基地成立",
)
NOTES = ("渊转自野甲省社工冶微信\n公众号冤", "渊转自叶乙市日报曳冤", "渊转自丙县新闻网冤")
CLEAN_NOTES = ("转自“甲省社工”微信公众号", "转自《乙市日报》", "转自丙县新闻网")


def page(*, headline_first: bool, spread: bool, width: int = 14) -> str:
    parts = []
    for head, body, note in zip(HEADS, BODIES, NOTES, strict=True):
        columns = [
            paragraph if "\n" in paragraph else wrap(paragraph, width, spread=spread)
            for paragraph in body
        ]
        text = ("\n\n" if spread else "\n").join(columns)
        order = ["\n".join(head), text, note] if headline_first else [text, note, "\n".join(head)]
        parts.append("\n\n".join(order))
    return "\n\n".join(parts)


def content(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\s（）()]", text))


def everything(articles: tuple[NewspaperArticle, ...]) -> str:
    return "".join(a.title + a.body + (a.source_note or "") for a in articles)


@pytest.mark.parametrize("headline_first", [True, False])
@pytest.mark.parametrize("spread", [True, False])
@pytest.mark.parametrize("width", [13, 14, 16])
def test_each_article_has_its_own_headline_and_source(
    headline_first: bool, spread: bool, width: int
) -> None:
    articles = split_newspaper_page(page(headline_first=headline_first, spread=spread, width=width))
    assert tuple(a.title for a in articles) == TITLES
    assert tuple(a.source_note for a in articles) == CLEAN_NOTES
    assert [a.body[:3] for a in articles] == ["近日，", "7月3", "近日，"]


@pytest.mark.parametrize("headline_first", [True, False])
@pytest.mark.parametrize("spread", [True, False])
def test_every_character_stands_in_exactly_one_article(headline_first: bool, spread: bool) -> None:
    source = page(headline_first=headline_first, spread=spread)
    repaired, _ = repair_founder(clean_text(source))
    assert content(everything(split_newspaper_page(source))) == content(repaired)


def test_paragraphs_and_subheadings_have_their_own_lines() -> None:
    first = split_newspaper_page(page(headline_first=False, spread=True))[0]
    lines = first.body.split("\n")
    assert len(lines) == 4
    assert first.subheadings == ("强化站点建设 织密三级服务网络",)
    assert lines[1] == first.subheadings[0]
    assert "到2026年全省建成1200个示范站，每站至少配备3名持证社工。" in lines[0]
    assert "（街道）综合服务设施" in lines[2]
    assert lines[3].startswith("“有了站点")


def test_repaired_marks_stand_in_the_articles() -> None:
    text = everything(split_newspaper_page(page(headline_first=False, spread=True)))
    assert not set("渊冤曳冶") & set(text)
    assert "《乙市日报》" in text
    assert "“甲省社工”" in text


def test_headline_that_begins_on_the_line_of_an_unclosed_note() -> None:
    body = wrap(BODIES[1][0], 14, spread=True) + "\n\n" + wrap(BODIES[1][1], 14, spread=True)
    other = wrap(BODIES[2][0], 14, spread=True)
    source = (
        f"{body}\n\n渊转自叶某省日报曳2025年\n 某省野三社冶人才支持计划启动\n\n"
        f"{other}\n\n渊转自某省新闻网冤\n\n丙县禁毒社工培训基地成立\n"
    )
    first, second = split_newspaper_page(source)
    assert first.title == "2025年某省“三社”人才支持计划启动"
    assert first.source_note == "转自《某省日报》"
    assert second.title == "丙县禁毒社工培训基地成立"
    assert second.body.startswith("近日，丙县")


def test_a_page_that_was_not_wrapped_and_has_notes_at_paragraph_ends() -> None:
    source = "\n".join(
        line
        for head, body, note in zip(HEADS, BODIES, CLEAN_NOTES, strict=True)
        for line in ("".join(head), *body[:-1], f"{body[-1]}（{note}）")
    )
    articles = split_newspaper_page(source)
    assert [a.title for a in articles] == ["".join(head) for head in HEADS]
    assert [a.source_note for a in articles] == list(CLEAN_NOTES)


def test_a_page_without_notes_is_split_at_its_reports() -> None:
    source = "\n".join(
        [
            "甲省推进社工站建设",
            "本报讯（记者 某某）" + "近日，甲省召开推进会，部署站点建设和人员配备工作。" * 2,
            "乙市开展医务社工培训",
            "本报乙市7月3日电 " + "乙市组织医务社工培训，覆盖四十六家医院。" * 3,
        ]
    )
    assert [a.title for a in split_newspaper_page(source)] == [
        "甲省推进社工站建设",
        "乙市开展医务社工培训",
    ]


def test_the_editors_line_at_the_foot_is_no_headline() -> None:
    source = page(headline_first=True, spread=True) + "\n\n责任编辑：某某 电话：无\n"
    articles = split_newspaper_page(source)
    assert tuple(a.title for a in articles) == TITLES
    assert "责任编辑" in articles[-1].body


@pytest.mark.parametrize(
    "text",
    [
        "",
        "社工站建设通知",
        "第一条 为规范社工站建设，制定本办法。\n第二条 本办法所称社工站，是指服务平台。\n"
        "第三条 民政部门负责。\n（转自某网）\n第四条 本办法自印发之日起施行。\n（转自某报）",
        "# 社工站建设\n\n全市建成社工站五十个。\n\n（来源：某统计公报）\n\n服务群众两万人次。\n\n"
        "（来源：某工作总结）",
        "某市社工站建设情况。近日，各区报告了进展，总体顺利，群众满意。\n（转自某网）",
    ],
    ids=["empty", "title", "statute", "sources of figures", "one web article"],
)
def test_other_text_is_no_newspaper_page(text: str) -> None:
    assert split_newspaper_page(text) == ()


@pytest.mark.skipif(not SHARED_PAGE.is_file(), reason="needs ../shared/documents")
class TestSharedPage:
    def test_four_articles_with_their_headlines(self) -> None:
        articles = split_newspaper_page(SHARED_PAGE.read_text(encoding="utf-8"))
        assert len(articles) == 4
        regions = ("四川", "广西", "宁夏", "天津")
        assert all(r in a.title for r, a in zip(regions, articles, strict=True))
        assert all(r in a.body for r, a in zip(regions, articles, strict=True))
        assert " " in articles[0].title and " " in articles[1].title
        assert " " not in articles[2].title and " " not in articles[3].title
        assert "“三区”" in articles[2].title
        assert [a.source_note and a.source_note[:2] for a in articles] == ["转自"] * 4
        assert len(articles[0].subheadings) == 3

    def test_nothing_is_lost_and_nothing_damaged_left(self) -> None:
        source = SHARED_PAGE.read_text(encoding="utf-8")
        text = everything(split_newspaper_page(source))
        assert not set("渊冤曳冶") & set(text)
        repaired, _ = repair_founder(clean_text(source))
        assert content(text) == content(repaired)
