"""Questions with what is known of each text given with them (RGB, Chinese part).

decline        only texts near the question that do not answer it
answer         the same, with texts that answer it
sources        two facts in texts of two kinds
part           the same without the texts of one of the facts
contradiction  texts that were falsified beside true ones
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evals.json_lines import json_lines
from evals.retrieval.dataset import Dataset
from evals.retrieval.question import RetrievalData, SourceText

Kind = Literal["decline", "answer", "sources", "part", "contradiction"]
FILES = tuple(f"rgb_zh/{name}.jsonl" for name in ("passages", "refine", "int", "fact"))


@dataclass(frozen=True, slots=True)
class NoisyQuestion:
    """One question with the texts it is to be answered from."""

    id: str
    kind: Kind
    text: str
    documents: tuple[str, ...]
    """Ids of all texts given."""
    answers: tuple[tuple[str, ...], ...] = ()
    """Of each entry one string must be in the answer."""
    sources: tuple[frozenset[str], ...] = ()
    """Of each entry one text must be cited."""


def noisy_questions(folder: Path) -> tuple[NoisyQuestion, ...]:
    """All questions, in the order of the files."""
    return (*_refine(folder), *_sources(folder), *_contradictions(folder))


def _documents(folder: Path) -> RetrievalData:
    """All texts that any question is given, each once."""
    texts = {row["doc_id"]: row["text"] for row in _rows(folder, "passages")}
    for row in _rows(folder, "fact"):
        for text in _fact_texts(row):
            texts[_own_id(text)] = text
    return RetrievalData(
        "evidence", tuple(SourceText(id, "", text) for id, text in texts.items()), ()
    )


EVIDENCE = Dataset("evidence", FILES, _documents)


def _refine(folder: Path) -> Iterator[NoisyQuestion]:
    for row in _rows(folder, "refine"):
        good = tuple(dict.fromkeys(row["positive_ids"]))
        poor = tuple(id for id in dict.fromkeys(row["negative_ids"]) if id not in good)
        answers = tuple(_options(group) for group in row["answer_groups"])
        yield NoisyQuestion(f"evidence/{row['qid']}/decline", "decline", row["question"], poor)
        yield NoisyQuestion(
            f"evidence/{row['qid']}/answer", "answer", row["question"], (*good, *poor), answers
        )


def _sources(folder: Path) -> Iterator[NoisyQuestion]:
    for row in _rows(folder, "int"):
        groups = [group for group in row["positive_id_groups"] if group]
        yield from _parts(row, groups)
        given = dict.fromkeys([*(id for group in groups for id in group), *row["negative_ids"]])
        yield NoisyQuestion(
            f"evidence/{row['qid']}",
            "sources",
            row["question"],
            tuple(given),
            sources=tuple(map(frozenset, groups)),
        )


def _parts(row: dict[str, Any], groups: list[list[str]]) -> Iterator[NoisyQuestion]:
    """The question twice, each time with the texts of one of its two facts only."""
    if len(groups) != 2 or set(groups[0]) & set(groups[1]):
        return
    for number, own in enumerate(groups, 1):
        yield NoisyQuestion(
            f"evidence/{row['qid']}/only_{number}",
            "part",
            row["question"],
            tuple(dict.fromkeys([*own, *row["negative_ids"]])),
            sources=(frozenset(own),),
        )


def _contradictions(folder: Path) -> Iterator[NoisyQuestion]:
    for row in _rows(folder, "fact"):
        given = tuple(dict.fromkeys(_own_id(text) for text in _fact_texts(row)))
        answers = (_options(row["answer"]), _options(row["fake_answer"]))
        yield NoisyQuestion(
            f"evidence/{row['qid']}", "contradiction", row["question"], given, answers
        )


def _fact_texts(row: dict[str, Any]) -> Iterator[str]:
    for part in ("positive", "positive_wrong", "negative"):
        yield from row[part]


def _own_id(text: str) -> str:
    return f"fact_{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _options(given: Any) -> tuple[str, ...]:
    """The strings of which one suffices, however deep the data nest them."""
    if isinstance(given, list):
        return tuple(option for part in given for option in _options(part))
    return (str(given),)


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return json_lines(folder / "rgb_zh" / f"{name}.jsonl")
