"""The ways in which documents write the same heading."""

from __future__ import annotations

import pytest

from knowledge.structure import article_at, find_headings, heading_path_at


def articles(text: str, *, markdown: bool = False) -> list[str]:
    return [h.article for h in find_headings(text, markdown=markdown) if h.article]


def texts(text: str, *, markdown: bool = False) -> list[str]:
    return [heading.text for heading in find_headings(text, markdown=markdown)]


@pytest.mark.parametrize(
    "heads",
    [
        ("第一条 ", "第二条 ", "第十二条 ", "第十二条之一 "),
        ("第1条 ", "第2条 ", "第12条 ", "第12条之一 "),
        ("第１条　", "第２条　", "第１２条　", "第１２条之一　"),
        ("第 一 条 ", "第 二 条 ", "第 十 二 条 ", "第 十二 条之一 "),
        ("第一条\n", "第二条\n", "第十二条\n", "第十二条之一\n"),
        ("  第一条　", "  第二条　", "  第十二条　", "  第十二条之一　"),
        ("第一条", "第二条", "第十二条 ", "第十二条之一 "),
    ],
)
def test_an_article_has_one_name_however_its_number_is_written(heads: tuple[str, ...]) -> None:
    text = "\n".join(f"{head}本省适用本条例{n}。" for n, head in enumerate(heads))
    assert articles(text) == ["第一条", "第二条", "第十二条", "第十二条之一"]
    headings = find_headings(text)
    assert article_at(headings, text.index("本条例3")) == "第十二条之一"


@pytest.mark.parametrize(
    "text",
    [
        "**第一章 总则**\n\n**第一条** 甲。\n\n**第二条**　乙。\n",
        "## 第一章 总则\n\n### 第一条\n\n甲。\n\n### 第二条\n\n乙。\n",
        "# 第一章 总则 #\n\n__第一条__ 甲。\n\n**第二条 乙。**\n",
    ],
)
def test_bold_and_marked_headings_of_markdown(text: str) -> None:
    assert articles(text, markdown=True) == ["第一条", "第二条"]
    headings = find_headings(text, markdown=True)
    assert heading_path_at(headings, text.index("乙")) == ("第一章 总则", "第二条")


def test_captions_in_brackets_are_part_of_the_heading_and_items_are_not() -> None:
    text = (
        "第一条（目的和依据）\n甲。\n第二条 （适用范围） 乙。\n第三条【职责】丙。\n"
        "第四条（一）丁；\n第五条 县（市）负责。\n"
    )
    assert texts(text) == [
        "第一条（目的和依据）", "第二条（适用范围）", "第三条【职责】", "第四条", "第五条",
    ]  # fmt: skip


def test_spaced_chapters_are_written_without_their_spaces() -> None:
    text = (
        "第 一 章  总 则\n第一条 甲。\n第 二 章  法 律 责 任\n第二条 乙。\n附   则\n第三条 丙。\n"
    )
    assert [t for t in texts(text) if "条" not in t] == ["第一章 总则", "第二章 法律责任", "附则"]
    assert heading_path_at(find_headings(text), text.index("丙")) == ("附则", "第三条")


def test_parts_of_a_code_nest() -> None:
    text = "第一编 总则\n第一章 规定\n第一条 甲。\n第二编 物权\n第一分编 通则\n第四章 一般\n第二条 乙。\n"
    path = heading_path_at(find_headings(text), text.index("乙"))
    assert path == ("第二编 物权", "第一分编 通则", "第四章 一般", "第二条")
    assert article_at(find_headings(text), text.index("乙")) == "第二条"


def test_numbered_headings_with_skipped_levels_and_circles() -> None:
    text = "一、总体要求\n坚持。\n1.目标\n到2027年。\n①第一阶段\n甲。\n二.任务\n（1）领导\n乙。\n（2）宣传\n丙。\n"
    headings = find_headings(text)
    assert heading_path_at(headings, text.index("甲")) == ("一、总体要求", "1.目标", "①第一阶段")
    assert heading_path_at(headings, text.index("丙")) == ("二.任务", "（2）宣传")


def test_a_handbook_in_parts() -> None:
    text = "第一部分 总体要求\n甲。\n第二部分 任务\n第一节 经费\n乙。\n"
    assert heading_path_at(find_headings(text), text.index("乙")) == (
        "第二部分 任务",
        "第一节 经费",
    )


def test_a_statute_in_english() -> None:
    text = (
        "Chapter 1 General Provisions\nArticle 1 This regulation is made.\n"
        "Article 2 It applies in\nArticle 1 of the other law does not.\nArticle 3. Stations.\n"
    )
    headings = find_headings(text)
    assert [h.article for h in headings if h.article] == ["第一条", "第二条", "第三条"]
    path = heading_path_at(headings, text.index("Stations"))
    assert path == ("Chapter 1 General Provisions", "Article 3")


@pytest.mark.parametrize(
    "contents",
    [
        "目 录\n第一条 目的\n第二条 范围\n第三条 施行\n",
        "目录\n第一章 总则……………1\n  第一条 目的……………1\n第二章 附则……………9\n",
        "目  次\n前言\n第一章 总则 1\n第一条 目的 1\n",
    ],
)
def test_a_table_of_contents_with_articles_gives_no_phantoms(contents: str) -> None:
    body = "第一章 总则\n第一条 为了规范社会工作。\n第二条 本省适用。\n第三条 自公布之日起施行。\n"
    if "第一章" not in contents:
        body = body.removeprefix("第一章 总则\n")
    text = contents + body
    assert articles(text) == ["第一条", "第二条", "第三条"]
    assert all(heading.start_char >= len(contents) for heading in find_headings(text))


def test_a_decision_that_amends_articles_does_not_have_them() -> None:
    text = (
        "一、将第三条修改为：“第三条 本省实行登记。”\n二、增加一条：\n“第四条 站点免费。”\n"
        "第六条 改为第七条。\n第八条 修改为：\n“第八条 另行规定。”\n"
    )
    assert articles(text) == []


def test_numbered_lines_inside_an_article_are_items() -> None:
    text = "第一条 有下列情形：\n（一）甲；\n1.丙；\n①丁；\n（二）乙。\n一、戊\n二、己\n前款适用。\n第二条 庚。\n"
    assert texts(text) == ["第一条", "第二条"]


def test_a_chapter_that_has_lost_its_number_is_no_text_of_the_article_above() -> None:
    text = (
        "第一条 甲。\n第二条 乙应当登记。\n\n服务促进\n\n第三条 丙。\n第四条 包括：\n（一）丁\n"
        "第五条 戊。\n某省民政厅\n"
    )
    assert texts(text) == ["第一条", "第二条", "服务促进", "第三条", "第四条", "第五条"]
    assert heading_path_at(find_headings(text), text.index("丙")) == ("服务促进", "第三条")
