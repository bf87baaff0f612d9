"""Small made-up data sets in the shapes of the public ones, written by the tests."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ARTICLES = [
    ("a1", "海城活动室法", "2001-02-03", "第一条", "活动室由街道管理。"),
    ("a2", "海城活动室法", "2019-05-06", "第一条", "活动室由社区管理，每天开放。"),
    ("b1", "山城食堂法", "", "第一条", "食堂每周供应热汤和米饭。"),
    ("b2", "山城食堂法", "", "第二条", "食堂不得收取押金。"),
]


def write(path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    """A file of JSON lines, packed if its name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)


def write_articles(folder: Path) -> Path:
    """Two laws, one of them in two versions; one question has no text to be found."""
    keys = ("art_id", "law", "version", "art", "text")
    rows = [dict(zip(keys, row, strict=True)) for row in ARTICLES]
    write(folder / "article_lookup/articles_national.jsonl.gz", rows)
    asked = [
        ("q1", "海城活动室法第一条的内容是什么？", "a1"),
        ("q2", "山城食堂法第二条的内容是什么？", "b2"),
        ("q3", "2001年的海城活动室法第一条说什么？", "a1"),
        ("q4", "没有的法第九条的内容是什么？", None),
    ]
    questions = [{"qid": q, "question": text, "art_id": art} for q, text, art in asked]
    write(folder / "article_lookup/queries.jsonl", questions)
    return folder


def write_lay(folder: Path) -> Path:
    rows = [{"doc_id": row[0], "name": row[1], "text": row[4]} for row in ARTICLES]
    write(folder / "stard/corpus.jsonl.gz", rows)
    asked = [{"qid": 7, "question": "谁来管活动室", "gold_ids": ["a1", "a2"]}]
    write(folder / "stard/queries.jsonl", asked)
    return folder


def write_script(folder: Path) -> Path:
    texts = [("d1", "海城", "海城有十二間活動室。"), ("d2", "山城", "山城有三間食堂。")]
    rows = [dict(zip(("doc_id", "title", "text"), text, strict=True)) for text in texts]
    write(folder / "drcd/docs.jsonl", rows)
    asked = {
        "qid": "s1",
        "question": "海城有幾間活動室？",
        "question_s": "海城有几间活动室？",
        "answers": ["十二間"],
        "doc_id": "d1",
    }
    write(folder / "drcd/queries.jsonl", [asked])
    return folder


def write_noise(folder: Path) -> Path:
    texts = ["甲队七月三日胜出。", "乙队八月九日胜出。", "丙队九月一日出发。", "天气晴。"]
    rows = [{"doc_id": f"n{at}", "text": text} for at, text in enumerate(texts)]
    write(folder / "rgb_zh/passages.jsonl", rows)
    asked = [
        ("r0", "甲队哪天胜出", [["七月三日", "7月3日"]], ["n0"]),
        ("r1", "甲队乙队哪天胜出", [["七月三日"], ["八月九日"]], ["n0", "n1"]),
    ]
    keys = ("qid", "question", "answer_groups", "positive_ids")
    write(folder / "rgb_zh/refine.jsonl", [dict(zip(keys, row, strict=True)) for row in asked])
    return folder
