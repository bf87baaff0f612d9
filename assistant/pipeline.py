"""The online main path: question → cited answer.

    guard → stand-alone question → what is asked → places → retrieve → evidence
          → enough? → answer → check every citation → Answer

`answer()` is `stream()` drained; the command line, the page and the evaluations use these two.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation
from assistant.answer_notes import with_notes
from assistant.answering import Answering
from assistant.checking import checked, quoted_version
from assistant.cited_document import cited_documents, with_number, without_numbers
from assistant.citing import Citations
from assistant.confirmation import agrees, claimed_figures, stands_in
from assistant.conversation import standalone_question
from assistant.declined import is_not_found
from assistant.document_summary import document_summary
from assistant.excluded_places import without_excluded
from assistant.focusing import Focusing
from assistant.generative_answer import AnswerWriter
from assistant.guard import guarded_stream
from assistant.laid_out import LaidOut
from assistant.leads import Leads
from assistant.library_summary import library_summary
from assistant.named_office import of_the_named, told_whether
from assistant.parts_answer import PartsAnswering
from assistant.question import parse_question
from assistant.ranked import Ranked
from assistant.refusal import is_instruction, is_small_talk
from assistant.refused import refused
from assistant.request import Event, Question, StageReached, TextDelta, writable_question
from assistant.rules_in_time import date_rules
from assistant.sentence_bounds import SentencesRead
from assistant.sentence_reading import SentenceReading
from assistant.source_asked import without_source
from assistant.turn_reading import TurnRead, TurnReading
from assistant.version_answers import VersionAnswering
from assistant.wording import Language, say
from assistant.work import Work
from knowledge.documents import PolicyDocument
from knowledge.regions import asked_region, with_city_names
from knowledge.retrieval import HybridRetriever
from knowledge.snapshot import Snapshot
from knowledge.typos import corrected

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

_CHINESE = re.compile(r"[㐀-鿿]")
_EACH = re.compile(r"各(?:地|省|市|县|部门|单位)")
_CITED = re.compile(r"\[\d+\]")
_PIECE = 24  # characters, about


class PolicyAssistant:
    """Answers questions from the library, with verbatim citations or not at all."""

    def __init__(
        self,
        retriever: HybridRetriever,
        *,
        top_k: int = 12,
        question_limit: int = 500,
        language: Language = "zh",
        writer: AnswerWriter | None = None,
    ) -> None:
        self.retriever = retriever
        self._answering = Answering(retriever, top_k)
        self._versions = VersionAnswering(self._answering)
        self._parts = PartsAnswering(self._answering)
        self.sentences = SentenceReading(retriever, top_k)
        self._focusing = Focusing(retriever, self._parts)
        self.turns = TurnReading(retriever)
        self._laid_out = LaidOut.over(retriever, self.turns)
        self._leads = Leads(self._answering, self.sentences, self.turns, self._focusing)
        self._limit = question_limit
        self._language = language
        self._writer = writer

    def answer(self, question: Question) -> Answer:
        """The complete answer to one question."""
        *_, answer = self.stream(question)
        assert isinstance(answer, Answer)
        return answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Stages and text pieces as they come; the last event is the complete answer.

        Personal data is taken out before anything else sees the question, and put back in what
        is shown; whoever may be in danger is told first where help is.
        """
        yield from guarded_stream(
            writable_question(question), self._stream, self._language_of(question.text)
        )

    def _stream(self, question: Question) -> Iterator[Event]:
        """Stages and text pieces as they come; the last event is the complete answer."""
        yield StageReached("question")
        work = Work(question, self._language_of(question.text))
        answer, streamed = self._guarded(work), ""
        quoted: Answer | None = None
        if answer is None:
            snapshot = self.retriever.snapshot()
            self._understand(work, snapshot)
            yield StageReached("retrieve", work.standalone)
            answer = refused(work, snapshot)
            if answer is not None and answer.status == "clarify" and _goes_on(work):
                gone_on = self._gone_on(work, answer, snapshot)
                quoted = gone_on if gone_on is not answer else None
        if answer is None or quoted:
            answer = None if quoted else self._told_of_library(work, snapshot)
            if answer is None:
                laid_out = None if quoted else self._laid_out.answered(work, snapshot)
                quoted = laid_out or quoted or self._quoted(work, snapshot)
                answer = laid_out or (yield from self._written(work, quoted, snapshot))
                streamed = "" if answer is quoted else answer.text
                answer = with_notes(told_whether(work, of_the_named(work, answer)), work, snapshot)
                answer = self._leads.given(work, answer, snapshot)
            yield StageReached("check")
            former = _former_versions(work, snapshot)
            answer = checked(answer, snapshot.catalog, work.language, former)
        for piece in _pieces(answer.text.removeprefix(streamed)):
            yield TextDelta(piece)
        yield answer

    def weighed(self, question: Question) -> list[Ranked]:
        """The paragraphs of rules that may answer a question, or a turn of a conversation, best first.

        With the signs they are weighed by, which weights are learned from (`evals/learning/`); for
        questions of their own alone, as nothing is guarded or masked here.
        """
        work, snapshot = self._understood(question)
        if not question.history:
            return self._answering.weighed_alone(work, snapshot)
        return self._focusing.weighed(work, snapshot)

    def sentences_read(self, question: Question) -> SentencesRead | None:
        """The sentences of documents without articles that may answer, as `weighed` gives paragraphs."""
        return self.sentences.read(*self._understood(question))

    def turn_read(self, question: Question) -> TurnRead | None:
        """The same of a turn, of the documents that the conversation is on."""
        work, snapshot = self._understood(question)
        turn = self.turns.turn(work, snapshot)
        return self.turns.read(work, turn, snapshot) if turn else None

    def _understood(self, question: Question) -> tuple[Work, Snapshot]:
        work = Work(writable_question(question), self._language_of(question.text))
        snapshot = self.retriever.snapshot()
        self._understand(work, snapshot)
        return work, snapshot

    def as_runnable(self) -> Runnable[str | Question, Answer]:
        """This assistant as a LangChain runnable: invoke, batch, and compose with others."""
        from assistant.langchain_parts import assistant_runnable

        return assistant_runnable(self)

    # Library ------------------------------------------------------------------------------

    def documents(self) -> Sequence[PolicyDocument]:
        """Current documents without their texts."""
        return self.retriever.snapshot().documents()

    def document(self, document_id: str) -> PolicyDocument | None:
        """One document with its text, or None."""
        return self.retriever.snapshot().catalog.document(document_id)

    def cited_document(self, citation: Citation) -> PolicyDocument | None:
        """The version of a document that a citation quotes, with its text; None if removed."""
        catalog = self.retriever.snapshot().catalog
        version = quoted_version(citation, catalog)
        return None if version is None else catalog.document(citation.document_id, version)

    # Steps --------------------------------------------------------------------------------

    def _language_of(self, text: str) -> Language:
        return self._language if _CHINESE.search(text) or not text.strip() else "en"

    def _told_of_library(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """What is asked of the library itself, its versions and documents; None for anything else."""
        return (
            self._versions.told(work, snapshot)
            or document_summary(work, snapshot, Citations())
            or library_summary(work, snapshot)
        )

    def _guarded(self, work: Work) -> Answer | None:
        """Answers that need no library: nothing asked, too much asked, not a question."""
        text = work.asked.text
        if not text.strip():
            return work.answer("clarify", say("empty", work.language))
        if len(text) > self._limit:
            return work.answer("clarify", say("too_long", work.language, limit=self._limit))
        if is_instruction(text):
            return work.answer("out_of_scope", say("instruction", work.language))
        if is_small_talk(text):
            return work.answer("out_of_scope", say("small_talk", work.language))
        return None

    def _understand(self, work: Work, snapshot: Snapshot) -> None:
        """Make the question stand alone, mend its typing mistakes, and take it apart."""
        # A city whose short name is an ordinary word is known before a turn is made to stand alone.
        history = [
            (with_city_names(without_numbers(q, snapshot), snapshot.regions), a)
            for q, a in work.asked.history
        ]
        before = [q for q, _ in work.asked.history]
        asked = with_city_names(work.asked.text, snapshot.regions)
        of_document = with_number(work.asked.text, before, snapshot)
        text = of_document or standalone_question(asked, history)
        text, work.asks_source = without_source(text)
        work.standalone, _ = corrected(text, snapshot.lexical.document_frequency)
        work.standalone = with_city_names(work.standalone, snapshot.regions)
        date_rules(work, snapshot)
        work.cited, work.text = cited_documents(work.text, snapshot)
        work.asked = _narrowed(work.asked, work.cited)
        work.text, work.excluded = without_excluded(work.text)
        work.parsed = parse_question(work.text)
        if work.cited and work.parsed.form == "overview":
            # 要求各地什么时候前拿出方案: whom the document speaks to.
            work.parsed = replace(work.parsed, form=parse_question(_EACH.sub("", work.text)).form)
        filtered = asked_region(work.asked.region)
        regions = work.parsed.regions
        compares = work.parsed.form == "comparison" and any(r.level != "country" for r in regions)
        named = tuple(r.name for r in regions if r.level != "country" or compares)
        work.places = (filtered,) if filtered else named
        work.timed("question")

    def _quoted(self, work: Work, snapshot: Snapshot) -> Answer:
        """The answer in the words of the documents."""
        told = self._parts.answered(work, snapshot)
        told = self.sentences.answered(work, told, snapshot)
        return self._confirmed(work, told, snapshot) or self._gone_on(work, told, snapshot)

    def _confirmed(self, work: Work, answer: Answer, snapshot: Snapshot) -> Answer | None:
        """A figure to be confirmed beside what is told when it is asked for (三区今年派50名，没错吧).

        None where `answer` says so already, or no figure is told.
        """
        claimed = claimed_figures(work.text)
        verdicts = tuple(say(key, work.language) for key in ("figure_agrees", "figure_differs"))
        if len(claimed) != 1 or answer.text.startswith(verdicts):
            return None
        if any(citation.article for citation in answer.citations):
            # Whether a rule holds is read from it whole.
            return None
        (claim,) = claimed
        if not claim.figure.unit:
            # 投了一千万: of what, the sentences do not know.
            return None
        other, _ = self._understood(replace(work.asked, text=claim.question, history=()))
        told = self.sentences.answered(other, self._parts.answered(other, snapshot), snapshot)
        agreed = agrees(claim, told.text) if told.text.startswith("**") else None
        if agreed is None or any(citation.article for citation in told.citations):
            return None
        if not agreed and stands_in(claim, (c.quote for c in answer.citations)):
            return None
        work.evidence, work.citations = other.evidence, other.citations
        return replace(
            told, text=f"{verdicts[not agreed]}{told.text}", standalone_question=work.standalone
        )

    def _gone_on(self, work: Work, answer: Answer, snapshot: Snapshot) -> Answer:
        """What the rules and the documents say that the conversation is on, where that answers better."""
        told = self._focusing.answered(work, answer, snapshot)
        return self.turns.answered(work, told, snapshot)

    def _written(
        self, work: Work, quoted: Answer, snapshot: Snapshot
    ) -> Generator[Event, None, Answer]:
        """The answer in a chat model's words, where there is a model and enough evidence.

        An article that is asked for is given as it stands.
        """
        assert work.parsed is not None
        is_enough = quoted.status in ("answered", "partial") and work.parsed.form != "clause"
        if self._writer is None or not is_enough:
            return quoted
        yield StageReached("answer")
        return (yield from self._writer.written(work, quoted, snapshot))


def _goes_on(work: Work) -> bool:
    """True if the turn before was answered from the library, or asked something that it lacks."""
    told = work.asked.history[-1][1] if work.asked.history else ""
    return bool(_CITED.search(told)) or is_not_found(told)


def _former_versions(work: Work, snapshot: Snapshot) -> dict[int, int]:
    """By citation number the version quoted, where a newer one of its source is at hand."""
    found = {
        number: snapshot.version_of_document(document)
        for number, document in work.citations.documents.items()
    }
    return {
        number: version
        for number, version in found.items()
        if version is not None and not snapshot.versions[version].is_current
    }


def _narrowed(question: Question, cited: Sequence[str]) -> Question:
    """The question put to the documents that it cites alone, if it may be put to any of them."""
    chosen = question.document_ids
    named = tuple(id for id in cited if not chosen or id in chosen)
    return replace(question, document_ids=named or chosen)


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), _PIECE):
        yield text[start : start + _PIECE]
