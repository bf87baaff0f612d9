"""Libraries that an evaluation ingests once and uses again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evals.retrieval.code_version import code_files, code_version
from evals.retrieval.prepared_home import prepared_home
from evals.retrieval.question import RetrievalData, SourceText
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path
from tests.fakes import HashEmbedder

TEXTS = ("活动室由社区管理。", "食堂供应热汤。", "运动会七月三日举行。")
DATA = RetrievalData(
    "small", tuple(SourceText(f"d{at}", f"文件{at}", text) for at, text in enumerate(TEXTS)), ()
)


def prepared(data: RetrievalData, embedder: HashEmbedder, folder: Path) -> Path:
    return prepared_home(data, embedder, folder, lambda text: None)


def titles(home: Path) -> list[str]:
    with Catalog(catalog_path(home)) as catalog:
        return [document.title for document in catalog.documents()]


def test_a_library_is_ingested_once(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    home = prepared(DATA, embedder, tmp_path)
    assert titles(home) == ["文件0", "文件1", "文件2"] and embedder.texts_embedded == 3
    assert prepared(DATA, embedder, tmp_path) == home
    assert embedder.texts_embedded == 3


def test_what_was_not_finished_goes_on(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    home = prepared(DATA, embedder, tmp_path)
    (home / "complete.json").unlink()
    assert prepared(DATA, embedder, tmp_path) == home
    assert embedder.texts_embedded == 3 and (home / "complete.json").is_file()


def test_an_index_behind_its_catalogue_is_brought_up_to_date(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    home = prepared(DATA, embedder, tmp_path)
    (home / "index" / "CURRENT").unlink()
    prepared(DATA, embedder, tmp_path)
    assert (home / "index" / "CURRENT").is_file()


def test_changed_documents_make_another_library_with_the_known_vectors(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    before = prepared(DATA, embedder, tmp_path)
    new = SourceText("d3", "文件3", "图书馆九点开门。")
    more = replace(DATA, documents=(*DATA.documents, new))
    home = prepared(more, embedder, tmp_path)
    assert home != before and len(titles(home)) == 4 and len(titles(before)) == 3
    assert embedder.texts_embedded == 4, "only the new text is embedded"


def test_vectors_of_another_model_are_not_taken(tmp_path: Path) -> None:
    before = prepared(DATA, HashEmbedder(), tmp_path)
    other = HashEmbedder(31)
    assert prepared(DATA, other, tmp_path) != before
    assert other.texts_embedded == 3


def test_a_damaged_older_library_is_no_obstacle(tmp_path: Path) -> None:
    broken = catalog_path(tmp_path / "small-broken")
    broken.parent.mkdir()
    broken.write_bytes(b"this is no database, but it is long enough to look at" * 40)
    assert len(titles(prepared(DATA, HashEmbedder(), tmp_path))) == 3


def test_code_that_only_searches_leaves_a_library_as_it_is() -> None:
    names = {path.name for path in code_files()}
    assert {"passages.py", "structure.py", "metadata.py", "jsonl.py", "tokenization.py"} <= names
    assert not {"retrieval.py", "fusion.py", "synonyms.py", "pdf.py", "html.py"} & names
    assert code_version() == code_version()
