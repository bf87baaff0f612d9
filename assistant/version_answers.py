"""Answers on the versions and the force of a rule: which there are, how two differ, whether one holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Answer, AnswerStatus
from assistant.answering import Answering
from assistant.citing import Citations
from assistant.in_force_answer import asks_in_force, in_force_told
from assistant.question import parse_question
from assistant.timeline import asks_timeline, timeline
from assistant.validity_notes import validity_notes
from assistant.versions_compared import TwoVersions, versions_to_compare
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import ScoredPassage
from knowledge.retrieval import named_versions
from knowledge.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class VersionAnswering:
    """Answers what is asked of the versions of a rule, each read by itself."""

    answering: Answering

    def told(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """The versions of the rule that is named, or its force, if the question asks for them."""
        citations = Citations()
        if asks_in_force(work.standalone):
            told = in_force_told(work, snapshot, citations)
            if told:
                notes = validity_notes(citations, snapshot, work.language)
                return work.answer("answered", f"{told}\n\n{notes}".strip(), citations)
        if two := versions_to_compare(work.standalone, snapshot):
            return self._compared(work, two, snapshot)
        if not asks_timeline(work.standalone):
            return None
        named = named_versions(snapshot, work.standalone)
        if not named:
            return None
        chain = snapshot.chains.chain(named[-1])
        text = timeline(chain, citations, snapshot, work.language)
        return work.answer("answered", text, citations) if text else None

    def _compared(self, work: Work, two: TwoVersions, snapshot: Snapshot) -> Answer | None:
        """What each of two versions says; their dates alone where no aspect is named."""
        citations = Citations()
        if not two.question:
            text = timeline((two.older, two.newer), citations, snapshot, work.language)
            aspect = say("version_aspect", work.language)
            return work.answer("answered", f"{text}\n\n{aspect}", citations) if text else None
        texts, evidence, found = list[str](), list[ScoredPassage](), 0
        question = parse_question(two.question)
        for version, head in ((two.older, "version_older"), (two.newer, "version_newer")):
            own = replace(work, text=two.question, versions=(version,), as_of=None, is_former=False)
            answer = self.answering.answered(own, question, snapshot, citations)
            quoted = " ".join(citation.quote for citation in answer.citations)
            is_told = answer.status in ("answered", "partial") and two.is_on_aspect(quoted)
            found += is_told
            evidence.extend(own.evidence)
            texts.append(say(head, work.language))
            texts.append(answer.text if is_told else say("version_silent", work.language))
        if not found:
            return work.answer("no_evidence", say("nothing", work.language))
        work.evidence = tuple({result.passage.id: result for result in evidence}.values())
        status: AnswerStatus = "answered" if found > 1 else "partial"
        return work.answer(status, "\n\n".join(texts), citations)
