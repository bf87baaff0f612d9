"""Which paragraphs of invented rules are quoted whole, and which stand back."""

from __future__ import annotations

from assistant.likeness import Core, core_of
from assistant.question import parse_question
from assistant.rule_blocks import Block, Piece, measured
from assistant.rule_list import is_of_other_kind
from assistant.rule_paragraph import rule_paragraphs
from assistant.rule_scope import on_what_is_named, strays
from knowledge.documents import Passage, PolicyDocument
from knowledge.tokenization import fold


def block(text: str, *, region: str = "全国", items: tuple[str, ...] = ()) -> Block:
    whole = "\n".join((text, *items))
    passage = Passage(
        id="国#1",
        document_id="国",
        title="互助条例",
        heading_path=(),
        article="第一条",
        text=whole,
        start_char=0,
        end_char=len(whole),
    )
    return Block(
        PolicyDocument("国", "互助条例", region=region),
        (passage,),
        Piece(0, whole),
        Piece(0, text),
        tuple(Piece(whole.index(item), item) for item in items),
        above=fold("互助条例"),
        article=fold(whole),
        rank=0,
    )


def core(question: str) -> Core:
    # Each pair of characters stands in one of ten passages: all weigh alike.
    return core_of(parse_question(question), lambda word: 1, 10)


def texts(question: str, *blocks: Block) -> list[str]:
    found = rule_paragraphs(core(question), blocks, (), frozenset())
    return [f.block.whole.text for f in (found, *found.beside)] if found else []


def test_the_nearest_in_meaning_goes_first_where_the_words_are_the_same() -> None:
    far, near = block("代购药品由互助站安排。"), block("代购药品须经互助站同意。")
    ordered = measured((far, near), (0.8, 0.95))
    assert texts("代购药品找互助站怎么说", *ordered)[0] == near.whole.text


def test_a_paragraph_that_repeats_another_is_not_quoted_twice() -> None:
    one = block("代购药品须经互助站书面同意。")
    again = block("代购药品，须经互助站书面同意。")
    other = block("代购药品的互助站应当留存票据三年备查。")
    quoted = texts("互助站代购药品的做法", one, again, other)
    assert one.whole.text in quoted and other.whole.text in quoted and len(quoted) == 2


def test_nothing_is_quoted_where_the_words_of_the_question_are_nowhere() -> None:
    assert texts("互助站代购药品的做法", block("本条例由民政部门解释。")) == []


def test_a_rule_for_foreigners_strays_from_a_question_that_names_none() -> None:
    foreign = block("外国人登记互助关系，应当提交护照。")
    assert strays(fold("登记互助关系要什么材料"), foreign)
    assert not strays(fold("外国人登记互助关系要什么材料"), foreign)


def test_a_sanction_strays_unless_the_breach_is_asked_about() -> None:
    sanction = block("互助站不开具证明的，由民政部门责令限期改正。")
    assert strays(fold("谁开具证明"), sanction)
    assert not strays(fold("不开具证明有什么后果"), sanction)


def test_the_article_on_principles_strays_unless_they_are_asked_for() -> None:
    principle = block("互助工作遵循自愿、无偿的原则。")
    assert strays(fold("互助站怎么补助"), principle)
    assert not strays(fold("互助的原则是什么"), principle)


def test_another_body_than_the_one_named_is_left_out() -> None:
    named, other = block("社会保险行政部门受理申请。"), block("住房管理行政部门受理申请。")
    chosen = on_what_is_named(fold("社会保险行政部门多久受理"), (other, named))
    assert named in chosen


def test_a_list_of_cases_does_not_say_what_the_contents_are() -> None:
    assert is_of_other_kind("告知书的内容", "有下列情形之一的，出具告知书：")
    assert not is_of_other_kind("申请的条件", "符合下列情形之一的，可以申请：")
    # Persons are listed by the case they are in.
    assert not is_of_other_kind("哪些人不得担任站长", "有下列情形之一的，不得担任站长：")
