from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.lexical import LexicalIndex, write_lexical
from knowledge.tokenization import query_terms, search_terms

# Three more, which have none of the words asked for: those are then all about as rare.
OTHERS = ["河边的树林里有许多鸟", "山上的石头又大又圆", "海里的船慢慢走远"]


def best(folder: Path, texts: Sequence[str], question: str, *expansion: str) -> str:
    held = [*texts, *OTHERS]
    write_lexical(folder, [(key, search_terms(text)) for key, text in enumerate(held)])
    keys, _ = LexicalIndex(folder).search(query_terms(question), 1, expansion=expansion)
    return held[int(keys[0])]


def test_a_number_weighs_as_much_as_the_words_around_it(tmp_path: Path) -> None:
    words, number = "雅典举行的音乐节", "1896年举办的音乐节"
    assert best(tmp_path, [words, number], "1896，雅典，举行") == number


def test_a_latin_word_weighs_as_much_as_the_words_around_it(tmp_path: Path) -> None:
    words, latin = "雅典举行的音乐节", "UNESCO举办的音乐节"
    assert best(tmp_path, [words, latin], "UNESCO，雅典，举行") == latin


def test_a_word_that_was_asked_weighs_more_than_one_that_means_the_same(tmp_path: Path) -> None:
    meant, asked = "津贴的发放", "补贴的发放"
    assert best(tmp_path, [meant, asked], "补贴", "津贴") == asked
    # Named as its own synonym it counts no less.
    assert best(tmp_path / "again", [meant, asked], "补贴", "补贴", "津贴") == asked


def test_how_many_are_asked_for_is_not_looked_for(tmp_path: Path) -> None:
    words, number = "雅典举行音乐节的地方", "第2届音乐节"
    assert best(tmp_path, [words, number], "音乐节在哪2个地方举行") == words
    assert not any(term.isascii() for term in query_terms("哪两个地方"))
