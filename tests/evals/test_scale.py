"""How retrieval grows with the library."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.settings import Settings, load_settings
from evals.benchmarks.scale import LARGE, OpenModel, ScaleBenchmark, Served, growth, slow
from evals.benchmarks.stages import DENSE, STAGES, WHOLE
from evals.benchmarks.synthetic import SyntheticTexts, questions, write_catalogue
from evals.workspace import Workspace
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path
from tests.fakes import HashEmbedder


def hash_model(settings: Settings) -> OpenModel:
    return HashEmbedder


def test_each_size_is_a_ratio_to_the_smallest(tmp_path: Path) -> None:
    workspace = Workspace(load_settings({}, home=tmp_path), HashEmbedder(), lambda text: None)
    benchmark = ScaleBenchmark((40, 120), hash_model)
    found = {one.name: one for one in benchmark.run(workspace)}
    assert {f"120 passages: {stage} p50" for stage in STAGES} <= set(found)
    small, large = found["40 passages: write catalogue"], found["120 passages: write catalogue"]
    assert small.ratio is None and large.baseline == small.name
    assert large.ratio == pytest.approx(large.value / small.value)
    # The library is really searched: a question's own passage comes first.
    assert found["120 passages: own passage at rank 1"].value > 95
    whole = found["120 passages: whole p95"].value
    assert whole >= found["120 passages: dense p50"].value > 0
    assert not list(tmp_path.glob("scale-*"))


def served(dense: float, whole: float, memory: float | None = 100.0) -> Served:
    stages = {stage: (1.0, 2.0, 1.0) for stage in STAGES}
    # The growth is told of processor time, the limits are of the clock on the wall.
    stages[DENSE], stages[WHOLE] = (99.0, 99.0, dense), (whole, whole, 99.0)
    return Served(1.0, memory, stages, 1.0)


def test_growth_beyond_the_logarithm_is_told() -> None:
    # log(100,000) / log(10,000) is 1.25.
    assert list(growth({10_000: served(1.0, 5), 100_000: served(1.5, 5)})) == []
    (told,) = growth({10_000: served(1.0, 5), 100_000: served(1.6, 5)})
    assert "1.60 ms at 100,000" in told and "1.25 ms" in told


def test_limits_of_time_and_memory_are_told() -> None:
    assert list(slow({10_000: served(1, 11.9), 100_000: served(1, 19.9)})) == []
    (told,) = slow({1_000: served(1, 500), 10_000: served(1, 12.1)})
    assert told.startswith("10,000 passages")
    (told,) = slow({LARGE: served(1, 59, memory=6145.0)})
    assert "memory" in told
    assert list(slow({LARGE: served(1, 59, memory=None)})) == []


def test_a_seed_gives_one_library_with_the_cosines_of_real_ones(tmp_path: Path) -> None:
    vectors = SyntheticTexts(1_000, 7).vectors(400)
    assert np.array_equal(vectors, SyntheticTexts(1_000, 7).vectors(400))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    cosines = (vectors @ vectors.T)[np.triu_indices(400, 1)]
    assert 0.70 < float(np.median(cosines)) < 0.78
    assert 0.88 < float(cosines.max()) < 0.95
    write_catalogue(tmp_path, 50, 7)
    with Catalog(catalog_path(tmp_path)) as catalog:
        assert catalog.count() == 50 and len(catalog.versions()) == 3
        texts = {
            passage.id: passage.text
            for document in catalog.documents()
            for passage in catalog.passages_of(document.id)
        }
    assert 150 < np.mean([len(text) for text in texts.values()]) < 260
    for question in questions(tmp_path, 5, 7):
        assert all(part in texts[question.passage_id] for part in question.text.split("，"))
