"""A question that asks several things: each is answered on its own, and what is missing is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.answering import Answering
from assistant.citing import Citations
from assistant.confirming import Confirming
from assistant.question import ParsedQuestion, parse_question
from assistant.question_parts import in_context, named_parts, question_parts
from assistant.rule_scope import asks_sanction
from assistant.told_apart import with_telling_words
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import ScoredPassage
from knowledge.snapshot import Snapshot
from knowledge.synonyms import is_said
from knowledge.tokenization import fold


@dataclass(frozen=True, slots=True)
class PartsAnswering:
    """Answers a question part by part."""

    answering: Answering

    def answered(self, work: Work, snapshot: Snapshot) -> Answer:
        """The answer; of a question that asks several things, part by part."""
        whole = work.parsed
        assert whole is not None
        parts = question_parts(work.text)
        if confirmed := Confirming(self.answering).told(work, snapshot):
            return confirmed
        by_place = whole.form == "comparison" and len(work.places) > 1
        if len(parts) == 1 or by_place or whole.form == "overview":
            return self.answering.answered(work, whole, snapshot, Citations())
        citations = Citations()
        texts, evidence, missing = list[str](), list[ScoredPassage](), list[ParsedQuestion]()
        places, statuses = work.places, set[str]()
        for part in with_telling_words([parse_question(part) for part in parts]):
            # A part on one place is answered from that place.
            named = [region.name for region in part.regions if region.name in places]
            work.places = tuple(named) or places
            answer, citations = self._told(work, part, snapshot, citations)
            evidence.extend(work.evidence)
            if answer.status in ("answered", "partial"):
                statuses.add(answer.status)
                texts.append(_unsaid(answer.text, texts))
            elif not self.answering.is_told(part, texts, citations):
                missing.append(part)
        # 一份多少钱，什么时候发完: one sentence may tell both, found by the second.
        missing = [part for part in missing if not self.answering.is_told(part, texts, citations)]
        work.places = places
        work.evidence = tuple({result.passage.id: result for result in evidence}.values())
        if not texts:
            return self.answering.answered(work, whole, snapshot, Citations())
        if missing:
            unnamed = named_parts([part.text for part in missing], work.language)
            texts.append(say("missing_part", work.language, parts=unnamed))
        text = "\n\n".join(text for text in texts if text)
        whole_told = statuses == {"answered"} and not missing
        return work.answer("answered" if whole_told else "partial", text, citations)

    def _told(
        self, work: Work, part: ParsedQuestion, snapshot: Snapshot, told: Citations
    ) -> tuple[Answer, Citations]:
        """The answer to a part, and what is cited with it.

        A part that finds nothing, or another text than the rule that answered the part before, is
        asked again behind what the question says before it: 要公告多久 finds any notice; after the
        adoption of a foundling, the same text answers it.
        """
        rules = {c.document_id for c in told.citations if c.article}
        own = told.copy()
        answer = self.answering.answered(work, part, snapshot, own)
        is_told = answer.status in ("answered", "partial")
        if is_told and (part.regions or not rules or rules & own.cited_in(answer.text)):
            return answer, own
        evidence, again = work.evidence, told.copy()
        if text := in_context(work.text, part.text):
            fuller = parse_question(text)
            fuller = replace(fuller, telling=part.telling) if is_told else fuller
            retold = self.answering.answered(work, fuller, snapshot, again)
            is_of_same = not part.regions and bool(rules & again.cited_in(retold.text))
            speaks = not is_told and _speaks_of(part, text, retold.text)
            if retold.status == "answered" and (is_of_same or speaks):
                return retold, again
        work.evidence = evidence
        return answer, own if is_told else told


def _speaks_of(part: ParsedQuestion, text: str, told: str) -> bool:
    """True if what `text`, the part in its context, is told names what the part itself names.

    Not for figures: another one of the same subject would stand for the one asked for.
    """
    if part.asks_amount and not asks_sanction(fold(part.text)):
        return False
    own = parse_question(re.split(r"[，,]", text)[-1])
    named = [t.word for t in own.terms if t.weight >= 1 and len(t.word) > 1]
    return all(is_said(word, fold(told)) for word in named)


def _unsaid(text: str, said: Sequence[str]) -> str:
    """`text` without the paragraphs that the parts before hold."""
    known = {paragraph for part in said for paragraph in part.split("\n\n")}
    return "\n\n".join(p for p in text.split("\n\n") if p not in known)
