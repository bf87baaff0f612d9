"""At how many characters of context the answer has been read."""

from __future__ import annotations

from evals.retrieval.coverage import Found, covered_at


def passages(*texts: str) -> list[Found]:
    return [Found(str(at), text) for at, text in enumerate(texts)]


def test_an_answer_is_covered_where_it_ends() -> None:
    found = passages("一二三四五", "六七八答案九")
    # Five characters, a line break, three more, and the two of the answer.
    assert covered_at(found, [False, True], [["答案"]], 6) == 11
    assert covered_at(found, [False, True], [["没有"]], 6) is None


def test_the_same_words_in_another_document_answer_nothing() -> None:
    found = passages("答案在别处", "这里是答案")
    assert covered_at(found, [False, True], [["答案"]], 5) == 11


def test_one_wording_suffices_but_every_answer_is_needed() -> None:
    found = passages("甲：七月三日", "乙：八月九日")
    gold = [True, True]
    assert covered_at(found, gold, [["7月3日", "七月三日"]], 6) == 6
    assert covered_at(found, gold, [["八月九日"], ["七月三日"]], 6) == 13
    assert covered_at(found, gold, [["七月三日"], ["十月"]], 6) is None


def test_without_answer_strings_the_article_is_read_whole() -> None:
    found = passages("无" * 50, "有" * 100)
    assert covered_at(found, [False, True], [], 100) == 50 + 1 + 90
    assert covered_at(found, [False, False], [], 100) is None


def test_of_a_long_article_two_hundred_characters_suffice() -> None:
    assert covered_at(passages("有" * 1000), [True], [], 1000) == 200
    in_pieces = passages("有" * 150, "无" * 40, "有" * 150)
    assert covered_at(in_pieces, [True, False, True], [], 300) == 150 + 1 + 40 + 1 + 50
    assert covered_at(in_pieces[:2], [True, False], [], 300) is None
