"""What a question nearly says, in the words of statutes: by the meaning of the bundled model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.embedding import SentenceTransformerEmbedder
from knowledge.lay_words import statute_words
from knowledge.near_lay_words import NearLayWords
from tests.fakes import HashEmbedder

QUESTION = "包工头把大家发工资的卡都拿走了自己管着"
MEANT = "扣押或者变相扣押"


def opened(home: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.load(None, home)


def terms(words: NearLayWords, embedder: SentenceTransformerEmbedder, text: str) -> tuple[str, ...]:
    return words.terms(embedder.embed_query(text))


@pytest.mark.model
def test_words_that_no_line_has_find_the_line_that_means_the_same(fresh_home: Path) -> None:
    embedder = opened(fresh_home)
    words = NearLayWords(embedder)

    assert MEANT in terms(words, embedder, QUESTION)
    assert MEANT not in statute_words(QUESTION)
    assert terms(words, embedder, "圆周率的小数点后第十位") == ()


@pytest.mark.model
def test_the_vectors_are_made_once_and_made_again_where_their_file_is_damaged(
    fresh_home: Path, tmp_path: Path
) -> None:
    # A copy: other tests use the folder at the same time.
    shutil.copytree(fresh_home / "models", tmp_path / "own" / "models")
    embedder = opened(tmp_path / "own")
    assert embedder.folder is not None
    said: list[str] = []
    NearLayWords(embedder).prepare(said.append)
    [file] = embedder.folder.glob("lay-words-*.npy")
    said.clear()

    NearLayWords(embedder).prepare(said.append)
    assert said == []

    file.write_bytes(file.read_bytes()[:1000])
    words = NearLayWords(embedder)
    words.prepare(said.append)
    assert len(said) == 1
    assert MEANT in terms(words, embedder, QUESTION)
    assert [file] == list(embedder.folder.glob("lay-words-*.npy"))


def test_of_another_model_nothing_is_near() -> None:
    embedder = HashEmbedder()

    words = NearLayWords(embedder)

    assert words.terms(embedder.embed_query(QUESTION)) == ()
    assert embedder.texts_embedded == 0
