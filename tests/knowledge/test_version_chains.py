from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from knowledge.catalog_reader import VersionInfo
from knowledge.documents import PolicyDocument
from knowledge.rule_names import rule_name
from knowledge.version_chains import VersionChains

TODAY = date(2026, 11, 24)


def rule(title: str, day: str | None, **fields: Any) -> PolicyDocument:
    begins = date.fromisoformat(day) if day else None
    identity = fields.pop("id", f"{title}{day}{fields.get('region')}")
    return PolicyDocument(identity, title, effective_from=begins, **fields)


def chains(*documents: PolicyDocument) -> VersionChains:
    """Versions numbered from 1 in the order given."""
    versions = {n: VersionInfo(n, document, True) for n, document in enumerate(documents, 1)}
    return VersionChains(versions, TODAY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("社工条例", "社工条例（2018修正）"),
        ("社工条例", "社工条例(2020-12-30)"),
        ("社工条例", "社工条例（2018年12月29日第二次修正）"),
        ("社工条例", "社工条例（2020年修订版）"),
        ("社工法", "中华人民共和国社工法"),
        ("实施《社工法》办法", "实施〈中华人民共和国社工法〉办法"),
        ("社工站办法", "社工站办法（试行）"),
        ("社工站办法", "关于印发《社工站办法》的通知"),
    ],
)
def test_names_of_one_rule(one: str, other: str) -> None:
    assert rule_name(one) == rule_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("社工解释（二）", "社工解释（三）"),
        ("甘肃省社工条例", "社工条例"),
        ("社工条例", "社工条例（征求意见稿）"),
        ("社工条例", "社工条例实施细则"),
    ],
)
def test_names_of_two_rules(one: str, other: str) -> None:
    assert rule_name(one) != rule_name(other)


def test_the_later_of_two_files_replaces_the_earlier_from_its_first_day() -> None:
    found = chains(
        rule("社工条例（2018修正）", "2018-03-01", region="甘肃"),
        rule("社工条例", "2012-01-01", region="甘肃"),
    )
    assert found.chain(1) == found.chain(2) == (2, 1)
    assert found.usable() == {1}
    assert found.former() == {2}
    assert found.standing_on(date(2018, 2, 28)) == {2}
    assert found.standing_on(date(2018, 3, 1)) == {1}
    assert found.standing_on(date(2011, 1, 1)) == set()
    assert (found.status(1), found.status(2)) == ("unknown", "amended")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Another place, another issuer of a rule that is no statute, a title that names no rule.
        ({"title": "社工条例", "region": "甘肃"}, {"title": "社工条例", "region": "云南"}),
        (
            {"title": "社工意见", "issuers": ("民政部",)},
            {"title": "社工意见", "issuers": ("教育部",)},
        ),
        ({"title": "社工在行动"}, {"title": "社工在行动"}),
    ],
)
def test_documents_of_one_name_that_replace_nothing(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    found = chains(rule(day="2012-01-01", **one), rule(day="2018-01-01", **other))
    assert found.usable() == {1, 2}


def test_a_congress_and_its_standing_committee_are_one_issuer() -> None:
    found = chains(
        rule("社工决定", "2012-01-01", issuers=("甘肃省人民代表大会",)),
        rule("社工决定", "2018-01-01", issuers=("甘肃省人民代表大会常务委员会",)),
    )
    assert found.usable() == {2}


def test_of_two_files_one_without_a_date_neither_is_dropped() -> None:
    assert chains(rule("社工条例", None), rule("社工条例", "2018-01-01")).usable() == {1, 2}


def test_a_text_that_is_not_in_force_yet_waits_for_its_day() -> None:
    found = chains(rule("社工条例", "2012-01-01"), rule("社工条例", "2027-01-01"))
    assert found.usable() == {1}
    assert found.upcoming(1) == 2
    assert found.status(2) == "not_yet_in_force"
    assert found.standing_on(date(2027, 1, 1)) == {2}
    # Where it is the first of its rule, it is all there is to say.
    assert chains(rule("社工条例", "2027-01-01")).usable() == {1}


def test_a_source_that_turns_to_the_coming_text_leaves_the_present_one_in_use() -> None:
    found = chains(rule("社工条例", "2012-01-01", id="a"), rule("社工条例", "2027-01-01", id="a"))
    assert found.usable() == {1}


def test_a_later_reading_of_a_source_corrects_the_one_of_the_same_day() -> None:
    found = chains(rule("社工条例", "2012-01-01", id="a"), rule("社会条例", "2012-01-01", id="a"))
    assert found.usable() == found.standing_on(date(2013, 1, 1)) == {2}
    assert found.former() == set()


def test_a_reading_without_a_date_begins_when_it_was_read() -> None:
    read = datetime(2026, 3, 1, tzinfo=UTC)
    found = chains(
        rule("办事页", "2020-01-01", id="a"), rule("办事页", None, id="a", retrieved_at=read)
    )
    assert found.standing_on(date(2026, 2, 28)) == {1}
    assert found.standing_on(TODAY) == found.usable() == {2}


@pytest.mark.parametrize(
    ("repeals", "fields"),
    [
        (("社工站旧办法",), {}),
        (("甘肃省〈社工站旧办法〉",), {"title": "甘肃省《社工站旧办法》"}),
        (("甘民发〔2010〕3号",), {"document_number": "甘民发〔2010〕3号"}),
    ],
)
def test_a_rule_ends_where_another_repeals_it(
    repeals: tuple[str, ...], fields: dict[str, Any]
) -> None:
    title = fields.pop("title", "社工站旧办法")
    found = chains(
        rule(title, "2010-01-01", region="甘肃", **fields),
        rule("社工站条例", "2020-01-01", region="甘肃", supersedes=repeals),
    )
    assert found.usable() == {2}
    assert found.status(1) == "repealed"
    assert found.life(1).ended_by == 2
    assert found.standing_on(date(2019, 12, 31)) == {1}
    assert found.standing_on(date(2020, 1, 1)) == {2}


def test_a_rule_is_not_repealed_by_one_of_another_place_or_one_before_it() -> None:
    found = chains(
        rule("社工站办法", "2010-01-01", region="甘肃"),
        rule("社工站条例", "2020-01-01", region="云南", supersedes=("社工站办法",)),
        rule("社工条例", "2005-01-01", region="甘肃", supersedes=("社工站办法",)),
    )
    assert 1 in found.usable()


def test_a_text_past_its_term_is_kept_and_flagged() -> None:
    found = chains(rule("社工站办法", "2018-01-01", effective_until=date(2021, 12, 31)))
    assert found.usable() == {1}
    assert found.status(1) == "lapsed"
    assert found.standing_on(date(2022, 1, 1)) == set()


def test_what_was_to_come_when_it_was_read_is_in_force_today() -> None:
    found = chains(rule("社工站办法", "2026-11-01", status="not_yet_in_force"))
    assert found.status(1) == "current"
