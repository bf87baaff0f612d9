"""What people ask about the sentences of the starter policies."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from knowledge.documents import Passage
from knowledge.embedding import SentenceTransformerEmbedder
from knowledge.packed_vectors import packed
from knowledge.sentences import sentences
from knowledge.starter_questions import (
    NOTHING,
    VECTORS,
    alike,
    asked_of_sentences,
    asked_vector,
    is_asked_of,
    placeless,
)
from tests.fakes import HashEmbedder

TITLE = "天津市社会工作专业人才培养基地"


@pytest.fixture
def embedder(fresh_home: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.load(None, fresh_home)


def starter_texts() -> list[str]:
    folder = resources.files("knowledge") / "starter"
    return [path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".md")]


def passages_of_tianjin() -> list[Passage]:
    text = (resources.files("knowledge") / "starter" / "tianjin.md").read_text("utf-8")
    return [Passage("p1", "tianjin", text, (), None, 0, len(text), title=TITLE)]


def test_each_line_is_on_one_sentence_of_its_policy() -> None:
    texts = starter_texts()

    for asked in asked_of_sentences():
        [text] = [text for text in texts if f"title: {asked.title}" in text]
        assert asked.questions and all(map(str.strip, asked.questions)), asked.words
        if asked.words != NOTHING:
            holding = [s for s in sentences(text) if asked.words in s.of(text)]
            assert len(holding) == 1, asked.words


def test_the_lines_of_a_policy_stand_together_and_ask_nothing_twice() -> None:
    titles = [asked.title for asked in asked_of_sentences()]
    changes = sum(before != behind for before, behind in pairwise(titles))
    asked_of = Counter(
        (asked.title, question) for asked in asked_of_sentences() for question in asked.questions
    )

    assert changes == len(set(titles)) - 1
    assert max(asked_of.values()) == 1


def test_a_question_loses_its_places_and_keeps_all_else() -> None:
    assert placeless("四川成都的持證社工有多少？") == "的持证社工有多少？"
    assert placeless("全国有多少社工") == "全国有多少社工"


def test_only_the_starter_policies_are_known() -> None:
    assert is_asked_of(TITLE)
    assert not is_asked_of("某市灯笼手工业发展意见")


@pytest.mark.model
def test_the_sentence_is_nearest_whose_questions_sound_like_it(
    embedder: SentenceTransformerEmbedder,
) -> None:
    passages = passages_of_tianjin()
    vector = asked_vector(embedder, "基地设在哪所大学里头")

    found = alike([vector], TITLE, passages, embedder.fingerprint)

    assert found is not None
    start = max(found.sentences, key=lambda place: found.sentences[place])
    assert (
        passages[0].text[start:].lstrip("- ").startswith("天津市社会工作专业人才培养基地近日成立")
    )
    assert found.sentences[start] > found.unanswered


@pytest.mark.model
def test_what_a_policy_does_not_answer_is_nearest_to_such_questions(
    embedder: SentenceTransformerEmbedder,
) -> None:
    vector = asked_vector(embedder, "基地的咨询电话号码是多少")

    found = alike([vector], TITLE, passages_of_tianjin(), embedder.fingerprint)

    assert found is not None and found.unanswered > max(found.sentences.values())


@pytest.mark.model
def test_with_another_model_and_of_another_document_nothing_is_known(
    embedder: SentenceTransformerEmbedder,
) -> None:
    vector = asked_vector(embedder, "基地在哪")

    assert alike([vector], TITLE, passages_of_tianjin(), HashEmbedder().fingerprint) is None
    assert alike([vector], "某某办法", passages_of_tianjin(), embedder.fingerprint) is None


@pytest.mark.model
def test_the_vectors_are_those_of_the_questions(embedder: SentenceTransformerEmbedder) -> None:
    """If this fails: python -m evals.learning.starter_questions."""
    questions = [question for asked in asked_of_sentences() for question in asked.questions]
    rows = np.load(VECTORS, allow_pickle=False)

    assert rows.shape == (len(questions), embedder.dimension) and rows.dtype == np.int8
    for place in range(0, len(questions), len(questions) // 20):
        row = rows[place].astype(np.float32)
        own = asked_vector(embedder, questions[place])
        assert row @ own / np.linalg.norm(row) > 0.99, questions[place]


def test_packed_vectors_keep_their_direction() -> None:
    vectors = np.full((1, 64), 0.125, dtype=np.float32)

    kept = packed(vectors).astype(np.float32)

    assert kept[0] @ vectors[0] / np.linalg.norm(kept[0]) == pytest.approx(1.0, abs=1e-4)
