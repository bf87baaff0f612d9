from __future__ import annotations

from knowledge.synonyms import synonyms_for


def test_words_of_a_group_find_each_other() -> None:
    assert "社会工作者" in synonyms_for("社工")
    assert "社工" in synonyms_for("社会工作者")
    assert "社工" not in synonyms_for("社工")


def test_a_word_of_two_groups_finds_both() -> None:
    assert {"全覆盖", "实现"} & set(synonyms_for("覆盖")) | set(synonyms_for("目标"))


def test_a_compound_is_put_otherwise_by_its_part() -> None:
    assert "平均薪酬" in synonyms_for("平均工资")
    assert "老年人" in synonyms_for("老人家")


def test_an_unknown_word_has_none() -> None:
    assert synonyms_for("火山") == ()
    assert synonyms_for("") == ()
