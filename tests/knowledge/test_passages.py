from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import PolicyDocument, content_hash
from knowledge.passages import WHOLE_LENGTH, split_document
from knowledge.structure import find_headings


def document(text: str, *, markdown: bool = False) -> PolicyDocument:
    return PolicyDocument(
        id="d",
        title="题",
        text=text,
        sha256=content_hash(text),
        headings=find_headings(text, markdown=markdown),
    )


def letters(text: str) -> list[str]:
    return [char for char in text if char.isalnum()]


def test_articles_are_never_mixed() -> None:
    text = "第一条 甲事由街道办理。\n第二条 乙事由县民政部门办理。\n第三条 丙事由市民政部门办理。\n"
    passages = split_document(document(text))
    assert [passage.article for passage in passages] == ["第一条", "第二条", "第三条"]


def test_table_rows_carry_their_header() -> None:
    text = "| 等级 | 金额 |\n| --- | --- |\n| 一级 | 三百元 |\n| 二级 | 二百元 |\n"
    passages = split_document(document(text, markdown=True))
    assert passages
    assert all(passage.lead_in == "| 等级 | 金额 |" for passage in passages)
    assert "三百元" in passages[0].text


def test_list_items_apart_from_their_list_carry_the_words_that_introduce_it() -> None:
    items = "".join(
        f"- 第{n}类服务对象：{'居住在本市的困难老年人和残疾人，' * 3}享受补贴。\n"
        for n in "甲乙丙丁戊己"
    )
    passages = split_document(document(f"下列人员享受补贴：\n{items}", markdown=True))
    assert len(passages) > 1
    assert all(passage.lead_in == "下列人员享受补贴：" for passage in passages[1:])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(alphabet="社工站服务老人，。；：、（）一二12\n -", min_size=0, max_size=400),
        max_size=6,
    )
)
def test_every_passage_is_verbatim_and_nothing_is_lost_or_doubled(parts: list[str]) -> None:
    text = "\n".join(parts)
    made = document(text)
    passages = split_document(made)
    for passage in passages:
        assert passage.text == text[passage.start_char : passage.end_char]
        assert len(passage.text) <= 2 * WHOLE_LENGTH
    covered = [False] * len(text)
    for passage in passages:
        for position in range(passage.start_char, passage.end_char):
            assert not covered[position]
            covered[position] = True
    for heading in made.headings:
        for position in range(heading.start_char, heading.end_char):
            covered[position] = True
    assert not letters("".join(c for c, done in zip(text, covered, strict=True) if not done))
