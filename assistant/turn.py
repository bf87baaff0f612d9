"""An earlier turn of a conversation: what it asked, standing alone, and what it was told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.declined import is_declined, is_not_found
from assistant.document_name import named_documents
from assistant.followup_words import COURTESY
from assistant.question import ParsedQuestion, parse_question
from assistant.refusal import is_instruction, is_small_talk
from knowledge.references import find_references
from knowledge.regions import Region, find_regions, region_mentions, region_of

_CITED_ARTICLE = re.compile(r"\*\*(《[^《》]{2,80}》)(第[^\s*]{1,12}条)?")
_ASKS_PLACE = re.compile(r"[哪什]一?[个么]?(?:省|地方|地区|市|自治区)")
# Behind a sentence of a place that the question did not name, and in a table of places.
_PLACE_MARK = re.compile(r"（([一-鿿]{2,8})）|^\| *([一-鿿]{2,8}) *\|", re.MULTILINE)


@dataclass(frozen=True)
class Turn:
    """One earlier turn."""

    question: str
    """Standing alone."""
    answer: str
    is_bare: bool = False
    """True if its own words were a bare ask (不服怎么办)."""
    thing: str = ""
    """What its own words named and nothing else (质检总局 of 那质检总局的呢)."""

    @cached_property
    def parsed(self) -> ParsedQuestion:
        """The question, taken apart."""
        return parse_question(self.question)

    @cached_property
    def places(self) -> tuple[Region, ...]:
        """The places asked about, without those that only stand in a document's name."""
        rest = self.question
        for name in self.documents:
            rest = rest.replace(name, "，")
        named = tuple(region for region in find_regions(rest) if region.level != "country")
        return named or self._told_places

    @property
    def _told_places(self) -> tuple[Region, ...]:
        """The one place that answers 哪个省 and 在哪里; nothing for any other question."""
        if not _ASKS_PLACE.search(self.question):
            return ()
        told = {a or b for a, b in _PLACE_MARK.findall(self.answer) if region_of(a or b)}
        return find_regions(told.pop()) if len(told) == 1 else ()

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents asked about; else the one whose article the answer quotes."""
        named = named_documents(self.question)
        if named:
            return named
        cited = _CITED_ARTICLE.match(self.answer.lstrip())
        return (cited.group(1),) if cited else ()

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """The articles asked about (第三条)."""
        return find_references(self.question).articles

    @property
    def own_documents(self) -> tuple[str, ...]:
        """The documents that the question itself names."""
        return named_documents(self.question)

    def place_spans(self) -> list[tuple[int, int]]:
        """Where the question names places, neighbouring names of one place as one."""
        spans: list[tuple[int, int]] = []
        for start, end, region in region_mentions(self.question):
            province = region.province or ""
            if region.level != "province" and self.question[:start].endswith(province):
                start -= len(province)
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans


def counts(asked: str, answer: str) -> bool:
    """True for a turn that a follow-up may go back to: a question, and not a declined one."""
    return _is_question(asked) and not is_declined(answer)


def is_in_vain(asked: str, answer: str) -> bool:
    """True for a question that the library had no answer to."""
    return _is_question(asked) and is_not_found(answer)


def _is_question(asked: str) -> bool:
    # 好的谢谢，那经费呢 is a question behind a courtesy.
    said = COURTESY.sub("", asked.strip())
    return bool(said) and not is_small_talk(said) and not is_instruction(asked)
