from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from knowledge.metadata_edits import (
    MetadataEdit,
    MetadataError,
    Value,
    apply_edits,
    check_dates,
    parse_edit,
)
from tests.policies import ORDINANCE, policy

TODAY = date(2026, 6, 1)
DOCUMENT = policy("条例", ORDINANCE)


def edits(**values: Value) -> dict[str, MetadataEdit]:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    return {field: MetadataEdit(field, value, now) for field, value in values.items()}


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        ("title", "  某 办法\n（试行）", "某 办法 （试行）"),
        ("region", "广西壮族自治区", "广西"),
        ("region", "浙江省杭州市", "浙江杭州市"),
        ("region", "", None),
        ("effective_from", "2024-02-29", date(2024, 2, 29)),
        ("effective_until", "", None),
        ("document_number", "民发[2021]23号", "民发〔2021〕23号"),
        ("document_number", "第2号公告", "第2号公告"),
        ("status", "repealed", "repealed"),
        ("issuers", ["民政部", "财政部", "民政部"], ("民政部", "财政部")),
        ("issuers", [""], ()),
        ("supersedes", ["《旧办法》"], ("旧办法",)),
    ],
)
def test_values_are_brought_to_their_form(field: str, given: str, value: Value) -> None:
    assert parse_edit(field, given) == value


@pytest.mark.parametrize(
    ("field", "given", "named"),
    [
        ("region", "火星", "火星"),
        ("effective_from", "2024年1月1日", "2024-01-31"),
        ("effective_from", "20240101", "2024-01-31"),
        ("published_on", "2023-02-29", "2023-02-29"),
        ("status", "valid", "not_yet_in_force"),
        ("title", "  ", "title"),
        ("status", "", "status"),
        ("title", "长" * 301, "300"),
        ("title", "甲\x00乙", "title"),
    ],
)
def test_a_value_that_cannot_be_is_named(field: str, given: str, named: str) -> None:
    with pytest.raises(MetadataError) as caught:
        parse_edit(field, given)
    assert named in caught.value.message("zh")
    assert named in caught.value.message("en")


@pytest.mark.parametrize(
    ("before", "values", "status"),
    [
        ("unknown", {"effective_until": date(2026, 5, 31)}, "lapsed"),
        ("current", {"effective_until": date(2026, 6, 1)}, "current"),
        ("current", {"effective_from": date(2026, 7, 1)}, "not_yet_in_force"),
        ("unknown", {"effective_from": date(2026, 1, 1)}, "current"),
        ("repealed", {"effective_from": date(2026, 1, 1)}, "repealed"),
        ("lapsed", {"effective_until": date(2030, 1, 1)}, "unknown"),
        ("current", {"effective_until": date(2020, 1, 1), "status": "amended"}, "amended"),
        ("lapsed", {"title": "甲"}, "lapsed"),
    ],
)
def test_the_status_follows_edited_dates(
    before: str, values: dict[str, Value], status: str
) -> None:
    document = replace(DOCUMENT, status=before)  # type: ignore[arg-type]
    assert apply_edits(document, edits(**values), TODAY).status == status


def test_no_edits_change_nothing() -> None:
    assert apply_edits(DOCUMENT, {}) is DOCUMENT


def test_an_end_before_the_start_is_refused() -> None:
    start, end = date(2024, 1, 1), date(2023, 12, 31)
    with pytest.raises(MetadataError, match="2023-12-31"):
        check_dates(replace(DOCUMENT, effective_from=start, effective_until=end))
    check_dates(replace(DOCUMENT, effective_from=start, effective_until=start))
    check_dates(replace(DOCUMENT, effective_until=end))
