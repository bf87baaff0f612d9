"""`policy-assistant ask`: one question, or many in one process."""

from __future__ import annotations

import argparse

from assistant.answer import Answer
from assistant.commands.base import DONE, SOME_FAILED, Context
from assistant.commands.batch import (
    BadLine,
    add_question_arguments,
    asked_questions,
    report_bad_line,
)
from assistant.serialization import answer_fields
from assistant.wording import Language, say


class AskCommand:
    """Answers questions from the library."""

    name = "ask"
    help = "提问 / ask a question"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Question, batch and filters."""
        add_question_arguments(parser, "QUESTION")

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Print one answer, or one JSON line for each line of the batch."""
        asked = list(asked_questions(arguments))
        assistant = context.assistant()
        code = DONE
        for entry in asked:
            if isinstance(entry, BadLine):
                code = SOME_FAILED
                report_bad_line(entry, context)
                continue
            answer = assistant.answer(entry.question)
            if arguments.batch is not None:
                context.json({"id": entry.id, **answer_fields(answer)})
            elif context.as_json:
                context.json(answer_fields(answer))
            else:
                context.say(render(answer, context.language))
        return code


def render(answer: Answer, language: Language) -> str:
    """An answer for a terminal: its text, then its citations, or where nothing answers the leads."""
    lines = [answer.text]
    if answer.leads:
        lines.append(f"\n{say('leads', language)}")
    for citation in answer.citations or answer.leads:
        place = " › ".join([*citation.heading_path, citation.article or ""]).strip(" ›")
        parts = [citation.title, citation.document_number or "", citation.region or "", place]
        lines.append(f"\n[{citation.number}] " + " · ".join(part for part in parts if part))
        lines.append(f"    “{' '.join(citation.quote.split())}”")
    return "\n".join(lines)
