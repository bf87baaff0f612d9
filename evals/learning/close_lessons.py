"""What people ask about the paragraphs of statutes, and the paragraphs beside those that answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.rule_blocks import Block, blocks_of, looked_up
from knowledge.close_reading import Floats
from knowledge.documents import PAST
from knowledge.everyday_questions import Asked
from knowledge.rule_names import rule_name
from knowledge.snapshot import Snapshot

# Beside the paragraph that answers so many others are read: some of those of its law that are nearest
# the question, and some of the nearest of a sample of all.
OTHERS = 9
_OF_LAW, _NEAREST_OF_LAW = 6, 14
_SAMPLE, _NEAREST_OF_SAMPLE = 1500, 12
# As near the one that answers as this, a paragraph of the sample may answer as well.
_SAME = 0.95


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question, and the paragraphs that answer it, by their numbers."""

    question: str
    answers: tuple[int, ...]


def paragraphs_in_force(snapshot: Snapshot) -> tuple[Block, ...]:
    """All paragraphs of the articles of a library, but for those of rules not in force."""
    return tuple(
        block
        for document in snapshot.documents()
        if document.status not in PAST
        for block in blocks_of(snapshot, looked_up(snapshot.catalog.passages_of(document.id)))
    )


def lessons_on(blocks: Sequence[Block], asked: Iterable[Asked]) -> tuple[Lesson, ...]:
    """The questions that some of the paragraphs answer."""
    places: dict[tuple[str, str], list[int]] = {}
    for number, block in enumerate(blocks):
        place = rule_name(block.document.title), block.passages[0].article or ""
        places.setdefault(place, []).append(number)
    found = []
    for line in asked:
        own = places.get((rule_name(line.law), line.article), [])
        answers = tuple(n for n in own if line.paragraph in (0, blocks[n].number))
        if answers:
            found += [Lesson(question, answers) for question in line.questions]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Lessons:
    """Chooses what a question is learned on."""

    lessons: Sequence[Lesson]
    laws: NDArray[np.intp]
    """The law of each paragraph, by a number."""
    questions: Floats
    """Unit vectors, shape (lessons, dimension)."""
    paragraphs: Floats
    """Unit vectors, shape (paragraphs, dimension)."""

    def beside(self, number: int, draw: np.random.Generator) -> NDArray[np.intp]:
        """The paragraph that answers a question, the nearest of several, and `OTHERS` behind it.

        Fewer where there are not so many.
        """
        vector, answers = self.questions[number], self.lessons[number].answers
        answer = max(answers, key=lambda place: float(self.paragraphs[place] @ vector))
        own = np.flatnonzero(self.laws == self.laws[answer])
        own = _nearest(own[~np.isin(own, answers)], self.paragraphs, vector, _NEAREST_OF_LAW)
        own = draw.permutation(own)[:_OF_LAW]
        sample = draw.integers(0, len(self.paragraphs), _SAMPLE)
        alike = self.paragraphs[sample] @ self.paragraphs[answer]
        sample = np.unique(sample[(alike < _SAME) & ~np.isin(sample, (*answers, *own))])
        sample = _nearest(sample, self.paragraphs, vector, _NEAREST_OF_SAMPLE)
        sample = draw.permutation(sample)[: OTHERS - len(own)]
        return np.array([answer, *own, *sample], dtype=np.intp)

    def cosines(self, number: int, paragraphs: NDArray[np.intp]) -> Floats:
        """Of a question with some paragraphs."""
        return np.asarray(self.paragraphs[paragraphs] @ self.questions[number], dtype=np.float32)


def _nearest(
    places: NDArray[np.intp], paragraphs: Floats, vector: Floats, most: int
) -> NDArray[np.intp]:
    return places[np.argsort(-(paragraphs[places] @ vector))][:most]
