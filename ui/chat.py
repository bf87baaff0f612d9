"""What happens on the page: one method for each thing a reader can do.

Nothing here knows a component; every method takes plain values from the browser, trusts none
of them, and returns the new state of what it names. No question and no answer is logged, and
personal data is taken out of a question before it is kept or handed on.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Answer, AnswerStatus
from assistant.guard import text_of_answer
from assistant.personal_data import PersonalKind, find_personal_data
from assistant.privacy import Mask, without_marks
from assistant.request import Assistant, Question, StageReached, TextDelta
from knowledge.documents import PolicyDocument
from knowledge.errors import KnowledgeError
from ui.choices import clarification
from ui.cited_source import CitedLibrary, cited_source
from ui.conversation import ConversationStore, Turn, is_key, new_key
from ui.export import conversation_text
from ui.failure import failure_sentence, log_failure
from ui.source_view import render_citation, render_document, render_library, render_message
from ui.wording import EXAMPLE_QUESTIONS, QUESTION_LIMIT, text

REDRAW_SECONDS = 0.05
"""Pause between two drawings of a streaming answer: smooth to the eye, and a fast model
cannot flood the connection."""

HISTORY_TURNS = 8
"""Earlier turns handed to the assistant; a follow-up rarely reaches further back."""

_CONTINUED: tuple[AnswerStatus, ...] = ("answered", "partial", "no_evidence", "clarify")
"""Turns a follow-up may build on. What was blocked stays out of later questions."""

_NATIONWIDE = "全国"

_CHINESE = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Progress:
    """One drawing of the conversation while a question is being answered."""

    turns: tuple[Turn, ...]
    accepted: bool
    """False where the question was turned down before it was asked: the box keeps it."""
    error: str = ""
    """Why it was turned down."""

    @property
    def running(self) -> bool:
        """Whether the last turn is still being answered."""
        return bool(self.turns) and self.turns[-1].phase == "running"


class Chat:
    """The page's behaviour over an assistant, a library and the conversations."""

    def __init__(
        self, assistant: Assistant, library: CitedLibrary, store: ConversationStore | None = None
    ) -> None:
        self._assistant = assistant
        self._library = library
        self._store = store or ConversationStore()

    def key(self, key: object) -> str:
        """The conversation key the browser sent, or a new one."""
        return key if isinstance(key, str) and is_key(key) else new_key()

    def turns(self, key: object) -> tuple[Turn, ...]:
        """The conversation so far; a turn that was running when the page went away has ended."""
        return self._store.stop(key) if isinstance(key, str) else ()

    def clear(self, key: object) -> None:
        """Forget the conversation."""
        if isinstance(key, str):
            self._store.clear(key)

    def ask(
        self, question: object, region: object, document_id: object, key: object, language: str
    ) -> Iterator[Progress]:
        """Answer a typed question; one `Progress` for each drawing, the last one complete."""
        conversation = self.key(key)
        words = _text(question).strip()
        place = _text(region)[:40]
        chosen = _text(document_id)
        try:
            document = self._known(chosen) if chosen else None
        except KnowledgeError as error:
            yield Progress(self._store.turns(conversation), False, error.message(language))
            return
        refusal = ""
        if not words:
            refusal = text("empty_question", language)
        elif len(words) > QUESTION_LIMIT:
            refusal = text("long_question", language, length=len(words), limit=QUESTION_LIMIT)
        elif chosen and document is None:
            refusal = text("unknown_document", language)
        if refusal:
            yield Progress(self._store.turns(conversation), False, refusal)
            return
        latest = self._store.turns(conversation)[-1:]
        mask = latest[0].mask if latest else Mask()
        masked = mask.masked(words)
        if latest and latest[0].phase == "running" and latest[0].question == masked.text:
            # A second click or Enter before the first one had cleared the box.
            yield Progress(self._store.turns(conversation), True)
            return
        title = document.title if document else ""
        turn = Turn(
            0,
            masked.text,
            region=place,
            document_id=chosen,
            document_title=title,
            personal=masked.kinds,
            mask=mask,
        )
        # The marks are Chinese words: with them an English question would get a Chinese answer.
        asked = masked.text if _CHINESE.search(words) else without_marks(masked.text)
        yield from self._answer(conversation, turn, asked)

    def ask_example(self, index: object, key: object, language: str) -> Iterator[Progress]:
        """Answer one of the example questions, without filters."""
        known = isinstance(index, int) and 0 <= index < len(EXAMPLE_QUESTIONS)
        question = EXAMPLE_QUESTIONS[index][1] if isinstance(index, int) and known else ""
        yield from self.ask(question, "", "", key, language)

    def ask_widened(self, number: object, key: object, language: str) -> Iterator[Progress]:
        """Ask the question of an earlier turn again, without its filters."""
        turn = self._turn(key, number)
        yield from self.ask(turn.question if turn else "", "", "", key, language)

    def ask_choice(
        self, number: object, index: object, key: object, language: str
    ) -> Iterator[Progress]:
        """Ask what was chosen of a clarifying question, under the filters of its turn."""
        turn = self._turn(key, number)
        offered = clarification(turn.answer).choices if turn and turn.answer else ()
        known = isinstance(index, int) and 0 <= index < len(offered)
        if turn is None or not isinstance(index, int) or not known:
            yield Progress(self.turns(key), False, text("conversation_gone", language))
            return
        yield from self.ask(offered[index], turn.region, turn.document_id, key, language)

    def personal_kinds(self, question: object) -> tuple[PersonalKind, ...]:
        """The kinds of personal data in what is being typed, in its order."""
        found = find_personal_data(_text(question)[: 2 * QUESTION_LIMIT])
        return tuple(dict.fromkeys(item.kind for item in found))

    def export(self, key: object, language: str) -> str:
        """The conversation as Markdown, personal data as marks; '' where there is none."""
        turns = self._store.turns(key) if isinstance(key, str) else ()
        return conversation_text(turns, date.today(), language)

    def citation_panel(
        self, number: object, citation_number: object, whole: bool, key: object, language: str
    ) -> str:
        """HTML of the panel for a citation, of an old turn as well as of the newest."""
        turn = self._turn(key, number)
        citation = (
            turn.citation(citation_number) if turn and isinstance(citation_number, int) else None
        )
        if turn is None or citation is None:
            return render_message(text("conversation_gone", language), language)
        source = cited_source(self._library, citation)
        return render_citation(source, citation, turn.number, language, whole)

    def document_panel(self, document_id: object, language: str) -> str:
        """HTML of the panel with a whole document."""
        try:
            document = self._library.document(_text(document_id))
        except Exception as error:
            return render_message(failure_sentence(error)[1 if language == "en" else 0], language)
        if document is None:
            return render_message(text("no_document", language), language)
        return render_document(document, language)

    def library_panel(self, language: str) -> str:
        """HTML of the panel with the list of documents."""
        try:
            return render_library(self._library.documents(), language)
        except Exception as error:
            return render_message(failure_sentence(error)[1 if language == "en" else 0], language)

    def region_choices(self, language: str) -> list[tuple[str, str]]:
        """(label, value) of the region filter; the value "" is no filter."""
        regions = {document.region for document in self._documents() if document.region}
        ordered = sorted(regions, key=lambda region: (region != _NATIONWIDE, region))
        return [(text("all_regions", language), ""), *((region, region) for region in ordered)]

    def document_choices(self, region: object, language: str) -> list[tuple[str, str]]:
        """(label, value) of the document filter: what applies in `region`, or everything."""
        place = _text(region)
        fitting = [
            document
            for document in self._documents()
            if not place or document.region in (place, _NATIONWIDE)
        ]
        everything = (text("all_documents", language), "")
        return [everything, *((document.title, document.id) for document in fitting)]

    def _answer(self, key: str, turn: Turn, asked: str) -> Iterator[Progress]:
        """Run the assistant on what is asked and keep the conversation up to date."""
        history = _history(self._store.turns(key))
        turn = self._store.begin(key, turn)
        yield Progress(self._store.turns(key), True)
        request = Question(
            asked,
            history=history,
            region=turn.region or None,
            document_ids=(turn.document_id,) if turn.document_id else (),
        )
        drawn = time.monotonic()
        events = self._assistant.stream(request)
        try:
            for event in events:
                match event:
                    case StageReached():
                        turn = replace(turn, stage=event.stage)
                    case TextDelta():
                        turn = replace(turn, text=turn.text + event.text)
                    case Answer():
                        turn = _completed(turn, event)
                if not self._store.update(key, turn):
                    # Stopped or cleared meanwhile: show that, whatever was drawn last.
                    yield Progress(self._store.turns(key), True)
                    return
                if turn.phase != "running":
                    break
                if time.monotonic() - drawn >= REDRAW_SECONDS:
                    drawn = time.monotonic()
                    yield Progress(self._store.turns(key), True)
            if turn.phase == "running":
                raise RuntimeError("the assistant ended without an answer")
        except Exception as error:
            turn = replace(turn, phase="failed", stage=None, failure=failure_sentence(error))
            self._store.update(key, turn)
        finally:
            # The model's connection ends with its stream, not whenever memory is tidied up.
            if isinstance(events, Generator):
                events.close()
            # Reached with a running turn only where the reader stopped or left.
            self._store.update(key, replace(turn, phase="stopped", stage=None))
        yield Progress(self._store.turns(key), True)

    def _documents(self) -> Sequence[PolicyDocument]:
        """The library's documents; none where it cannot be read, which the panel explains."""
        try:
            return self._library.documents()
        except Exception as error:
            log_failure(error)
            return ()

    def _known(self, document_id: str) -> PolicyDocument | None:
        return next(
            (document for document in self._library.documents() if document.id == document_id),
            None,
        )

    def _turn(self, key: object, number: object) -> Turn | None:
        if not isinstance(key, str) or not isinstance(number, int):
            return None
        return self._store.turn(key, number)


def _completed(turn: Turn, answer: Answer) -> Turn:
    """The turn with its answer, less what the page never shows and memory need not hold."""
    kept = replace(answer, evidence=(), facts=())
    return replace(turn, phase="done", stage=None, text=answer.text, answer=kept)


def _history(turns: Sequence[Turn]) -> tuple[tuple[str, str], ...]:
    continued = [
        (turn.question, text_of_answer(turn.answer.text))
        for turn in turns
        if turn.answer and _is_continued(turn.answer)
    ]
    return tuple(continued[-HISTORY_TURNS:])


def _is_continued(answer: Answer) -> bool:
    """Whether a follow-up may build on it: on hotlines alone it cannot, on a rule after them it can."""
    return answer.status in _CONTINUED or (answer.status == "crisis" and bool(answer.citations))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
