from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.numerals import parse_numeral
from knowledge.structure import article_at, find_headings, heading_path_at, heading_paths

SHARED_LAWS = Path(__file__).parents[2].parent / "shared" / "data" / "laws"

STATUTE = """某某市社会工作条例
目　　录
第一章 总则
第二章 服务
　第一节 一般规定
　第二节 特别规定
第三章 附则

第一章 总则
第一条 为了规范社会工作服务，制定本条例。
第二条【适用范围】 本市适用下列规定：
（一）老年人服务。
（二）儿童服务
第二章 服务
第一节 一般规定
第三条　服务机构依照
第七条的规定登记。
第三条之一 登记免费。
第四条 违反本条例
第十二条 规定的，责令改正。
第二节 特别规定
第五条
民政部门负责实施。
第三章 附则
第六条 本条例自公布之日起施行。
"""

NOTICE = """关于加强社会工作的通知

各县民政局：
现通知如下。
一、总体要求
（一）指导思想。坚持需求导向，把服务送到身边。
（二）工作目标
到2027年覆盖全部乡镇。服务对象包括：
1. 老年人
2. 儿童
3. 妇女
二、主要任务
（一）加强领导。各地要重视。
1.健全机制。建立会商制度。
（1）定期会商。每季度一次。
三、保障措施
经费纳入预算，每站不少于两人。
附件：1. 申报表

附件1
申报表
"""


def _articles(text: str) -> list[str]:
    return [heading.article for heading in find_headings(text) if heading.article]


def test_each_article_of_a_statute_is_found_once_and_mentions_are_not() -> None:
    assert _articles(STATUTE) == [
        "第一条", "第二条", "第三条", "第三条之一", "第四条", "第五条", "第六条",
    ]  # fmt: skip


def test_a_table_of_contents_gives_no_headings() -> None:
    chapters = [h.text for h in find_headings(STATUTE) if h.text.startswith("第") and not h.article]
    assert chapters == [
        "第一章 总则", "第二章 服务", "第一节 一般规定", "第二节 特别规定", "第三章 附则",
    ]  # fmt: skip
    assert find_headings(STATUTE)[0].start_char > STATUTE.index("第三章 附则")


def test_a_position_knows_its_chapter_section_and_article() -> None:
    headings = find_headings(STATUTE)
    position = STATUTE.index("登记免费")
    assert heading_path_at(headings, position) == ("第二章 服务", "第一节 一般规定", "第三条之一")
    assert article_at(headings, position) == "第三条之一"
    assert article_at(headings, STATUTE.index("儿童服务")) == "第二条"
    assert article_at(headings, STATUTE.rindex("第二章 服务") + 3) is None
    assert heading_path_at(headings, 0) == ()


def test_an_articles_text_starts_at_the_end_of_its_heading() -> None:
    headings = {h.article: h for h in find_headings(STATUTE) if h.article}
    assert STATUTE[headings["第一条"].end_char :].startswith("为了规范")
    assert headings["第二条"].text == "第二条【适用范围】"
    assert STATUTE[headings["第二条"].end_char :].startswith("本市适用")


def test_numbered_headings_nest_and_list_items_are_none() -> None:
    headings = find_headings(NOTICE)
    assert [h.text for h in headings] == [
        "一、总体要求", "（一）指导思想", "（二）工作目标", "二、主要任务", "（一）加强领导",
        "1.健全机制", "（1）定期会商", "三、保障措施", "附件1",
    ]  # fmt: skip
    assert heading_path_at(headings, NOTICE.index("每季度")) == (
        "二、主要任务", "（一）加强领导", "1.健全机制", "（1）定期会商",
    )  # fmt: skip
    assert heading_paths(headings)[-2:] == (("三、保障措施",), ("附件1",))
    run_in = headings[1]
    assert NOTICE[run_in.end_char :].startswith("坚持需求导向")


def test_enumerations_inside_sentences_are_no_headings() -> None:
    text = (
        "要做到一、二、三步走，（一）（二）并重；依照第十二条办理。\n（一）宣传法规；\n（二）培训。"
    )
    assert find_headings(text) == ()


def test_markdown_headings_count_only_in_markdown_and_outside_code() -> None:
    text = "# 简报\n\n## 目标\n到2027年。\n```\n# 注释\n```\n### 经费\n十万元。\n"
    assert [(h.level, h.text) for h in find_headings(text, markdown=True)] == [
        (1, "简报"), (2, "目标"), (3, "经费"),
    ]  # fmt: skip
    assert find_headings(text) == ()


def test_a_markdown_chapter_stands_above_its_articles_whatever_its_marks() -> None:
    text = "# 条例\n#### 第一章　总则\n第一条 甲。\n## 第二章　附则\n第二条 乙。\n"
    headings = find_headings(text, markdown=True)
    path = heading_path_at(headings, text.index("甲"))
    assert path == ("条例", "第一章 总则", "第一条")


def test_given_subheadings_are_found_over_line_breaks() -> None:
    text = "引言。\n突出精准\n抓好重点\n第一段。\n突出专业\n第二段。"
    headings = find_headings(text, subheadings=["突出精准 抓好重点", "突出专业", "没有的"])
    assert [h.text for h in headings] == ["突出精准 抓好重点", "突出专业"]
    assert heading_path_at(headings, text.index("第二段")) == ("突出专业",)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "第", "#", "（一）", "第一条", "附件", "目录\n第一章 总则"]
)
def test_fragments_do_not_fail(text: str) -> None:
    for heading in find_headings(text, markdown=True):
        assert 0 <= heading.start_char <= heading.end_char <= len(text)


def test_every_article_of_the_shared_statutes_is_found_once_in_order() -> None:
    if not SHARED_LAWS.is_dir():
        pytest.skip("needs ../shared/data/laws beside the repository")
    for path in sorted(SHARED_LAWS.glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        lines = re.findall(r"^第([一二三四五六七八九十百千零]+)条(?=\s)", text, re.MULTILINE)
        headings = find_headings(text, markdown=True)
        found = [h.article[1:-1] for h in headings if h.article]
        assert found == lines, path.name
        numbers = [parse_numeral(number) or 0 for number in found]
        assert numbers == sorted(set(numbers)), path.name
