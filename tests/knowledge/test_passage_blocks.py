"""Documents made of the blocks that policies are made of: articles, lists, tables, long lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import Heading, PageSpan, Passage, PolicyDocument
from knowledge.passages import TARGET_LENGTH, WHOLE_LENGTH, split_document
from tests.policies import policy

SENTENCE = st.sampled_from(
    [
        "社会工作者应当依法登记。",
        "“先服务、后结算。”他说。",
        "每站配备2名社工，经费12.5万元；不足部分由县级财政补足！",
        "谁来服务？由街道服务。",
        "𠮷林镇的安排另行通知。",
        "The station opens at 9.5 a.m. on weekdays. It closes at six.",
    ]
)
LONG = st.sampled_from(
    [
        "包括：" + "；".join(f"第{n}项为{'困难群众' * 20}提供服务" for n in range(8)) + "。",
        "，".join(f"第{n}个乡镇{'建立站点' * 10}" for n in range(12)) + "。",
        "无标点" * 300,
    ]
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=12).map("".join)
LIST = st.lists(SENTENCE, min_size=1, max_size=6).map(
    lambda items: "下列人员可以申请：\n" + "\n".join(f"- {item}" for item in items)
)
TABLE = st.lists(st.integers(1, 999), min_size=1, max_size=8).map(
    lambda rows: (
        "| 地区 | 金额 |\n|---|---:|\n" + "\n".join(f"| 某县{row} | {row}万元 |" for row in rows)
    )
)
BODY = st.one_of(PARAGRAPH, LONG, LIST, TABLE)


@st.composite
def statutes(draw: st.DrawFn) -> str:
    """A document of chapters, articles and numbered parts with bodies between them."""
    lines = []
    for number, body in enumerate(draw(st.lists(BODY, min_size=1, max_size=7))):
        mark = draw(st.sampled_from(["", "第{}条 ", "{}、总体要求\n", "第{}章 总则\n"]))
        lines.append(mark.format("一二三四五六七"[number]) + "\n" * body.startswith("|") + body)
    return "\n".join(lines) + "\n"


def is_header(text: str, line_start: int) -> bool:
    """True if the line is the first row of a table."""
    return text.startswith("| 地区", line_start)


def covered_by(document: PolicyDocument, passages: tuple[Passage, ...]) -> list[int]:
    """For each character of the text, in how many passages it stands."""
    count = [0] * len(document.text)
    for passage in passages:
        for position in range(passage.start_char, passage.end_char):
            count[position] += 1
    return count


@settings(max_examples=150, deadline=None)
@given(statutes())
def test_every_letter_of_the_body_is_in_exactly_one_verbatim_passage(text: str) -> None:
    document = policy("d", text)
    passages = split_document(document)
    count = covered_by(document, passages)

    assert max(count) <= 1
    headings = [
        range(heading.start_char, heading.end_char)
        for heading in document.headings
        if not heading.article
    ]
    position = 0
    for line in text.splitlines(keepends=True):
        for place in range(position, position + len(line)):
            if text[place].isalnum() and not any(place in heading for heading in headings):
                header_known = is_header(text, position) and any(
                    line.strip() == passage.lead_in for passage in passages
                )
                assert count[place] == 1 or header_known, (place, line)
        position += len(line)
    for passage in passages:
        assert passage.text == text[passage.start_char : passage.end_char]
        assert passage.text == passage.text.strip()
    assert [p.start_char for p in passages] == sorted(p.start_char for p in passages)
    assert len({passage.id for passage in passages}) == len(passages)


@settings(max_examples=150, deadline=None)
@given(statutes())
def test_no_passage_crosses_a_heading_or_an_article(text: str) -> None:
    document = policy("d", text)
    for passage in split_document(document):
        for heading in document.headings:
            assert not passage.start_char < heading.start_char < passage.end_char
            if heading.article is None:
                assert not passage.start_char < heading.end_char <= passage.end_char
        assert len(passage.text) <= WHOLE_LENGTH


def test_the_same_document_gives_the_same_ids_and_another_version_others() -> None:
    first, again = policy("d", "第一条 甲。\n"), policy("d", "第一条 甲。\n")
    other = policy("d", "第一条 甲。\n第二条 乙。\n")

    assert split_document(first) == split_document(again)
    assert split_document(first)[0].id != split_document(other)[0].id


def test_a_text_without_letters_has_no_passages() -> None:
    assert split_document(policy("d", "")) == ()
    assert split_document(policy("d", "……\n——\n\n")) == ()


def test_an_article_longer_than_a_passage_is_cut_between_sentences() -> None:
    text = "第一条 " + "社工站应当每周开放五天，并公布电话。" * 40 + "\n第二条 乙。\n"
    passages = split_document(policy("d", text))

    first = [passage for passage in passages if passage.article == "第一条"]
    assert len(first) > 2
    assert all(passage.text.endswith("。") for passage in first)
    assert all(len(passage.text) <= TARGET_LENGTH for passage in first)
    assert passages[-1].text == "第二条 乙。"


def test_a_short_list_stands_with_the_words_that_introduce_it() -> None:
    text = "第一条 下列人员可以申请：\n（一）独居老人；\n（二）困境儿童。\n第二条 乙。\n"
    assert split_document(policy("d", text))[0].text.endswith("（二）困境儿童。")


def test_a_sentence_with_too_many_clauses_is_cut_and_keeps_its_opening() -> None:
    text = "服务包括：" + "；".join("为困难群众提供各类专业服务" * 6 for _ in range(6)) + "。\n"
    passages = split_document(policy("d", text))

    assert len(passages) > 1
    assert all(len(passage.text) <= WHOLE_LENGTH for passage in passages)
    assert passages[0].lead_in == ""
    assert all(passage.lead_in == "服务包括：" for passage in passages[1:])
    assert "服务包括：" in passages[1].text_for_search
    assert "服务包括：" not in passages[1].text


def test_a_passage_knows_its_headings_and_its_page() -> None:
    text = "通知\n一、经费\n省财政安排八百万元。\n二、附则\n本通知自印发之日起施行。\n"
    cut = text.index("二、")
    document = policy("d", text, title="通知", pages=(PageSpan(4, 0, cut), PageSpan(5, cut, 99)))

    by_text = {passage.text: passage for passage in split_document(document)}

    money = by_text["省财政安排八百万元。"]
    assert (money.heading_path, money.page) == (("一、经费",), 4)
    assert by_text["本通知自印发之日起施行。"].page == 5


def test_the_document_s_title_is_not_repeated_as_a_heading() -> None:
    text = "社工条例\n内容。\n"
    document = policy("d", text, title="社工条例", headings=(Heading(1, "社工条例", 0, 4),))
    passage = split_document(document)[0]
    assert passage.heading_path == ()
    assert passage.text_for_search == "社工条例\n内容。"


def test_a_table_of_a_single_row_is_not_lost() -> None:
    text = "其余事项另行通知。" * 60 + "\n\n| 说明：补助标准每站每年十五万元。 |\n"
    passages = split_document(policy("d", text))
    assert any("十五万元" in passage.text for passage in passages)
