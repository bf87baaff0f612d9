"""What stands around a sentence: the words that introduce it, its headings, its title, its passage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.needs import Need, need_hit
from assistant.question import ParsedQuestion
from knowledge.document_number import numbers_cited
from knowledge.documents import Passage, PolicyDocument
from knowledge.tokenization import fold

# What a word counts for by the place where it stands.
_IN_SENTENCE, _IN_LEAD_IN, _IN_HEADING, _IN_TITLE, _IN_PASSAGE = 1.0, 0.85, 0.8, 0.7, 0.6
_DOCUMENT = "(?:意见|通知|方案|决定|函|规划|办法|规定|文件|批复|通报)"
YEAR = re.compile(r"(?:19|20)\d\d年")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The folded texts around a sentence."""

    lead_in: str
    heading: str
    title: str
    passage: str

    @classmethod
    def of(cls, passage: Passage) -> Surroundings:
        """Those of the sentences of a passage."""
        return cls(
            fold(passage.lead_in),
            fold(" ".join(passage.heading_path)),
            fold(passage.title),
            fold(passage.text),
        )

    @property
    def above(self) -> str:
        """Without the passage itself."""
        return self.lead_in + self.heading + self.title

    @property
    def all(self) -> str:
        """With it."""
        return self.above + self.passage

    def hit(self, need: Need, sentence: str) -> float:
        """The best that any place around the sentence gives for one word."""
        return max(
            share * need_hit(need, text)
            for share, text in (
                (_IN_SENTENCE, sentence),
                (_IN_LEAD_IN, self.lead_in),
                (_IN_HEADING, self.heading),
                (_IN_TITLE, self.title),
                (_IN_PASSAGE, self.passage),
            )
        )


def speaks_of_years(
    question: ParsedQuestion,
    sentence: str,
    around: Surroundings,
    dated: str,
    document: PolicyDocument,
) -> bool:
    """True if each year asked for stands in the sentence, above it, or before it in its passage.

    The last year that is named up to the sentence counts, and where none is, that of the title; and
    that of the document's number for a question that names the document by it (国务院2018年的意见), or
    that asks for no figure, of which the document may give several for other years. `dated` is the last
    sentence of the passage up to this one that names a year.
    """
    near = sentence + around.lead_in + around.heading
    near += "" if YEAR.search(near) else dated
    other, number = bool(YEAR.search(near)), document.document_number or ""
    return all(
        str(year) in near
        or (not other and str(year) in around.title)
        or (str(year) in number and _is_of_document(question, year, number, other))
        for year in question.years
    )


def _is_of_document(question: ParsedQuestion, year: int, number: str, other: bool) -> bool:
    """True if a document's year may be meant: 国务院2018年的意见, or where no figure is asked for."""
    if number in numbers_cited(question.text):
        return True
    if re.search(rf"{year}年[^，。？?]{{0,16}}{_DOCUMENT}", question.text):
        return True
    return not other and question.form not in ("figure", "date")
