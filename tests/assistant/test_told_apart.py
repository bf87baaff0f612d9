"""Parts of one question that differ in a word: a text on the other thing answers neither."""

from __future__ import annotations

from assistant.question import ParsedQuestion, parse_question
from assistant.told_apart import told_apart, with_telling_words
from tests.assistant.scoring import scored
from tests.policies import policy

WOMEN = "2023年全国跳水锦标赛女子跳台冠军是陈芋汐。"
MEN = "2023年全国跳水锦标赛男子跳台冠军是练俊杰。"
PARTS = ("2023年全国跳水锦标赛女子跳台冠军是谁", "2023年全国跳水锦标赛男子跳台冠军是谁")


def parts(*texts: str) -> tuple[ParsedQuestion, ...]:
    return with_telling_words([parse_question(text) for text in texts])


def texts_for(part: ParsedQuestion, *texts: str, **fields: object) -> list[str]:
    documents = [policy(f"d{n}", text, issuers=(), **fields) for n, text in enumerate(texts)]
    _, needs, statements = scored(part.text, *documents)
    return [statement.text for statement in told_apart(part, needs, statements)]


def test_each_part_is_answered_from_sentences_on_its_own_thing() -> None:
    women, men = parts(*PARTS)
    assert texts_for(women, WOMEN, MEN) == [WOMEN]
    assert texts_for(men, WOMEN, MEN) == [MEN]


def test_a_part_that_no_sentence_speaks_of_has_none() -> None:
    _, men = parts(*PARTS)
    assert texts_for(men, WOMEN) == []


def test_the_kind_of_a_value_need_not_be_named() -> None:
    when, _ = parts("志愿者大会的时间", "志愿者大会的地点")
    said = "志愿者大会定于9月27日举行。"
    assert texts_for(when, said) == [said]


def test_what_an_authority_issued_may_use_other_words() -> None:
    _, men = parts(*PARTS)
    documents = [policy("d", WOMEN, issuers=("国家体育总局",))]
    _, needs, statements = scored(men.text, *documents)
    assert told_apart(men, needs, statements) == statements


def test_a_whole_question_is_held_to_none() -> None:
    question, needs, statements = scored(PARTS[1], policy("d", WOMEN, issuers=()))
    assert told_apart(question, needs, statements) == statements
