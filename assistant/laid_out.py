"""What is laid out in lines and columns, and is not read sentence by sentence: rosters, tables, contacts, questions and answers."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer
from assistant.contact_answer import ContactReading
from assistant.documents_meant import DocumentsMeant
from assistant.guide_section import GuideReading
from assistant.qa_reading import QaReading
from assistant.roster_answer import RosterReading
from assistant.table_reading import TableReading
from assistant.turn_reading import TurnReading
from assistant.work import Work
from knowledge.retrieval import HybridRetriever
from knowledge.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Answers from what has a layout of its own."""

    rosters: RosterReading
    tables: TableReading
    contacts: ContactReading
    pairs: QaReading
    guides: GuideReading

    @classmethod
    def over(cls, retriever: HybridRetriever, turns: TurnReading) -> LaidOut:
        """Reads what `retriever` finds, and what a conversation is on."""
        documents = DocumentsMeant(retriever, turns)
        return cls(
            RosterReading(documents),
            TableReading(documents),
            ContactReading(documents),
            QaReading(documents),
            GuideReading(documents),
        )

    def answered(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """What stands in the lines or cells asked for; None where a question asks for none."""
        if work.versions or work.as_of or work.is_former or (work.parsed and work.parsed.english):
            return None
        return (
            self.rosters.answered(work, snapshot)
            or self.tables.answered(work, snapshot)
            or self.contacts.answered(work, snapshot)
            or self.pairs.answered(work, snapshot)
            or self.guides.answered(work, snapshot)
        )
