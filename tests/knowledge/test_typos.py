from __future__ import annotations

from knowledge.typos import corrected

LIBRARY = {"社工": 40, "经费": 12, "志愿者": 9, "补贴": 3}


def mend(text: str, library: dict[str, int] = LIBRARY) -> tuple[str, tuple[tuple[str, str], ...]]:
    return corrected(text, lambda word: library.get(word, 0))


def test_a_word_that_sounds_like_one_of_the_library_is_mended() -> None:
    text, changes = mend("广西射工的目标")
    assert text == "广西社工的目标"
    assert changes == (("射工", "社工"),)


def test_of_several_the_most_frequent_is_meant() -> None:
    assert mend("射工", {"社工": 2, "射弓": 1})[0] == "社工"


def test_what_is_spelt_right_stays() -> None:
    for text in ("社工的经费是多少", "云南的政策", "How much money?", "", "２０２６年的补贴"):
        assert mend(text) == (text, ())


def test_a_word_the_library_does_not_know_is_no_mistake() -> None:
    assert mend("大象的体重") == ("大象的体重", ())
    assert mend("射工", {}) == ("射工", ())


def test_words_of_grammar_side_by_side_are_not_mistyped() -> None:
    frequency = {"各市": 5}
    text, changes = corrected("补助金各是多少个月", lambda word: frequency.get(word, 0))
    assert (text, changes) == ("补助金各是多少个月", ())


def test_a_word_of_grammar_cut_together_with_a_neighbour_is_not_mistyped() -> None:
    library = {"斗争": 5, "法利": 2, "布点": 3}
    for text in ("两边都争孩子", "捐赠法里怎么说", "社保能补点吗"):
        assert mend(text, library) == (text, ())


def test_a_word_that_nobody_uses_is_one_of_the_field_mistyped() -> None:
    library = {"持证": 6, "志愿": 4}
    assert mend("持正社工的总人数", library)[1] == (("持正", "持证"),)
    # 职员 sounds like 志愿, and people ask about it.
    assert mend("公司职员的工资", library)[1] == ()
