"""The time left is estimated from what is left to read and to embed, by kind of file."""

from __future__ import annotations

import pytest

from knowledge.ingest_meter import Meter
from knowledge.ingest_report import IngestProgress


def meter(*files: tuple[str, int]) -> Meter:
    made = Meter(lambda progress: None)
    made.plan(files)
    # 100 passages a second, seen long enough to outweigh the first assumption.
    made.embedded(100_000, 1000.0)
    return made


def test_nothing_is_promised_before_anything_new_was_read() -> None:
    made = meter((".md", 1000), (".md", 1000))
    assert made.seconds_left() is None
    made.read(".md", 1000, 0.0, 0)  # known already: tells nothing of the others
    assert made.seconds_left() is None


def test_one_small_file_of_many_bytes_does_not_count_as_half() -> None:
    made = meter((".md", 1_000), (".md", 99_000))
    made.read(".md", 1_000, 0.01, 10)
    made.waiting = 10
    # 990 passages to come and 10 that wait: 10 s; reading takes 1 s, indexing 1 s more.
    assert made.seconds_left() == pytest.approx(12, rel=0.05)


def test_scans_are_not_measured_by_the_pace_of_texts() -> None:
    made = meter((".md", 10_000), (".png", 10_000), (".png", 90_000))
    made.read(".md", 10_000, 0.0, 100)
    made.read(".png", 10_000, 3.0, 2)
    assert made.seconds_left() == pytest.approx(27, rel=0.05)


def test_a_kind_that_has_not_come_up_costs_what_the_others_cost() -> None:
    made = meter((".md", 10_000), (".pdf", 10_000))
    made.read(".md", 10_000, 2.0, 100)
    assert made.seconds_left() == pytest.approx(3.2, rel=0.05)


def test_a_batch_in_work_counts_as_far_as_it_has_come() -> None:
    seen: list[IngestProgress] = []
    made = meter((".md", 10_000))
    made.report = seen.append
    made.read(".md", 10_000, 0.0, 1000)
    made.waiting = 1000
    for done in (0, 500, 1000):
        made.embedding(done)
    left = [progress.seconds_left or 0.0 for progress in seen]
    assert left == pytest.approx([11, 6, 1], rel=0.05)
    assert [progress.passages for progress in seen] == [0, 500, 1000]
