"""What the page shows for an answer: marks, sources, validity, and nothing that was not said."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.answer import Answer
from assistant.care import hotline_block
from assistant.hotlines import hotlines
from assistant.privacy import Mask
from tests.ui.fakes import FUNDING, HOSTILE, LAKE, RIVER, STATION, TARGET, TRAP, cite, reply
from ui.conversation import Turn
from ui.markup import answer_html
from ui.rendering import copied_text, render_turn, render_welcome
from ui.wording import EXAMPLE_QUESTIONS, WORDS


def done(answer: Answer, question: str = "问题", **fields: object) -> str:
    turn = Turn(1, question, phase="done", text=answer.text, answer=answer)
    return render_turn(replace(turn, **fields), "zh")  # type: ignore[arg-type]


class Elements(HTMLParser):
    """The tags and attributes a browser makes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def shown(markup: str) -> str:
    """The characters a reader sees."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def test_a_mark_with_a_citation_is_a_button_and_one_without_stays_text() -> None:
    page = done(reply(f"{TARGET}[1] 另见[7]", cite(1, RIVER, TARGET)))
    assert re.search(r'<button[^>]*class="mark"[^>]*data-number="1"[^>]*>\[1\]</button>', page)
    assert 'data-number="7"' not in page
    assert "另见[7]" in page


def test_an_escaped_mark_of_a_document_is_not_a_citation() -> None:
    page = done(reply(f"{TARGET}\\[1\\] [1]", cite(1, RIVER, TARGET)))
    answer = page.split('class="answer-text"')[1].split('class="sources"')[0]
    assert answer.count('class="mark"') == 1


def test_a_source_names_title_place_article_number_and_validity() -> None:
    page = shown(done(reply(f"{STATION}[1]", cite(1, LAKE, STATION, "第三条"))))
    for part in (
        "湖西省乡镇社会工作站运行办法",
        "湖西",
        "第三条",
        "湖民规〔2021〕3号",
        "已被新版取代",
    ):
        assert part in page
    assert page.count("第三条") == 1, "an article that is also the heading is named once"


def test_many_sources_fold_but_all_are_there() -> None:
    citations = [cite(number, RIVER, TARGET) for number in range(1, 13)]
    page = done(reply("".join(f"句{c.number}[{c.number}]" for c in citations), *citations))
    assert "其余 7 处出处" in page
    assert all(f'id="citation-1-{number}"' in page for number in range(1, 13))


@pytest.mark.parametrize("status", ["answered", "partial", "no_evidence", "clarify", "crisis"])
def test_the_status_is_named_in_words(status: str) -> None:
    page = done(replace(reply("一句话"), status=status))  # type: ignore[arg-type]
    assert WORDS[f"status_{status}"][0] in shown(page)


def test_a_models_answer_is_labelled_on_the_page_and_in_the_copy() -> None:
    answer = reply(f"{FUNDING}[1]", cite(1, RIVER, FUNDING), mode="generative")
    assert "模型生成" in shown(done(answer))
    copy = copied_text(answer, "经费多少", "zh")
    assert "由模型依据所列出处生成" in copy
    assert FUNDING in copy
    assert "江民发〔2026〕8号" in copy


def test_a_refusal_says_what_to_do_and_offers_to_widen_only_where_filters_were_on() -> None:
    refusal = reply("没有找到。", status="no_evidence")
    assert 'data-action="widen"' not in done(refusal)
    scoped = done(refusal, region="湖西")
    assert 'data-action="widen"' in scoped
    assert "这次只在“湖西”内查找" in shown(scoped)
    assert 'data-action="library"' in scoped


def test_a_refusal_shows_where_to_read_on_apart_from_its_text_and_as_no_answer() -> None:
    refusal = reply("没有找到。", status="no_evidence")
    assert "lead" not in done(refusal)
    refusal = replace(refusal, leads=(cite(1, RIVER, FUNDING), cite(2, TRAP, HOSTILE)))
    page = done(refusal)
    assert FUNDING in shown(page) and "不是回答" in shown(page)
    assert FUNDING not in page.split('class="answer-text"')[1].split("</div>")[0]
    assert 'id="lead-1-1"' in page and 'id="citation-1-1"' not in page
    assert "<img" not in page and HOSTILE in shown(page)
    copy = copied_text(refusal, "经费多少", "zh")
    assert copy.index("不是回答") < copy.index(FUNDING)


def test_how_a_follow_up_was_understood_is_shown_only_where_it_differs() -> None:
    assert "按此理解" not in done(reply("好", standalone="问题"))
    assert "按此理解：江原的目标" in shown(done(reply("好", standalone="江原的目标")))


@pytest.mark.parametrize("attack", [HOSTILE, "</p><script>x</script>", "![a](http://a.b/c.png)"])
def test_hostile_text_is_shown_as_its_characters(attack: str) -> None:
    citation = replace(cite(1, TRAP, HOSTILE), title=attack, quote=attack, region=attack)
    page = done(reply(f"原文：{attack}[1]", citation), question=attack, region=attack)
    elements = Elements()
    elements.feed(page)
    assert elements.tags <= {"article", "div", "h2", "p", "span", "button", "ul", "li"}
    assert not elements.attributes & {"href", "src", "onerror", "style"}
    answer = page.split('class="answer-text">')[1].split('class="sources"')[0]
    assert attack in shown(answer)


def test_markdown_of_an_answer() -> None:
    markup = answer_html(
        "**930万元**，共：\n\n- 甲[1]\n- 乙\n\n| 地区 | 数 |\n|---|---|\n| 江原 | 1 |",
        lambda n: None,
    )
    for tag in ("<strong>930万元</strong>", "<li>甲[1]</li>", "<td>江原</td>"):
        assert tag in markup
    assert "<code>" not in answer_html("    四个空格开头的段落", lambda n: None)


def test_text_that_cannot_be_encoded_does_not_break_the_page() -> None:
    done(reply("坏字符\ud800"), question="\udfff").encode("utf-8")


def test_a_failure_shows_its_sentence_in_the_readers_language() -> None:
    turn = Turn(1, "q", phase="failed", failure=("请重建索引。", "Rebuild the index."))
    assert "请重建索引。" in render_turn(turn, "zh")
    assert "Rebuild the index." in render_turn(turn, "en")


def test_the_welcome_offers_every_example() -> None:
    page = shown(render_welcome("zh"))
    assert all(question in page for _, question in EXAMPLE_QUESTIONS)
    assert len(EXAMPLE_QUESTIONS) >= 6


def crisis(text: str = "如需政策请另问。", **fields: object) -> str:
    head = hotline_block(("self_harm",), "zh") + "\n\n---\n\n"
    return done(reply(head + text, status="crisis"), **fields)


def test_hotlines_come_first_in_a_landmark_and_never_as_an_error() -> None:
    page = crisis()
    assert page.index('class="help" role="region"') < page.index('class="verdict"')
    assert "如需政策请另问。" in page.split("</section>")[1]
    assert "110" not in page.split('class="answer-text">')[1].split("</div>")[0]
    assert 'role="alert"' not in page
    assert "求助热线已显示在回答开头" in shown(page)


def test_only_hotlines_of_the_projects_list_can_be_called() -> None:
    known = {line.number for line in hotlines()}
    called = re.findall(r'href="tel:(\d+)"', crisis())
    assert "110" in called
    assert set(called) <= known
    page = crisis(f"**99999** 与 **110** {TARGET}")
    assert re.findall(r'href="tel:(\d+)"', page) == called, "an answer's own numbers are text"
    assert "tel:" not in done(reply("**110** 是报警电话"))


def test_hotlines_stay_whatever_becomes_of_the_answer() -> None:
    head = hotline_block(("violence",), "zh") + "\n\n---\n\n"
    for turn in (
        Turn(1, "q", phase="running", text=head),
        Turn(1, "q", phase="stopped", text=head + "半句"),
        Turn(1, "q", phase="failed", text=head, failure=("失败。", "Failed.")),
    ):
        assert 'href="tel:110"' in render_turn(turn, "zh")


def test_the_choices_of_a_clarifying_question_are_buttons() -> None:
    page = done(reply("您问的是哪里？\n\n- **江原**的目标\n- 湖西的经费", status="clarify"))
    assert re.findall(r'data-index="(\d)">([^<]+)</button>', page) == [
        ("0", "江原的目标"),
        ("1", "湖西的经费"),
    ]
    assert "您问的是哪里？" in page
    listed = done(reply("共两项：\n\n- 甲\n- 乙"))
    assert 'class="choice"' not in listed
    assert "<li>甲</li>" in listed


def test_personal_data_is_back_on_the_screen_and_not_in_the_copy() -> None:
    mask = Mask()
    question = mask.masked("案主王芳能申请吗").text
    answer = reply(f"【姓名1】可以参考：{TARGET}[1]", cite(1, RIVER, TARGET))
    page = done(answer, question=question, personal=("name",), mask=mask)
    body = page.split('class="answer-text">')[1].split('class="sources"')[0]
    assert "王芳可以参考" in body
    rest = page.replace(body, "")
    assert "王芳" not in rest
    assert "姓名已在本机隐去" in rest


def test_a_question_understood_without_its_personal_data_is_not_told_as_another() -> None:
    answer = reply("好", standalone="案主，目标是什么")
    assert "按此理解" not in done(answer, question="案主【姓名1】，目标是什么")


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_say_it_with_the_same_places(key: str) -> None:
    zh, en = WORDS[key]
    places = re.compile(r"\{(\w+)\}")
    assert zh and en
    assert set(places.findall(zh)) == set(places.findall(en))
