from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.catalog import Catalog
from knowledge.errors import SearchIndexError
from knowledge.index_seal import seal_folder
from knowledge.lexical import write_lexical
from knowledge.search_index import SearchIndex
from knowledge.tokenization import query_terms
from tests.fakes import HashEmbedder
from tests.policies import NATIONAL, ORDINANCE, STATIONS, keys, policy, put

EMBEDDER = HashEmbedder()
GANSU = policy("甘肃省社会工作条例", ORDINANCE)
YUNNAN = policy("云南省乡镇社工站办法", STATIONS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with two documents and indexes in step; copied by the tests."""
    home = tmp_path_factory.mktemp("built")
    with Catalog(home / "catalog.sqlite3") as catalog:
        put(catalog, GANSU, EMBEDDER)
        put(catalog, YUNNAN, EMBEDDER)
        assert SearchIndex(home / "index").synchronise(catalog) is True
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "home"))


@pytest.fixture
def catalog(home: Path) -> Iterator[Catalog]:
    with Catalog(home / "catalog.sqlite3") as opened:
        yield opened


@pytest.fixture
def index(home: Path) -> SearchIndex:
    return SearchIndex(home / "index")


def found(index: SearchIndex, words: str) -> tuple[set[int], set[int]]:
    """Keys that the dense and the lexical index find for `words`."""
    _, dense, lexical, _ = index.open()
    dense_keys, _ = dense.search(EMBEDDER.embed_query(words), 1000)
    lexical_keys, _ = lexical.search(query_terms(words), 1000)
    return set(dense_keys.tolist()), set(lexical_keys.tolist())


def current(index: SearchIndex) -> Path:
    return index.folder / (index.folder / "CURRENT").read_text("utf-8")


def test_both_indexes_hold_what_the_catalogue_holds(catalog: Catalog, index: SearchIndex) -> None:
    state = index.check(catalog)

    assert state.in_step
    assert state.problem == ""
    assert state.dense_passages == state.lexical_passages == catalog.count() > 0
    dense, lexical = found(index, "社会工作")
    assert dense == set(keys(catalog))
    assert lexical
    assert lexical <= dense
    # A passage is nearest to itself, by the file of vectors as by the index.
    _, _, _, vectors = index.open()
    for key, vector in catalog.vectors(keys(catalog)).items():
        assert vectors.cosines(vector, [key]) == pytest.approx({key: 1.0}, abs=1e-3)


def test_nothing_is_written_when_nothing_changed(catalog: Catalog, index: SearchIndex) -> None:
    before = current(index)
    assert index.synchronise(catalog) is False
    assert current(index) == before


def test_a_new_document_is_added_and_a_removed_one_taken_out(
    catalog: Catalog, index: SearchIndex
) -> None:
    old = set(keys(catalog))
    put(catalog, policy("志愿服务意见", NATIONAL), EMBEDDER)
    assert not index.check(catalog).in_step
    assert index.synchronise(catalog) is True
    added = set(keys(catalog)) - old
    assert index.check(catalog).in_step
    assert found(index, "志愿者服务证明")[1] & added

    gone = set(catalog.keys_of_version(1))
    catalog.remove_document(GANSU.id)
    assert index.synchronise(catalog) is True

    assert index.check(catalog).in_step
    dense, lexical = found(index, "社会工作 志愿者")
    assert dense == set(keys(catalog))
    assert not (dense | lexical) & gone


def test_a_library_that_becomes_empty_is_searched_without_an_error(
    catalog: Catalog, index: SearchIndex
) -> None:
    catalog.remove_document(GANSU.id)
    catalog.remove_document(YUNNAN.id)
    index.synchronise(catalog)

    assert index.check(catalog).in_step
    assert found(index, "社会工作") == (set(), set())


def _truncate(folder: Path, pattern: str) -> None:
    file = max(folder.rglob(pattern), key=lambda path: path.stat().st_size)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


DAMAGE: dict[str, Callable[[SearchIndex], object]] = {
    "a vector file cut in half": lambda index: _truncate(current(index) / "dense", "*.bin"),
    "a term file cut in half": lambda index: _truncate(current(index) / "lexical", "*.term"),
    "Chroma's database cut in half": lambda index: _truncate(current(index), "chroma.sqlite3"),
    "Tantivy's list of segments empty": lambda index: (
        current(index) / "lexical" / "meta.json"
    ).write_text(""),
    "the dense folder gone": lambda index: shutil.rmtree(current(index) / "dense"),
    "the lexical folder gone": lambda index: shutil.rmtree(current(index) / "lexical"),
    "the whole folder gone": lambda index: shutil.rmtree(current(index)),
    "all of it gone": lambda index: shutil.rmtree(index.folder),
    "CURRENT gone": lambda index: (index.folder / "CURRENT").unlink(),
    "CURRENT empty": lambda index: (index.folder / "CURRENT").write_text(""),
    "CURRENT names nothing": lambda index: (index.folder / "CURRENT").write_text("g0-none"),
    "CURRENT is no text": lambda index: (index.folder / "CURRENT").write_bytes(b"\xff\xfe\0g"),
    "the seal gone": lambda index: (current(index) / "SEAL").unlink(),
    "the seal is no JSON": lambda index: (current(index) / "SEAL").write_text("{"),
    "the seal is a list": lambda index: (current(index) / "SEAL").write_text("[]"),
    "the seal of another format": lambda index: (current(index) / "SEAL").write_text(
        '{"format": -1, "generation": 2, "files": {}}'
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_noticed(catalog: Catalog, index: SearchIndex, damage: str) -> None:
    DAMAGE[damage](index)

    assert index.generation() is None
    assert not index.check(catalog).in_step
    with pytest.raises(SearchIndexError) as caught:
        index.open()
    assert "index rebuild" in caught.value.message("zh")
    assert "index rebuild" in caught.value.message("en")


@pytest.mark.parametrize(
    "damage",
    [
        "a vector file cut in half",
        "the lexical folder gone",
        "CURRENT is no text",
        "all of it gone",
    ],
)
def test_damage_is_mended_from_the_catalogue_alone(
    catalog: Catalog, index: SearchIndex, damage: str
) -> None:
    # `synchronise` is not given an embedder: it cannot embed anything again.
    before = found(index, "专项资金")
    DAMAGE[damage](index)

    assert index.synchronise(catalog) is True

    assert index.check(catalog).in_step
    assert found(index, "专项资金") == before


def test_a_reader_of_the_old_folder_works_while_a_new_one_is_built(
    catalog: Catalog, index: SearchIndex
) -> None:
    _, dense, lexical, _ = index.open()
    query, terms = EMBEDDER.embed_query("专项资金"), query_terms("专项资金")
    before = dense.search(query, 50), lexical.search(terms, 50)
    put(catalog, policy("志愿服务意见", NATIONAL), EMBEDDER)
    index.synchronise(catalog)

    after = dense.search(query, 50), lexical.search(terms, 50)

    assert np.array_equal(before[0][0], after[0][0])
    assert np.array_equal(before[1][0], after[1][0])
    # A reader that opens now sees the new state.
    assert index.open()[1].size == catalog.count() > dense.size


def test_one_process_may_rebuild_again_and_again_with_a_reader_open(
    catalog: Catalog, index: SearchIndex
) -> None:
    for _ in range(2):
        index.open()
        assert index.synchronise(catalog, rebuild=True) is True
        assert index.check(catalog).in_step
        assert found(index, "社会工作")[0] == set(keys(catalog))


def test_the_remains_of_a_killed_build_are_removed(catalog: Catalog, index: SearchIndex) -> None:
    remains = index.folder / "g00000009-1-0"
    (remains / "dense").mkdir(parents=True)
    (remains / "dense" / "half.bin").write_bytes(b"half")
    in_use = current(index)
    put(catalog, policy("志愿服务意见", NATIONAL), EMBEDDER)

    index.synchronise(catalog)

    assert not remains.exists()
    # The folder that readers may still have open stays until the next build.
    assert {path for path in index.folder.iterdir() if path.is_dir()} == {in_use, current(index)}


def test_an_index_folder_that_cannot_be_written_says_so(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(SearchIndexError) as caught:
        SearchIndex(tmp_path / "file").synchronise(catalog)

    assert str(tmp_path / "file") in caught.value.message("zh")


def test_an_index_ahead_of_the_catalogue_is_built_anew(
    catalog: Catalog, index: SearchIndex, home: Path
) -> None:
    # An older copy of the catalogue was put in place by hand.
    for part in home.glob("catalog.sqlite3*"):
        shutil.copy2(part, home / f"older-{part.name}")
    put(catalog, policy("志愿服务意见", NATIONAL), EMBEDDER)
    index.synchronise(catalog)
    with Catalog(home / "older-catalog.sqlite3") as older:
        assert not index.check(older).in_step
        assert index.synchronise(older) is True
        assert index.check(older).in_step
        assert found(index, "社会工作")[0] == set(keys(older))


def test_an_index_that_does_not_add_up_is_built_anew(catalog: Catalog, index: SearchIndex) -> None:
    # Sealed and whole, but of other passages: a copy of it cannot be carried on.
    path = current(index)
    write_lexical(path / "lexical", [(99_999, ["多余"])])
    seal_folder(path, catalog.generation)
    put(catalog, policy("志愿服务意见", NATIONAL[:40]), EMBEDDER)
    assert index.synchronise(catalog) is True
    assert index.check(catalog).in_step


def test_damage_that_the_file_system_does_not_show_is_found_by_a_check(
    catalog: Catalog, index: SearchIndex
) -> None:
    vectors = max((current(index) / "dense").rglob("*.bin"), key=lambda path: path.stat().st_size)
    held = vectors.stat()
    vectors.write_bytes(bytes(255 - byte for byte in vectors.read_bytes()))
    os.utime(vectors, ns=(held.st_atime_ns, held.st_mtime_ns))
    assert not index.check(catalog).in_step
    index.synchronise(catalog, rebuild=True)
    assert index.check(catalog).in_step
