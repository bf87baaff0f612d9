"""`policy-assistant search`: ranked passages, without an answer."""

from __future__ import annotations

import argparse

from assistant.commands.base import DONE, SOME_FAILED, Context
from assistant.commands.batch import (
    Asked,
    BadLine,
    add_question_arguments,
    asked_questions,
    report_bad_line,
)
from assistant.errors import UsageError
from assistant.serialization import result_fields
from knowledge.documents import ScoredPassage
from knowledge.regions import asked_region
from knowledge.retrieval import HybridRetriever, SearchQuery


class SearchCommand:
    """Finds passages."""

    name = "search"
    help = "检索原文 / find passages"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Query, batch, filters and the number of results."""
        add_question_arguments(parser, "QUERY")
        parser.add_argument("--top-k", type=int, default=10, help="结果条数 / number of results")

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Print the results of one query, or one JSON line for each line of the batch."""
        from assistant.factory import build_retriever

        if not 1 <= arguments.top_k <= 1000:
            raise UsageError("--top-k 应在 1 到 1000 之间。", "--top-k must be between 1 and 1000.")
        asked = list(asked_questions(arguments))
        retriever = build_retriever(context.settings, context.notice)
        code = DONE
        for entry in asked:
            if isinstance(entry, BadLine):
                code = SOME_FAILED
                report_bad_line(entry, context)
                continue
            results = _found(retriever, entry, arguments.top_k)
            if arguments.batch is not None or context.as_json:
                fields = [result_fields(r, _source(retriever, r)) for r in results]
                context.json({"id": entry.id, "results": fields})
            else:
                context.say(_render(results) or context.text("没有结果。", "No results."))
        return code


def _found(retriever: HybridRetriever, entry: Asked, top_k: int) -> tuple[ScoredPassage, ...]:
    question = entry.question
    return retriever.retrieve(
        SearchQuery(
            question.text,
            region=asked_region(question.region),
            document_ids=question.document_ids,
            as_of=question.as_of,
        ),
        top_k,
    )


def _source(retriever: HybridRetriever, result: ScoredPassage) -> str:
    return retriever.snapshot().description(result.passage.document_id).source


def _render(results: tuple[ScoredPassage, ...]) -> str:
    lines = []
    for result in results:
        passage = result.passage
        place = " › ".join([passage.title, *passage.heading_path, passage.article or ""])
        lines.append(f"{result.rank}. {place.rstrip(' ›')}  ({result.score:.3f})")
        lines.append("   " + " ".join(passage.text.split()))
    return "\n".join(lines)
