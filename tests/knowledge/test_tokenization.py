from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.tokenization import (
    STOP_WORDS,
    compound_parts,
    fold,
    is_dictionary_word,
    query_terms,
    search_terms,
    simplify,
    tagged_words,
    words,
)


def test_script_width_and_case_do_not_matter() -> None:
    assert fold("社會工作服務ＡＢＣ１２３") == "社会工作服务abc123"
    assert simplify("醫療機構") == "医疗机构"
    assert search_terms("社會工作") == search_terms("社会工作")
    assert search_terms("ＧＤＰ 12%") == search_terms("gdp 12%")


def test_a_phrase_is_found_by_words_and_by_pairs() -> None:
    terms = search_terms("乡镇社工站")
    assert {"乡镇", "镇社", "社工", "工站"} <= set(terms)


def test_figures_in_any_notation_are_one_term() -> None:
    assert set(search_terms("1.5万元")) & set(search_terms("15000元"))


def test_repeats_count_in_the_index_and_not_in_the_question() -> None:
    assert search_terms("社工社工").count("社工") == 2
    assert query_terms("社工社工").count("社工") == 1


def test_words_of_asking_are_not_searched_for() -> None:
    terms = query_terms("请问社工站的经费有哪些？")
    assert not set(terms) & STOP_WORDS
    assert "经费" in terms


def test_a_question_of_nothing_but_asking_still_has_terms() -> None:
    assert query_terms("哪些") != []
    assert query_terms("？！") == []


def test_words_carry_no_punctuation() -> None:
    assert "，" not in words("社工，经费。")
    assert "".join(words("社工，经费。")) == "社工经费"


def test_compounds() -> None:
    assert compound_parts("社会工作者") != ()
    assert compound_parts("经费") == ()
    assert compound_parts("budget") == ()
    assert is_dictionary_word("经费")
    assert not is_dictionary_word("射工")


@given(st.text(max_size=40))
def test_no_text_breaks_it_and_the_same_text_gives_the_same_terms(text: str) -> None:
    assert search_terms(text) == search_terms(text)
    assert all(term and " " not in term for term in search_terms(text))


@pytest.mark.parametrize("text", ["", " ", "\ud800".encode("utf-8", "replace").decode()])
def test_nothing_gives_nothing(text: str) -> None:
    assert search_terms(text) == [] or text.strip()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("多少人才能开会", False),
        ("要招几个人才够", False),
        ("引进了多少人才", True),
        ("多少人才有补贴", True),
    ],
)
def test_people_first_and_talents(text: str, is_one: bool) -> None:
    assert ("人才" in [word for word, _ in tagged_words(text)]) is is_one
