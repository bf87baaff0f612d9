"""What stands around every answer: no personal data in, care for a person in danger first.

The inner stream sees a question without personal data; hotlines come before its answer, and
after it the sentences that the question calls for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.care import HOTLINE_HEADS, Care, care_for, hotline_block, subject_line
from assistant.eligibility import asks_eligibility, eligibility_sentence
from assistant.personal_data import PersonalKind
from assistant.privacy import Mask, kind_names, without_marks
from assistant.request import Event, Question, StageReached, TextDelta
from assistant.wording import Language

_ANSWERED = frozenset({"answered", "partial"})
_WARNING = (
    "隐私提示：问题中的{kinds}已在本机隐去后再处理。请尽量不要输入服务对象的个人信息。",
    "Privacy: the {kinds} in the question was removed on this machine before anything else. "
    "Please leave personal data of clients out of questions.",
)
_NO_POLICY = (
    "如果还想查相关政策，请另外写出要查的内容，例如适用的地区和事项。",
    "To look up the policies on this, ask for them in a question of their own, with the place.",
)
_RULE = "\n\n---\n\n"
# The longest mark is shorter than this: 【身份证号100】.
_OPEN_MARK = re.compile(r"【[^】]{0,12}$")


@dataclass(frozen=True, slots=True)
class GuardedQuestion:
    """A question without personal data, and what must be said around its answer."""

    question: Question
    """For retrieval, models and logs: no personal data, and no marks for it either."""
    shown: str
    """The question with marks in the place of personal data, for the record."""
    mask: Mask
    kinds: tuple[PersonalKind, ...]
    """Of the personal data in the question itself."""
    care: Care
    is_eligibility: bool


def guarded(question: Question) -> GuardedQuestion:
    """`question` and its history without personal data. Runs before anything else does."""
    mask = Mask()
    history = tuple(
        (without_marks(mask.masked(asked).text), without_marks(mask.masked(said).text))
        for asked, said in question.history
    )
    masked = mask.masked(question.text)
    bare = replace(question, text=without_marks(masked.text), history=history)
    care = care_for(bare.text)
    return GuardedQuestion(
        bare, masked.text, mask, masked.kinds, care, asks_eligibility(masked.text)
    )


def guarded_stream(
    question: Question, inner: Callable[[Question], Iterator[Event]], language: Language
) -> Iterator[Event]:
    """The events of `inner` for the question without its personal data, with what belongs around.

    The pieces of text together are the text of the last event, the complete answer.
    """
    guard = guarded(question)
    in_danger = guard.care.urgency == "danger"
    head = hotline_block(guard.care.kinds, language) + _RULE if in_danger else ""
    if head:
        yield TextDelta(head)
    if in_danger and not guard.care.asks_policy:
        text = head + _NO_POLICY[language == "en"] + _tail(guard, None, language)
        yield TextDelta(text.removeprefix(head))
        yield Answer("crisis", text, standalone_question=guard.shown)
        return
    sent, held = head, ""
    for event in inner(guard.question):
        if isinstance(event, Answer):
            answer = _finished(event, guard, head, language)
            yield TextDelta(answer.text.removeprefix(sent))
            yield answer
        elif isinstance(event, StageReached):
            yield event
        elif not in_danger:
            # A refusal after hotlines is put in other words, so its pieces wait for the end.
            held += event.text
            cut = match.start() if (match := _OPEN_MARK.search(held)) else len(held)
            piece, held = guard.mask.restored(held[:cut]), held[cut:]
            sent += piece
            yield TextDelta(piece)


def _finished(answer: Answer, guard: GuardedQuestion, head: str, language: Language) -> Answer:
    """The answer of the inner stream as it is shown."""
    text = guard.mask.restored(answer.text) if guard.kinds else answer.text
    status = answer.status
    if head:
        text = text if status in _ANSWERED else _NO_POLICY[language == "en"]
        status = "crisis"
    asked = answer.standalone_question
    if asked.strip() == guard.question.text.strip():
        asked = guard.shown.strip()
    return replace(
        answer,
        status=status,
        text=head + text + _tail(guard, answer, language),
        leads=() if head else answer.leads,
        standalone_question=asked,
    )


def _tail(guard: GuardedQuestion, answer: Answer | None, language: Language) -> str:
    """The sentences after the answer; none of them holds a figure."""
    lines = []
    if answer is not None and answer.status in _ANSWERED:
        if guard.is_eligibility:
            lines.append(eligibility_sentence(language))
        if guard.care.urgency == "subject":
            lines.append(subject_line(language))
    if guard.kinds:
        index = int(language == "en")
        lines.append(_WARNING[index].format(kinds=kind_names(guard.kinds, language)))
    return "".join(f"\n\n{line}" for line in lines)


def text_of_answer(text: str) -> str:
    """An answer's text without the hotlines before it: its figures are those of documents."""
    return text.partition(_RULE)[2] if text.startswith(HOTLINE_HEADS) else text
