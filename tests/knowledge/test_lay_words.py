from __future__ import annotations

from importlib import resources

import yaml

from knowledge.lay_words import statute_words


def test_what_clients_say_is_put_into_the_words_of_statutes() -> None:
    assert "出租人" in statute_words("房东不退押金怎么办")
    assert "用人单位" in statute_words("老板把我炒鱿鱼了") and "经济补偿" in statute_words("被裁了")


def test_traditional_script_and_case_make_no_difference() -> None:
    assert statute_words("離婚後孩子歸誰") == statute_words("离婚后孩子归谁") != ()
    assert "经济补偿" in statute_words("n+1怎么算")


def test_terms_that_the_question_holds_are_not_added() -> None:
    assert "出租人" not in statute_words("房东（出租人）的义务")


def test_the_longer_word_is_meant() -> None:
    assert "赡养" in statute_words("儿子不养老人") and "养老金" not in statute_words("不养老人")


def test_a_phrase_may_have_a_gap_for_up_to_five_characters() -> None:
    assert "直接抚养" in statute_words("离婚后孩子会判给谁")
    assert "直接抚养" not in statute_words("孩子的东西被别人拿走以后判给")


def test_words_in_the_gap_of_a_phrase_count_too() -> None:
    terms = statute_words("孩子离婚后判给谁")
    assert "直接抚养" in terms and "感情确已破裂" in terms


def test_a_question_in_terms_of_law_stays_as_it_is() -> None:
    assert statute_words("行政许可的期限") == ()
    assert statute_words("") == ()


def test_a_text_full_of_lay_words_brings_only_some() -> None:
    assert len(statute_words("老板房东车祸离婚遗产欠钱低保小偷律师股东" * 50)) <= 12


def test_no_line_of_the_file_says_the_same_word_twice() -> None:
    text = resources.files("knowledge").joinpath("lay_words.yaml").read_text("utf-8")
    said = [
        word
        for group in yaml.safe_load(text).values()
        for alternatives in group
        for word in str(alternatives).split("|")
    ]
    assert sorted({word for word in said if said.count(word) > 1}) == []
