"""Answers to who has a list or a statement in mind: a figure to confirm, a thing in a list, its third."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer
from assistant.answering import Answering
from assistant.citing import Citations
from assistant.confirmation import agrees, claimed_figures, stands_in
from assistant.membership import membership
from assistant.nth_item import nth_item
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
        return (
            self._confirmed(work, snapshot)
            or self._member(work, snapshot)
            or self._nth(work, snapshot)
        )

    def _nth(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """What is asked of an item that is named by its number alone; None without its list."""
        asked = nth_item(work.parsed.text if work.parsed else work.text)
        if asked is None:
            return None
        listed = self.answering.answered(
            work, parse_question(asked.list_question), snapshot, Citations()
        )
        of_rule = any(c.article for c in listed.citations)
        item = "" if of_rule else asked.item_in(listed.text)
        if not item:
            return None
        part = parse_question(asked.asked_of(item))
        answer = self.answering.answered(work, part, snapshot, Citations())
        return answer if answer.status == "answered" else None

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
            if not agreed and stands_in(claim, (r.passage.text for r in work.evidence)):
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
