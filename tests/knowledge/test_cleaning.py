"""Text repair and the joining of hard-wrapped lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.cleaning import clean_text, join_hard_line_breaks, writable, writable_line

SHARED = Path(__file__).parents[2].parent / "shared"

CHINESE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from(
            "，。；：（）“”《》\u3000 \t\r\n\f\u200b\ufeff１２Ａ％．○二五年⽂⻓\xa0\u0301e"
        ),
        st.characters(),
    )
)


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("社会⼯作⽂件", "社会工作文件"),
        ("⻓期护理、⺠政、⻚码", "长期护理、民政、页码"),
        ("\uf9e1\uf90a", "李金"),
        ("\ufeff社\u200b工\u00ad站\u202e", "社工站"),
        ("民\x00政\x07部", "民政部"),
        ("２０２５年选派３０名，ＡＰＰ上报", "2025年选派30名，APP上报"),
        ("覆盖率９５．５％", "覆盖率95.5%"),
        ("二○二五年、二○○九年", "二〇二五年、二〇〇九年"),
        ("第一条　为了规范\xa0服务", "第一条 为了规范 服务"),
        ("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁"),
        ("甲  \n\n\n\n　\n乙\t\n", "甲\n\n乙"),
        ("　　近日，会议召开。", "  近日，会议召开。"),
    ],
)
def test_damage_is_repaired(damaged: str, clean: str) -> None:
    assert clean_text(damaged) == clean


def test_full_width_punctuation_is_proper_chinese_and_stays() -> None:
    text = "社工站（室）：配备专职社工，每站2名；做到“有人、有钱、有场地”！"
    assert clean_text(text) == text


@given(CHINESE)
@example("二○○九年５．５％")
@example("１．１．１％")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(CHINESE)
def test_cleaned_text_can_be_stored_and_holds_no_control_characters(text: str) -> None:
    cleaned = clean_text(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not any(ch < " " and ch != "\n" for ch in cleaned)


WRAPPED = """近日，某市民政局会同财政
局印发《社区社工站建设办法》
（以下简称《办法》），明确到
2027 年底建成 1.2
万个社工站，每站配备专职社工
3至 5名，经费列入预算。

加强队伍建设
落实三项保障

《办法》提出，健全督导机制，
由高校教师、资深社工组成督导
组（每组不少于 3人），按季度
开展督导。支持持证社工参加继
续教育，提升能力。
此外，民政局每年组织评估，
评估结果向社会公开。"""


def test_hard_wrapped_lines_become_paragraphs() -> None:
    assert join_hard_line_breaks(WRAPPED).split("\n") == [
        "近日，某市民政局会同财政局印发《社区社工站建设办法》（以下简称《办法》），明确到2027年底"
        "建成1.2万个社工站，每站配备专职社工3至5名，经费列入预算。",
        "加强队伍建设 落实三项保障",
        "《办法》提出，健全督导机制，由高校教师、资深社工组成督导组（每组不少于3人），按季度开展"
        "督导。支持持证社工参加继续教育，提升能力。",
        "此外，民政局每年组织评估，评估结果向社会公开。",
    ]


def test_a_blank_line_after_every_line_separates_nothing() -> None:
    spread = WRAPPED.replace("\n\n", "\n").replace("\n", "\n\n").replace("设\n\n落", "设\n落")
    assert join_hard_line_breaks(spread) == join_hard_line_breaks(WRAPPED)


def test_nothing_but_layout_is_lost_by_joining() -> None:
    joined = join_hard_line_breaks(WRAPPED)
    assert "".join(joined.split()) == "".join(WRAPPED.split())


def test_numbered_items_of_a_wrapped_document_stay_apart() -> None:
    text = """各区民政局要按照以下要求做好社工站
建设工作，确保年底前全部投入使用：
一、明确职责。社工站承担困难群众
走访、心理疏导、资源链接等服务。
二、保障经费。所需资金由市、区两级
财政按 1∶1的比例分担，列入预算，专
款专用，不得挪作他用。
三、加强监督。依照本办法第十条和
第十二条规定，对弄虚作假的予以通报。"""
    lines = join_hard_line_breaks(text).split("\n")
    assert [line[:2] for line in lines] == ["各区", "一、", "二、", "三、"]
    assert "第十条和第十二条规定" in lines[3]


@pytest.mark.parametrize(
    "text",
    [
        "第一条 为了规范服务，制定本办法。\n第二条 本办法适用于本市。\n第三条 民政部门负责监督。\n"
        "第四条 社工应当持证上岗，并遵守职业伦理，保护服务对象隐私。\n"
        "第五条 本办法自发布之日起施行。",
        "# 社工站建设\n\n- 配备专职社工\n- 落实工作经费\n- 建立督导制度\n- 开展年度评估",
        "某市民政局社工处\n某市财政局社保处\n某市人社局职建处\n某市卫健委医政处\n某市教育局学生处",
        "近日，全市社工站建设推进会召开。会议要求各区加快进度。\n\n会议指出，要加强队伍建设。",
        "姓名：某某\n单位：某社工站\n电话：无\n地址：某街道\n备注：无",
        "",
    ],
    ids=["statute", "markdown", "list", "normal", "form", "empty"],
)
def test_text_that_was_not_wrapped_stays(text: str) -> None:
    assert join_hard_line_breaks(text) == text


def test_no_statute_of_the_shared_corpus_is_taken_for_wrapped() -> None:
    folder = SHARED / "data" / "laws"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/laws")
    for path in sorted(folder.rglob("*.md"))[:80]:
        text = clean_text(path.read_text(encoding="utf-8"))
        assert join_hard_line_breaks(text) == text, path.name


def test_articles_of_a_wrapped_statute_stay_whole() -> None:
    text = """第一章 总则
第一条 县级以上人民政府民
政部门主管本行政区域内的社会
工作站建设，统筹站点、人员、经
费，并定期公布评估结果。
第二条 社会工作站应当依照
本办法第九条规定建立档案，保
存期限不少于五年。
某市人民政府
2025年7月1日"""
    assert join_hard_line_breaks(text).split("\n") == [
        "第一章 总则",
        "第一条 县级以上人民政府民政部门主管本行政区域内的社会工作站建设，统筹站点、人员、经费，"
        "并定期公布评估结果。",
        "第二条 社会工作站应当依照本办法第九条规定建立档案，保存期限不少于五年。",
        "某市人民政府",
        "2025年7月1日",
    ]


def test_names_are_written_out_and_stay_apart() -> None:
    names = ["甲.txt", "a\nb", "a\\\nb", "\udcff.txt", "\ud800", "x\u202etxt", "\x1b[31m", ""]
    shown = [writable_line(name) for name in names]
    assert shown[0] == "甲.txt" and shown[1] == "a\\nb" and shown[3] == "\\xff.txt"
    assert len(set(shown)) == len(names)
    assert all(len(line.splitlines()) <= 1 and line.encode("utf-8") is not None for line in shown)
    assert writable("题\ud800\x00\u202e\n目\t\r") == "题\ufffd\n目\t"
