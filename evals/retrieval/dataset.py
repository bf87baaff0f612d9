"""The public data sets, read from a folder that is no part of the repository.

articles   64,670 national articles, several versions of some laws; "X法第N条的内容是什么"
lay        57,917 statute articles asked in lay words (STARD)
floor      encyclopaedia paragraphs and questions with an answer string (CMRC 2018)
script     traditional paragraphs, questions in simplified script (DRCD)
noise      web snippets, several of which answer a question (RGB, refine)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from evals.ingestion.data_folder import data_folder
from evals.json_lines import json_lines
from evals.retrieval.question import RetrievalData, RetrievalQuestion, SourceText

_DATE = re.compile(r"\d{4}\s*年|[一二〇○零九]{4}年")


@dataclass(frozen=True, slots=True)
class Dataset:
    """One data set: the files it needs and how they are read."""

    name: str
    files: tuple[str, ...]
    """Below the data folder."""
    read: Callable[[Path], RetrievalData]

    def find(self, folder: Path | None = None) -> Path:
        """The data folder, by default beside the repository.

        Raises UsageError, saying where it looked, if a file of this data set is not there.
        """
        found = data_folder(folder)
        for name in self.files:
            if not (found / name).is_file():
                raise UsageError(
                    f"评测集 {self.name} 的数据不在：{found} 中缺少 {name}。"
                    "请用 --data 指明数据文件夹。",
                    f"The data of the suite {self.name} are not there: {found} lacks {name}. "
                    "Name their folder with --data.",
                )
        return found


def _articles(folder: Path) -> RetrievalData:
    """Judged by law and article: some gold labels point at an older version of the law.

    Questions on texts that are not among the articles (amendments to the constitution) have
    no gold and are left out.
    """
    rows = json_lines(folder / "article_lookup/articles_national.jsonl.gz")
    units = {row["art_id"]: f"{row['law']}#{row['art']}" for row in rows}
    of_unit: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        of_unit[units[row["art_id"]]].append(row)
    documents = tuple(
        SourceText(
            row["art_id"],
            row["law"],
            f"{row['art']}　{row['text']}",
            {"published_on": row["version"]} if row["version"] else {},
        )
        for row in rows
    )
    questions = tuple(
        RetrievalQuestion(
            f"articles/{row['qid']}",
            row["question"],
            frozenset({units[row["art_id"]]}),
            tags=("several versions",) if newest else ("one version",),
            newest=newest,
        )
        for row in json_lines(folder / "article_lookup/queries.jsonl")
        if row["art_id"] in units
        for newest in [_newest(row["question"], of_unit[units[row["art_id"]]])]
    )
    return RetrievalData("articles", documents, questions, units)


def _newest(question: str, versions: list[dict[str, Any]]) -> frozenset[str]:
    """Ids of an article's newest version by date; none if there is one only, or a date asked."""
    dates = {row["version"] for row in versions}
    if len(dates) < 2 or _DATE.search(question):
        return frozenset()
    return frozenset(row["art_id"] for row in versions if row["version"] == max(dates))


def _lay(folder: Path) -> RetrievalData:
    documents = tuple(
        SourceText(row["doc_id"], row["name"], row["text"])
        for row in json_lines(folder / "stard/corpus.jsonl.gz")
    )
    questions = tuple(
        RetrievalQuestion(f"lay/{row['qid']}", row["question"], frozenset(row["gold_ids"]))
        for row in json_lines(folder / "stard/queries.jsonl")
    )
    return RetrievalData("lay", documents, questions)


def _floor(folder: Path) -> RetrievalData:
    return _paragraphs("floor", folder / "cmrc2018", "question")


def _script(folder: Path) -> RetrievalData:
    """Questions in simplified script, texts and answers in traditional script."""
    return _paragraphs("script", folder / "drcd", "question_s")


def _paragraphs(name: str, folder: Path, question: str) -> RetrievalData:
    documents = tuple(
        SourceText(row["doc_id"], row["title"], row["text"])
        for row in json_lines(folder / "docs.jsonl")
    )
    questions = tuple(
        RetrievalQuestion(
            f"{name}/{row['qid']}",
            row[question],
            frozenset({row["doc_id"]}),
            answers=(tuple(row["answers"]),),
            tags=(row.get("split", "question"),),
        )
        for row in json_lines(folder / "queries.jsonl")
    )
    return RetrievalData(name, documents, questions)


def _noise(folder: Path) -> RetrievalData:
    """Questions of `refine`, which one snippet answers.

    Those of `int` need two sources, which no single rank can tell; the snippets of `fact` are
    not among the passages.
    """
    documents = tuple(
        SourceText(row["doc_id"], "", row["text"])
        for row in json_lines(folder / "rgb_zh/passages.jsonl")
    )
    questions = tuple(
        RetrievalQuestion(
            f"noise/{row['qid']}",
            row["question"],
            frozenset(row["positive_ids"]),
            answers=tuple(tuple(group) for group in row["answer_groups"]),
        )
        for row in json_lines(folder / "rgb_zh/refine.jsonl")
    )
    return RetrievalData("noise", documents, questions)


DATASETS: tuple[Dataset, ...] = (
    Dataset(
        "articles",
        ("article_lookup/articles_national.jsonl.gz", "article_lookup/queries.jsonl"),
        _articles,
    ),
    Dataset("lay", ("stard/corpus.jsonl.gz", "stard/queries.jsonl"), _lay),
    Dataset("floor", ("cmrc2018/docs.jsonl", "cmrc2018/queries.jsonl"), _floor),
    Dataset("script", ("drcd/docs.jsonl", "drcd/queries.jsonl"), _script),
    Dataset("noise", ("rgb_zh/passages.jsonl", "rgb_zh/refine.jsonl"), _noise),
)
