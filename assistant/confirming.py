"""Answers to who wants something confirmed: a figure of a statement, a thing in a list."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer
from assistant.answering import Answering
from assistant.citing import Citations
from assistant.confirmation import agrees, claimed_figures
from assistant.membership import membership
from assistant.question import parse_question
from assistant.quotation import escape
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import ScoredPassage
from knowledge.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Confirming:
    """Puts what is to be confirmed beside what the library says."""

    answering: Answering

    def told(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """The answer; None where nothing is to be confirmed."""
        return self._confirmed(work, snapshot) or self._member(work, snapshot)

    def _confirmed(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """The figures of a statement beside those of the library (累计投入1200万元，对吗).

        None where nothing is to be confirmed, where a figure is not found, or where an article
        answers: whether a rule holds is read from it whole.
        """
        claimed = claimed_figures(work.text)
        citations = Citations()
        texts, evidence = [], list[ScoredPassage]()
        for claim in claimed:
            answer = self.answering.answered(
                work, parse_question(claim.question), snapshot, citations
            )
            agreed = agrees(claim, answer.text)
            if agreed is None or any(citation.article for citation in answer.citations):
                return None
            evidence.extend(work.evidence)
            verdict = say("figure_agrees" if agreed else "figure_differs", work.language)
            texts.append(f"{verdict}{answer.text}")
        if not texts:
            return None
        work.evidence = tuple({result.passage.id: result for result in evidence}.values())
        return work.answer("answered", "\n\n".join(texts), citations)

    def _member(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """The list in which something is asked to stand, and whether it does; None without one."""
        asked = membership(work.text)
        if asked is None:
            return None
        citations = Citations()
        part = parse_question(asked.question)
        answer = self.answering.answered(work, part, snapshot, citations)
        of_rule = any(c.article for c in answer.citations)
        if answer.status != "answered" or of_rule or not asked.is_of(answer.text):
            return None
        key = "listed" if asked.is_named(answer.text) else "not_listed"
        head = say(key, work.language, member=escape(asked.member))
        return work.answer("answered", f"{head}\n\n{answer.text}", citations)
