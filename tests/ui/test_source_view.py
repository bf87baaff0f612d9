"""The evidence panel: the quote in its surroundings, also when the document has changed."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from tests.ui.fakes import HOSTILE, LAKE, RIVER, STATION, TARGET, TRAP, FakeLibrary, cite
from ui.cited_source import CitedSource, cited_source
from ui.source_view import render_citation, render_document, render_library


def shown(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def marked(markup: str) -> str:
    return "".join(html.unescape(part) for part in re.findall(r"<mark[^>]*>(.*?)</mark>", markup))


def test_the_quote_is_highlighted_inside_what_surrounds_it() -> None:
    panel = render_citation(
        CitedSource(RIVER), cite(1, RIVER, TARGET, "二、主要目标"), 1, "zh", False
    )
    assert marked(panel) == TARGET
    assert "到2026年，省级三级医院社会工作服务全覆盖。" in shown(panel)
    assert "到2028年" in shown(panel)
    assert panel.count('id="cited-quote"') == 1


def test_an_excerpt_starts_at_a_sentence_and_the_whole_text_is_one_step_away() -> None:
    citation = cite(1, RIVER, TARGET)
    excerpt = render_citation(CitedSource(RIVER), citation, 3, "zh", False)
    assert "上文略" in excerpt
    first = re.findall(r'<p class="(?:passage|heading)">(.*?)</p>', excerpt)[0]
    before = RIVER.text[: RIVER.text.rindex(first, 0, citation.start_char)]
    assert before.rstrip(" ")[-1] in "。\n"
    assert 'data-turn="3" data-number="1" data-whole="1"' in excerpt
    whole = render_citation(CitedSource(RIVER), citation, 3, "zh", True)
    assert "略" not in whole
    lines = [line.strip() for line in RIVER.text.splitlines() if line.strip()]
    assert all(line in shown(whole) for line in lines)


def test_a_quote_over_several_lines_is_highlighted_in_each() -> None:
    quote = RIVER.text[RIVER.text.index("（一）") : RIVER.text.index("（三）")].rstrip()
    panel = render_citation(CitedSource(RIVER), cite(1, RIVER, quote), 1, "zh", False)
    assert marked(panel) == quote.replace("\n", "")
    assert panel.count("<mark") == 2


def test_the_documents_particulars_are_named() -> None:
    panel = shown(render_citation(CitedSource(RIVER), cite(1, RIVER, TARGET), 1, "zh", False))
    for fact in (
        RIVER.title,
        "江原省民政厅、江原省卫生健康委员会",
        "江民发〔2026〕8号",
        "2026-02-03",
        "2026-03-01",
        "2028-12-31",
        "现行有效",
        "https://example.org/policies/river.html",
    ):
        assert fact in panel


def test_a_removed_document_still_shows_the_words_that_were_quoted() -> None:
    panel = render_citation(CitedSource(), cite(1, LAKE, STATION), 1, "zh", False)
    assert marked(panel) == STATION
    assert "已从资料库移除" in panel


def test_a_changed_document_is_searched_for_the_words_and_says_so() -> None:
    citation = cite(1, LAKE, STATION)
    moved = replace(LAKE, text="新增的一句。\n" + LAKE.text, headings=())
    panel = render_citation(CitedSource(moved), citation, 1, "zh", False)
    assert marked(panel) == STATION
    assert "这份文件已更新，这段话仍在当前版本里" in panel
    rewritten = replace(LAKE, text="全部改写。", headings=())
    panel = render_citation(CitedSource(rewritten), citation, 1, "zh", False)
    assert marked(panel) == STATION
    assert "当前版本里找不到这段话" in panel
    assert "全部改写" not in panel


def test_an_article_that_goes_on_in_its_line_is_not_a_heading() -> None:
    panel = render_document(LAKE, "zh")
    assert "第二条 每个乡镇" in panel.split('<p class="passage">', 1)[1]
    assert 'class="heading"' not in panel
    assert '<p class="heading">二、主要目标</p>' in render_document(RIVER, "zh")


def test_markdown_headings_are_set_as_headings_and_other_marks_stay() -> None:
    document = replace(RIVER, text="# 标题\n\n正文 **粗** 与 [链](http://a.b)。", headings=())
    panel = render_document(document, "zh")
    assert '<p class="heading">标题</p>' in panel
    assert "正文 **粗** 与 [链](http://a.b)。" in shown(panel)


def test_hostile_documents_stay_text_and_only_web_addresses_become_links() -> None:
    panel = render_citation(CitedSource(TRAP), cite(1, TRAP, HOSTILE), 1, "zh", False)
    assert "<img" not in panel
    assert "href=" not in panel
    assert marked(panel) == HOSTILE
    assert "<b>假单位</b>" in shown(panel)


def test_a_path_of_this_machine_is_not_given_away() -> None:
    document = replace(LAKE, source="/home/somebody/secret-folder/办法.pdf#2")
    panel = render_document(document, "zh")
    assert "办法.pdf#2" in panel
    assert "somebody" not in panel


def test_the_library_lists_documents_with_their_validity() -> None:
    panel = shown(render_library(FakeLibrary().documents(), "zh"))
    assert "共 3 份文件" in panel
    assert LAKE.title in panel
    assert "旧版，已被新版取代" in panel
    assert "policy-assistant ingest" in render_library([], "zh")


def test_a_quote_of_a_former_version_is_shown_in_the_text_it_was_taken_from() -> None:
    library = FakeLibrary()
    citation = cite(1, RIVER, TARGET, "二、主要目标")
    library.put(replace(RIVER, text="全部改写，另有安排。", headings=()))
    source = cited_source(library, citation)
    panel = render_citation(source, citation, 1, "zh", False)
    assert marked(panel) == TARGET
    assert "到2026年" in shown(panel)
    assert "全部改写" not in panel
    assert "这是旧版的原文" in shown(panel)
    assert "旧版，已被新版取代" in shown(panel)
    assert 'data-action="document" data-document="river"' in panel


def test_a_quote_of_the_present_version_says_nothing_of_versions() -> None:
    library = FakeLibrary()
    citation = cite(1, RIVER, TARGET)
    panel = render_citation(cited_source(library, citation), citation, 1, "zh", False)
    assert "旧版" not in panel
    assert 'data-action="document"' not in panel
