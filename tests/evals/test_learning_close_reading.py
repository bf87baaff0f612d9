"""Reading a question and a text together: what is learned, and that it is what answers are read by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from assistant.rule_blocks import Block, Piece
from evals.learning.close_lessons import OTHERS, Lesson, Lessons, lessons_on
from evals.learning.close_reading import Texts, learned
from evals.learning.reading_module import ReadingModule
from knowledge.close_reading import CloseReader, Floats
from knowledge.documents import Passage, PolicyDocument
from knowledge.everyday_questions import Asked

DIMENSION = 16


class WordTokens:
    """Each character is a token with a direction of its own."""

    def token_vectors(self, texts: Sequence[str], *, of_questions: bool = False) -> list[Floats]:
        return [np.stack([self._of(character) for character in text]) for text in texts]

    def _of(self, character: str) -> Floats:
        drawn = np.random.default_rng(ord(character)).standard_normal(DIMENSION)
        return np.asarray(drawn, dtype=np.float32)


def lessons_of(questions: Sequence[str], texts: Sequence[str]) -> tuple[Texts, Texts, Lessons]:
    """Each question is answered by the text at its place; each text is of a law of its own."""
    asked = Texts.of(WordTokens(), questions, of_questions=True)
    read = Texts.of(WordTokens(), texts, of_questions=False)
    lessons = [Lesson(question, (number,)) for number, question in enumerate(questions)]
    laws = np.arange(len(texts))
    return asked, read, Lessons(lessons, laws, asked.unit_means(), read.unit_means())


def test_the_reader_computes_what_was_learned() -> None:
    torch.manual_seed(1)
    module = ReadingModule(DIMENSION).eval()
    with torch.no_grad():
        # As large as learned ones: of new ones hardly anything but the cosine counts.
        for name, values in module.named_parameters():
            values.mul_(1 if name == "steepness" else 3)
    questions, texts = ["子丑", "寅卯辰"], ["子丑寅卯", "午未申酉戌"]
    asked, read, lessons = lessons_of(questions, texts)
    mean, spread = np.full(DIMENSION, 0.25, dtype=np.float32), 2.0
    cosines = torch.from_numpy(lessons.questions @ lessons.paragraphs.T)
    both = [part.expand(2, *part.shape) for part in read.padded([0, 1], mean, spread)]
    padded = asked.padded([0, 1], mean, spread), tuple(both)
    weights = {name: np.float32(w) for name, w in module.weights(mean, spread).items()}
    reader = CloseReader(WordTokens(), weights)
    scores = [reader.scores(question, texts) for question in questions]
    with torch.no_grad():
        assert np.allclose(scores, module(*padded, cosines).numpy(), atol=0.01)


def test_a_text_is_read_as_it_would_be_alone() -> None:
    weights = ReadingModule(DIMENSION).weights(np.zeros(DIMENSION, dtype=np.float32), 1.0)
    reader = CloseReader(WordTokens(), {name: np.float32(w) for name, w in weights.items()})
    together = reader.scores("子丑", ["子丑寅卯", "午未申酉戌"])
    alone = [reader.scores("子丑", [text])[0] for text in ("子丑寅卯", "午未申酉戌")]
    assert together == alone
    assert reader.scores("子丑", []) == []


def test_what_answers_is_learned() -> None:
    # What matters in a question is its last character, the others are the same in all.
    marks = "子丑寅卯辰巳午未申酉"
    questions = [f"甲乙丙{mark}" for mark in marks]
    texts = [f"甲乙{mark}丁" for mark in marks]
    asked, read, lessons = lessons_of(questions, texts)
    said: list[str] = []
    weights = learned(asked, read, lessons, 100, said.append)
    reader = CloseReader(WordTokens(), {name: np.float32(w) for name, w in weights.items()})
    scores = np.array([reader.scores(question, texts) for question in questions])
    assert (scores.argmax(axis=1) == np.arange(len(marks))).all()
    assert said[0].startswith("100 of 100: loss ")


def test_how_likely_a_text_answers_is_learned_as_odds() -> None:
    marks = "子丑寅卯辰巳午未申酉"
    asked, read, lessons = lessons_of([f"甲乙丙{m}" for m in marks], [f"甲乙{m}丁" for m in marks])
    weights = learned(asked, read, lessons, 150, likely=True)
    reader = CloseReader(WordTokens(), {name: np.float32(w) for name, w in weights.items()})
    scores = np.array([reader.scores(f"甲乙丙{m}", [f"甲乙{n}丁" for n in marks]) for m in marks])
    # What answers does so more likely than not, and everything else less.
    assert (np.diag(scores) > 0).all()
    assert (scores[~np.eye(len(marks), dtype=bool)] < 0).all()


def test_beside_what_answers_stand_the_nearest_of_its_law_and_no_near_copy() -> None:
    # Angles to the question: of two that answer the second is nearer; of the same law are fourteen that
    # are near and six that are not; of other laws a copy of what answers, and many others.
    near, far = np.linspace(0.2, 0.5, 14), np.linspace(1.0, 1.1, 6)
    angles = np.concatenate(([0.6, 0.1], near, far, [0.1], np.linspace(0.8, 1.5, 40)))
    laws = np.array([0] * 22 + [1] * 41)
    vectors = np.stack((np.cos(angles), np.sin(angles)), axis=1).astype(np.float32)
    asked = np.array([[1, 0]], dtype=np.float32)
    lessons = Lessons([Lesson("某证", (0, 1))], laws, asked, vectors)
    for seed in range(20):
        answer, *others = lessons.beside(0, np.random.default_rng(seed)).tolist()
        assert answer == 1
        assert len(set(others)) == len(others) == OTHERS
        assert set(others[:6]) <= set(range(2, 16))
        assert not {0, 1, 22} & set(others)


def block(article: str, number: int) -> Block:
    piece = Piece(0, "某证")
    held = Passage("p", "law", "某证", heading_path=(), start_char=0, end_char=2, article=article)
    law = PolicyDocument("law", "中华人民共和国某证条例")
    return Block(law, (held,), piece, piece, (), "", "", 0, number=number)


def test_a_line_teaches_its_paragraph_or_all_of_its_article() -> None:
    blocks = [block("第一条", 1), block("第二条", 1), block("第二条", 2)]
    lines = [
        Asked("某证条例", "第二条", ("某证多久", "几天")),
        Asked("某证条例", "第二条", ("要钱吗",), 2),
        Asked("某证条例", "第九条", ("谁发",)),
        Asked("他证条例", "第一条", ("是什么",)),
    ]
    assert lessons_on(blocks, lines) == (
        Lesson("某证多久", (1, 2)),
        Lesson("几天", (1, 2)),
        Lesson("要钱吗", (2,)),
    )
