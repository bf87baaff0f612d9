"""The evaluation's own reading of statutes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from evals.ingestion.statutes import Statute, chains, in_force, read_statutes
from tests.evals.ingestion.data import write_law


def laws(folder: Path) -> tuple[Statute, ...]:
    return read_statutes(folder)


def test_articles_are_the_lines_that_open_with_a_number(tmp_path: Path) -> None:
    write_law(
        tmp_path / "海城" / "活动室条例.md",
        "海城活动室条例",
        "## 第一章 总则",
        "第一条 为了办好活动室，制定本条例。",
        "第二条 活动室每天开放。\n\n第一条所称活动室，由社区管理。",
        "## 第二章 附则",
        "第二条之一 本条例自2020年5月1日起施行。",
        "附件：活动室名单\n\n第一条街一号",
    )
    (law,) = laws(tmp_path)
    assert law.title == "海城活动室条例" and law.region == "海城"
    assert law.articles == (
        ("第一条", "第一条 为了办好活动室，制定本条例。"),
        ("第二条", "第二条 活动室每天开放。\n\n第一条所称活动室，由社区管理。"),
        ("第二条之一", "第二条之一 本条例自2020年5月1日起施行。"),
    )
    assert law.article("第二条之一") and law.article("第九条") is None


def test_a_number_that_stands_twice_names_no_article(tmp_path: Path) -> None:
    write_law(tmp_path / "海城" / "a.md", "甲", "第一条 一。", "第二条 二。", "第一条 又一。")
    (law,) = laws(tmp_path)
    assert law.unique_articles() == ("第二条",)
    assert law.article("第一条") is None


def test_versions_are_ordered_by_their_start_and_the_last_begun_is_in_force(
    tmp_path: Path,
) -> None:
    start = "第二条 本条例自2020年5月1日起施行。"
    late = "第二条 本条例自2031年1月1日起施行。"
    folder = tmp_path / "海城"
    write_law(folder / "活动室条例.md", "海城活动室条例", "第一条 旧。", start)
    # An amended law repeats the start of its first version.
    write_law(folder / "活动室条例(2024-03-02).md", "海城活动室条例", "第一条 新。", start)
    write_law(folder / "活动室条例(2030-12-01).md", "海城活动室条例", "第一条 将来。", late)
    write_law(tmp_path / "山城" / "活动室条例.md", "山城活动室条例", "第一条 山。")
    found = chains(laws(tmp_path))
    assert sorted(len(chain) for chain in found) == [1, 3]
    chain = max(found, key=len)
    assert [version.starts for version in chain] == [
        date(2020, 5, 1),
        date(2024, 3, 2),
        date(2031, 1, 1),
    ]
    assert in_force(chain, date(2019, 1, 1)).article("第一条") == "第一条 旧。"
    assert in_force(chain, date(2026, 1, 1)).article("第一条") == "第一条 新。"
    assert in_force(chain, date(2031, 1, 1)).article("第一条") == "第一条 将来。"
