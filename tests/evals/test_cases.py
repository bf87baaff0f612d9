"""Reading evaluation cases, and the starter suite itself."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from evals.cases import CaseFileError, EvalCase, load_cases

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "evals" / "cases" / "starter.yaml"
DECLINED = {"no_evidence", "out_of_scope", "blocked"}

COMPLETE = """
- id: hall-opening
  split: tune
  tags: [figure]
  question: 活动室几点开门
  history: [[活动室在哪, 在二楼。]]
  region: 海城
  as_of: 2024-05-01
  expect:
    status: [answered, partial]
    required: [开门, [九点, "9点"]]
    forbidden: [十点]
    quote: [九点]
    first: 九点
    regions: [海城]
"""


def suite_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_complete_case_is_read_field_by_field(tmp_path: Path) -> None:
    (case,) = load_cases(suite_file(tmp_path, COMPLETE))
    assert (case.id, case.split, case.tags) == ("hall-opening", "tune", ("figure",))
    assert case.history == (("活动室在哪", "在二楼。"),)
    assert (case.region, case.as_of) == ("海城", date(2024, 5, 1))
    assert case.expect.status == ("answered", "partial")
    assert case.expect.required == (("开门",), ("九点", "9点"))
    assert case.expect.forbidden == ("十点",)
    assert case.expect.quote == (("九点",),)
    assert (case.expect.first, case.expect.regions) == ("九点", ("海城",))


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ("    forbidden:", "    forbiden:", "forbiden"),
        ("  tags: [figure]\n", "", "tags"),
        ("tags: [figure]", "tags: []", "tags"),
        ("tags: [figure]", "tags: figure", "tags"),
        ("split: tune", "split: train", "split"),
        ("question: 活动室几点开门", "question: ' '", "question"),
        ("[answered, partial]", "[answerd]", "expect.status"),
        ("[answered, partial]", "[]", "expect.status"),
        ("quote: [九点]", "quote: [9]", "expect.quote"),
        ("quote: [九点]", "quote: [[]]", "expect.quote"),
        ("first: 九点", "first: 9", "expect.first"),
        ("[[活动室在哪, 在二楼。]]", "[[活动室在哪]]", "history"),
        ("as_of: 2024-05-01", "as_of: 去年", "as_of"),
    ],
)
def test_an_error_names_file_case_and_field(
    tmp_path: Path, right: str, wrong: str, field: str
) -> None:
    assert right in COMPLETE
    with pytest.raises(CaseFileError) as caught:
        load_cases(suite_file(tmp_path, COMPLETE.replace(right, wrong)))
    for language in ("zh", "en"):
        message = caught.value.message(language)
        assert "mine.yaml" in message
        assert "hall-opening" in message
        assert field in message


def test_a_case_without_an_id_is_named_by_its_place(tmp_path: Path) -> None:
    text = COMPLETE + COMPLETE.replace("id: hall-opening\n  ", "")
    with pytest.raises(CaseFileError, match="#2"):
        load_cases(suite_file(tmp_path, text))


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match=r"hall-opening.*编号重复"):
        load_cases(suite_file(tmp_path, COMPLETE + COMPLETE))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "id: not-a-list",
        "- [unclosed",
        "- just words",
        COMPLETE.replace("  split: tune\n", "  split: tune\n  split: report\n"),
    ],
)
def test_a_file_that_is_no_suite_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(CaseFileError, match=r"mine\.yaml") as caught:
        load_cases(suite_file(tmp_path, text))
    assert "\n" not in caught.value.message()


def test_a_missing_or_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match=r"none\.yaml"):
        load_cases(tmp_path / "none.yaml")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(CaseFileError, match=r"binary\.yaml"):
        load_cases(tmp_path / "binary.yaml")


@pytest.fixture(scope="module")
def starter() -> tuple[EvalCase, ...]:
    return load_cases(SUITE)


def test_the_starter_suite_is_large_and_varied_enough(starter: tuple[EvalCase, ...]) -> None:
    tags = Counter(tag for case in starter for tag in case.tags)
    assert len(starter) - tags["declined"] >= 90
    assert tags["declined"] >= 28
    kinds = (
        "figure list domain target funding who where colloquial typo traditional english followup "
        "filter compare overview other-place missing-figure other-subject small-talk instruction"
    )
    assert [kind for kind in kinds.split() if tags[kind] < 4] == []


def test_the_report_split_measures_the_main_kinds_of_question(
    starter: tuple[EvalCase, ...],
) -> None:
    report = [case for case in starter if case.split == "report"]
    tags = Counter(tag for case in report for tag in case.tags)
    assert len(report) >= 40
    assert tags["declined"] >= 8
    assert {"figure", "list", "domain", "target", "funding", "who", "followup"} - set(tags) == set()


def test_no_report_question_was_seen_while_tuning(starter: tuple[EvalCase, ...]) -> None:
    tune = {case.question for case in starter if case.split == "tune"}
    assert [case.id for case in starter if case.split == "report" and case.question in tune] == []


def test_only_declined_cases_expect_a_refusal(starter: tuple[EvalCase, ...]) -> None:
    for case in starter:
        refused = DECLINED.issuperset(case.expect.status)
        assert refused == ("declined" in case.tags), case.id
        if "other-place" in case.tags:
            assert case.expect.required, f"{case.id}: the place must be named in the refusal"


def test_what_a_case_expects_stands_in_the_starter_briefs(starter: tuple[EvalCase, ...]) -> None:
    briefs = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (ROOT / "knowledge" / "starter").glob("*.md")
    }
    by_region = {"四川": "sichuan", "广西": "guangxi", "宁夏": "ningxia", "天津": "tianjin"}
    for case in starter:
        if "declined" in case.tags:
            continue
        names = case.expect.regions or tuple(by_region)
        library = "".join(briefs[by_region[name]] for name in names)
        for options in case.expect.required + case.expect.quote:
            assert any(option in library for option in options), (case.id, options)
        assert (case.expect.first or "") in library, case.id
