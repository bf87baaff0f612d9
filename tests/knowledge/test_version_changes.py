from __future__ import annotations

from datetime import date
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.version_changes import VersionChange, changes_between
from tests.fakes import HashEmbedder
from tests.policies import ORDINANCE, ORDINANCE_2026, policy, put


def test_a_version_is_compared_with_the_one_before(tmp_path: Path) -> None:
    first = policy("条例", ORDINANCE, region="甘肃")
    second = policy("条例", ORDINANCE_2026, region="甘肃", effective_from=date(2026, 1, 1))
    longer = ORDINANCE_2026 + "第六条 本条例由省民政厅解释。\n"
    third = policy("条例", longer, region="甘肃", effective_from=date(2026, 1, 1))
    with Catalog(tmp_path / "catalog.sqlite3") as catalog:
        for document in (first, second, third):
            put(catalog, document, HashEmbedder())
        changes = changes_between(catalog, catalog.history("条例"))
    assert changes == (
        None,
        VersionChange(("effective_from",), passages_new=1, passages_gone=1),
        VersionChange((), passages_new=1, passages_gone=0),
    )


def test_of_no_versions_nothing_changed(tmp_path: Path) -> None:
    with Catalog(tmp_path / "catalog.sqlite3") as catalog:
        assert changes_between(catalog, ()) == ()
