from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.settings import load_settings
from evals.cases import load_cases
from evals.laws.suite import REGIONS_SUITE, WORDED_SUITE, LawsSuite, half_of
from evals.workspace import Workspace
from tests.fakes import HashEmbedder

CASES = load_cases(LawsSuite().path)
WORDED = load_cases(WORDED_SUITE.path)
STATUTES = Path(__file__).parents[2].parent / "shared" / "data" / "laws"


def test_each_case_is_in_the_half_of_its_id_and_both_halves_are_large() -> None:
    assert all(case.split == half_of(case.id) for case in CASES)
    halves = [case.split for case in CASES]
    assert min(halves.count("tune"), halves.count("report")) >= 75


def test_sixty_questions_name_a_place_and_may_be_answered_from_there_or_the_country_only() -> None:
    cases = load_cases(REGIONS_SUITE.path)
    assert len(cases) == 60 and len({case.question for case in cases}) == 60
    assert all(case.split == half_of(case.id) for case in cases)
    assert all("全国" in case.expect.regions for case in cases)


def test_questions_in_everyday_words_are_many_and_a_part_of_them_is_set_aside() -> None:
    assert len(WORDED) >= 150 and len({case.question for case in WORDED}) == len(WORDED)
    assert all(case.split == half_of(case.id) for case in WORDED)
    assert [case.split for case in WORDED].count("report") >= 45


def test_every_form_of_question_is_asked() -> None:
    forms = {case.tags[0] for case in CASES}
    assert forms >= set(
        "figure date list clause comparison overview yes_no procedure definition no-answer "
        "wrong-premise region version derived open".split()
    )


def test_without_statutes_the_suite_is_skipped_with_a_sentence(tmp_path: Path) -> None:
    said: list[str] = []
    workspace = Workspace(load_settings({}, home=tmp_path), HashEmbedder(), said.append)
    results = LawsSuite(tmp_path).run(
        workspace, split="all", seed=0, progress=lambda done, total: None
    )
    assert results == () and len(said) == 1
    with pytest.raises(UsageError):
        LawsSuite().over(tmp_path)


def test_what_a_right_answer_holds_stands_in_some_statute() -> None:
    if not STATUTES.is_dir():
        pytest.skip("the statutes of ../shared/data are not here")
    texts = ["".join(file.read_text("utf-8").split()) for file in STATUTES.rglob("*.md")]
    for case in (*CASES, *WORDED):
        if case.tags[0] in ("derived", "comparison"):
            continue
        for options in (*case.expect.required, *case.expect.quote):
            assert any("".join(o.split()) in t for o in options for t in texts), (case.id, options)
