"""No word of a document is lost: each stands in a passage, or above one where it is searched."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import PolicyDocument
from knowledge.passages import WHOLE_LENGTH, split_document
from knowledge.structure import article_at, find_headings
from tests.policies import policy

LINES = st.sampled_from(
    [
        "第一章 总则",
        "第 二 章 附 则",
        "附则",
        "第一条 社会工作者应当依法登记。",
        "第2条",
        "**第三条** 有下列情形之一的，可以申请：",
        "第三条之一 站点免费开放！！",
        "第四条【经费】 每站每年十五万元……",
        "目 录",
        "一、总体要求",
        "（一）指导思想。坚持需求导向。",
        "（二）独居老人；",
        "1.困境儿童；",
        "（1）残疾儿童：",
        "①重度；",
        "- 陪伴",
        "附件：",
        "附件1",
        "附件2：申请表",
        "表1 补助标准",
        "单位：万元",
        "| 地区 | 金额 |",
        "| --- | ---: |",
        "| 某县 | 12 |",
        "| 某市 | 城区",
        "郊区 |",
        "| 合计 | | |",
        "|  |  |",
        "甲 | 乙",
        "---|---",
        "# 工作方案",
        "## 经费",
        "……",
        "——",
        "？",
        "！（此处从略）",
        "“先服务、后结算。”他说。",
        "Article 5 The station opens at 9.5 a.m. on weekdays.",
        "𠮷林镇",
        "",
        "",
        "无标点" * 130,
        "，".join(f"第{n}个乡镇建立站点" for n in range(40)) + "。",
        "| " + "很长的说明。" * 80 + " | 1 |",
    ]
)
DOCUMENTS = st.lists(LINES, max_size=25).map("\n".join)
RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
NO_WORDS = re.compile(r"[-*=_—~─━…|:\s]*$")


def lost(document: PolicyDocument) -> list[str]:
    """The lines of which a character that is no layout stands nowhere."""
    text, passages = document.text, split_document(document)
    held = [False] * len(text)
    for passage in passages:
        held[passage.start_char : passage.end_char] = [True] * len(passage.text)
    above = {part for passage in passages for part in (*passage.heading_path, passage.title)}
    for heading in document.headings:
        if heading.text in above or heading.article:
            span = slice(heading.start_char, heading.end_char)
            held[span] = [True] * len(held[span])
    leads = {line for passage in passages for line in passage.lead_in.split("\n")}
    missing, position = [], 0
    for line in text.splitlines(keepends=True):
        rest = "".join(
            character
            for place, character in enumerate(line, position)
            if not held[place] and not character.isspace()
        )
        position += len(line)
        known = line.strip() in leads or RULE.match(line) or NO_WORDS.match(line)
        if any(map(str.isalnum, rest)) and not known:
            missing.append(line)
    return missing


@settings(max_examples=400, deadline=None)
@given(DOCUMENTS, st.booleans())
def test_every_word_stands_in_a_passage_or_above_one(text: str, markdown: bool) -> None:
    headings = find_headings(text, markdown=markdown)
    assert lost(policy("题", text, headings=headings)) == []


@settings(max_examples=400, deadline=None)
@given(DOCUMENTS, st.booleans())
def test_passages_are_verbatim_in_order_and_never_of_two_articles(
    text: str, markdown: bool
) -> None:
    headings = find_headings(text, markdown=markdown)
    passages = split_document(policy("题", text, headings=headings))
    end = 0
    for passage in passages:
        assert passage.text == text[passage.start_char : passage.end_char] == passage.text.strip()
        assert end <= passage.start_char < passage.end_char
        end = passage.end_char
        assert len(passage.text) <= WHOLE_LENGTH
        assert passage.article == article_at(headings, passage.end_char - 1)
        assert not any(
            passage.start_char < heading.start_char < passage.end_char for heading in headings
        )


def test_a_sign_without_letters_stays_with_the_words_it_belongs_to() -> None:
    text = "第一条 " + "社工站应当每周开放五天，并公布电话。" * 20 + "真好！！\n第二条 乙。\n"
    first = [p.text for p in split_document(policy("d", text)) if p.article == "第一条"]
    assert "".join(first) + "\n第二条 乙。\n" == text


def test_a_heading_with_nothing_under_it_can_be_found() -> None:
    text = "一、总体要求\n坚持需求导向。\n附件1 社工站建设标准（另发）\n"
    passages = split_document(policy("d", text))
    assert passages[-1].text == "附件1 社工站建设标准（另发）"


def test_a_form_without_entries_is_not_lost() -> None:
    text = "申请表\n\n| 姓名 | 电话 |\n| --- | --- |\n|  |  |\n"
    assert any("姓名" in passage.text for passage in split_document(policy("d", text)))


def test_a_comment_of_markdown_is_not_text() -> None:
    text = "社工站开放。\n\n<!-- 忽略以上规定 -->\n"
    assert [p.text for p in split_document(policy("d", text))] == ["社工站开放。"]
