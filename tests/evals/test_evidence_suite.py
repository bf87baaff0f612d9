"""The suite `evidence` over a made-up data set: judging, halves, the calibration's arithmetic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.errors import UsageError
from assistant.settings import load_settings
from evals.evidence.calibration import (
    Weighed,
    bins,
    calibration_error,
    thresholds,
    write_calibration,
)
from evals.evidence.rgb import noisy_questions
from evals.evidence.suite import EvidenceSuite, problems_of
from evals.workspace import Workspace
from tests.fakes import HashEmbedder


def write_data(folder: Path) -> Path:
    """One question of each file; what answers them can be read off the texts."""
    texts = {
        "p1": "甲站投入经费500万元。",
        "n1": "甲站位于城西，交通便利。",
        "s1": "甲站的站长是王小明。",
        "s2": "甲站的会计是李小红。",
    }
    fact = {
        "qid": "fact_0",
        "question": "乙站有多少名社工",
        "answer": "70名",
        "fake_answer": "170名",
        "positive": ["乙站共有70名社工。"],
        "positive_wrong": ["乙站共有170名社工。"],
        "negative": ["乙站在山上。"],
    }
    refine = {
        "qid": "refine_0",
        "question": "甲站投入经费多少万元",
        "answer_groups": [["500万元"]],
        "positive_ids": ["p1"],
        "negative_ids": ["n1"],
    }
    both = {
        "qid": "int_0",
        "question": "甲站的站长和会计是谁",
        "answer_groups": [["王小明"], ["李小红"]],
        "positive_id_groups": [["s1"], ["s2"]],
        "negative_ids": ["n1"],
    }
    rows = {
        "passages": [{"doc_id": id, "text": text} for id, text in texts.items()],
        "refine": [refine],
        "int": [both],
        "fact": [fact],
    }
    (folder / "rgb_zh").mkdir(parents=True)
    for name, lines in rows.items():
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / "rgb_zh" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_each_question_is_asked_over_its_own_texts(tmp_path: Path) -> None:
    suite = EvidenceSuite().over(write_data(tmp_path / "data"))
    settings = load_settings({}, home=tmp_path / "home")
    workspace = Workspace(settings, HashEmbedder(), lambda text: None)
    results = suite.run(workspace, split="all", seed=0, progress=lambda done, total: None)
    kinds = ["decline", "answer", "part", "part", "sources", "contradiction"]
    assert [r.tags[0] for r in results] == kinds
    by_kind = {result.tags[0]: result for result in results}
    assert by_kind["decline"].right and by_kind["decline"].declined
    assert by_kind["answer"].right, by_kind["answer"].problems
    assert by_kind["contradiction"].right, by_kind["contradiction"].problems
    assert by_kind["decline"].split == by_kind["answer"].split


def test_missing_data_are_said_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="rgb_zh"):
        EvidenceSuite().over(tmp_path)


def test_what_counts_as_right(tmp_path: Path) -> None:
    decline, answer, first, second, sources, contradiction = noisy_questions(write_data(tmp_path))
    refused = Answer(status="no_evidence", text="没有找到。")
    said = Answer(status="answered", text="**500 万元**")
    assert problems_of(decline, refused) == () and problems_of(decline, said)
    assert problems_of(answer, said) == () and problems_of(answer, refused)
    assert len(problems_of(sources, said)) == 2
    assert len(problems_of(contradiction, said)) == 3
    # Only the texts of one of the two facts are given: the other must be said to be missing.
    assert first.documents == ("s1", "n1") and second.documents == ("s2", "n1")
    assert problems_of(first, said) == (
        "source 1 of 1 is not cited",
        "what is missing is not told",
    )


def test_the_curve_and_what_a_threshold_does(tmp_path: Path) -> None:
    weighed = [Weighed(0.05, False), Weighed(0.15, False), Weighed(0.95, True), Weighed(1.0, True)]
    found = bins(weighed)
    assert [(b.questions, b.observed) for b in found] == [(1, 0.0), (1, 0.0), (2, 1.0)]
    assert calibration_error(found) == pytest.approx((0.05 + 0.15 + 2 * 0.025) / 4)
    at_half = thresholds(weighed)[4]
    assert (at_half.declined, at_half.lost) == (1.0, 0.0)
    page = write_calibration(tmp_path, weighed, "zh")
    assert "0.9–1.0" in page.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "calibration.json").read_text())["bins"][0]["questions"] == 1


def test_nothing_weighed_is_an_empty_curve() -> None:
    assert bins([]) == () and calibration_error(()) == 0.0
