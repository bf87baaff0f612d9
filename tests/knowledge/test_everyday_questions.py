"""Articles that are found because people ask about them in such words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.learning.everyday_questions import mean
from knowledge.embedding import SentenceTransformerEmbedder
from knowledge.everyday_questions import VECTORS, EverydayQuestions, asked_articles, parsed
from knowledge.ingestion import catalog_path, index_folder, ingest
from knowledge.packed_vectors import packed
from knowledge.question_map import moved
from knowledge.question_vector import question_vector
from knowledge.references import canonical_articles
from knowledge.retrieval import PARTS, HybridRetriever, SearchQuery
from knowledge.rule_names import rule_name
from tests.fakes import HashEmbedder

# In the words of none of the lines, and of no article.
QUESTION = "隔壁一到夜里就吵得人没法睡，能去告他吗"


@pytest.fixture
def embedder(fresh_home: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.load(None, fresh_home)


def asked_of(embedder: SentenceTransformerEmbedder, text: str) -> NDArray[np.float32]:
    return moved(question_vector(embedder, text), embedder.fingerprint)


@pytest.mark.model
def test_a_question_like_others_finds_their_article(embedder: SentenceTransformerEmbedder) -> None:
    library = EverydayQuestions({"治安管理处罚法": [3], "民法典": [1, 2]})

    found = library.nearest(asked_of(embedder, QUESTION), embedder.fingerprint)

    assert found and all(0 < gain <= 1.2 for _, _, gain in found)
    assert {versions for versions, _, _ in found} <= {(3,), (1, 2)}
    near = {(article, versions) for versions, article, _ in found}
    noise = {
        (asked.article, (3,))
        for asked in asked_articles()
        if asked.law == "治安管理处罚法" and any("吵" in said for said in asked.questions)
    }
    assert noise & near


@pytest.mark.model
def test_only_articles_of_the_library_are_found(embedder: SentenceTransformerEmbedder) -> None:
    asked = asked_of(embedder, QUESTION)

    assert EverydayQuestions({"某市社工条例": [1]}).nearest(asked, embedder.fingerprint) == []
    place = ("民法典", "第一千零七十九条", 0)
    [one] = [a for a in asked_articles() if (a.law, a.article, a.paragraph) == place]
    alone = EverydayQuestions({rule_name(one.law + one.article): [7]})
    [(versions, article, gain)] = alone.nearest(
        asked_of(embedder, one.questions[0]), embedder.fingerprint
    )
    assert (versions, article) == ((7,), None) and gain > 0.6
    assert EverydayQuestions({one.law: [7]}).nearest(asked, HashEmbedder().fingerprint) == []


@pytest.mark.model
def test_the_vectors_are_those_of_the_questions(embedder: SentenceTransformerEmbedder) -> None:
    """If this fails: python -m evals.learning.everyday_questions."""
    lines = asked_articles()
    rows = np.load(VECTORS, allow_pickle=False)

    assert rows.shape == (len(lines), embedder.dimension) and rows.dtype == np.int8
    for place in range(0, len(lines), len(lines) // 20):
        row = rows[place].astype(np.float32)
        # Lay words that were added since have moved it a little.
        assert row @ mean(embedder, lines[place]) / np.linalg.norm(row) > 0.97, lines[place]


def test_a_line_without_questions_stops_nothing() -> None:
    lines = parsed("民法典\t第一条\t为什么有这部法\n\n# 备注\n民法典\t第二条\n")

    assert [asked.article for asked in lines] == ["第一条"]


def test_a_line_may_be_on_one_paragraph() -> None:
    whole, second = parsed("民法典\t第五条\t问什么\n民法典\t第五条第十二款\t又问什么\n")

    assert (whole.article, whole.paragraph) == ("第五条", 0)
    assert (second.article, second.paragraph) == ("第五条", 12)


def test_packed_vectors_keep_their_direction() -> None:
    vectors = np.full((1, 64), 0.125, dtype=np.float32)
    vectors[0, ::2] *= -1

    kept = packed(vectors).astype(np.float32)

    assert kept[0] @ vectors[0] / np.linalg.norm(kept[0]) == pytest.approx(1.0, abs=1e-4)


def test_every_line_names_an_article_once_and_asks_something() -> None:
    places = [(asked.law, asked.article, asked.paragraph) for asked in asked_articles()]

    assert len(places) == len(set(places))
    for asked in asked_articles():
        assert asked.law == asked.law.removeprefix("中华人民共和国"), asked.law
        assert canonical_articles(asked.article) == asked.article, asked
        assert asked.questions and len(asked.questions) == len(set(asked.questions)), asked
        for question in asked.questions:
            assert 4 <= len(question) <= 100 and asked.article not in question, question


LAW = """---
title: 民法典
region: 全国
---

第一千零八十二条 会议室的灯由管理员关。

第一千零八十三条 离退休人员的书报费按月发放。

第一千零八十四条 本条的内容从略。

第一千零八十五条 孩子的餐费由食堂另计。
"""


@pytest.mark.model
def test_an_article_moves_up_because_people_ask_about_it(
    embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    source = tmp_path / "law.md"
    source.write_text(LAW, encoding="utf-8")
    home = tmp_path / "library"
    ingest([str(source)], home, embedder)

    def rank(parts: frozenset[str]) -> int:
        retriever = HybridRetriever(catalog_path(home), index_folder(home), embedder, parts=parts)
        found = retriever.retrieve(SearchQuery("离婚后孩子判给谁"), 4)
        return [hit.passage.article for hit in found].index("第一千零八十四条")

    assert rank(PARTS) < rank(PARTS - {"everyday questions"})
