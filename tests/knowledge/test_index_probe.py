from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import index_prober
from knowledge.index_probe import probe
from knowledge.index_prober import probed
from knowledge.lexical import write_lexical
from knowledge.tokenization import search_terms
from knowledge.vector_file import stored
from knowledge.vectors import write_dense
from tests.fakes import HashEmbedder

TEXTS = {1: "社会工作专项资金", 2: "困境儿童陪伴服务", 5: "志愿服务记录"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("g1")
    embedder = HashEmbedder()
    write_lexical(folder / "lexical", [(key, search_terms(text)) for key, text in TEXTS.items()])
    rows = [(key, embedder.embed_query(text)) for key, text in TEXTS.items()]
    write_dense(folder / "dense", stored(folder / "vectors", rows, ()))
    return folder


def test_a_good_folder_passes(built: Path) -> None:
    assert probe(built, 3) == ""


@pytest.mark.parametrize("expected", [0, 2, 4])
def test_a_wrong_count_is_refused(built: Path, expected: int) -> None:
    problem = probe(built, expected)
    assert "3" in problem
    assert str(expected) in problem


def test_indexes_of_different_sizes_are_refused(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "g2"))
    write_lexical(folder / "lexical", [(9, ["多余"])])
    assert "lexical 4" in probe(folder, 3)
    assert "dense 3" in probe(folder, 4)


def test_a_folder_without_indexes_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in probe(tmp_path / "nothing", 0)


def test_a_lost_vector_is_noticed(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "g3"))
    assert list(stored(folder / "vectors", (), {5})) == []
    assert "vectors 2" in probe(folder, 3)


def test_other_vectors_are_noticed(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "g4"))
    rows = folder / "vectors" / "rows.f16"
    rows.write_bytes(bytes(len(rows.read_bytes())))
    assert "lost one" in probe(folder, 3)
    rows.write_bytes(rows.read_bytes()[: -len(rows.read_bytes()) // 3])
    assert "cannot be opened" in probe(folder, 3)


def test_one_program_answers_for_one_folder_after_the_other(built: Path, tmp_path: Path) -> None:
    assert probed(built, 3) == ""
    assert "catalogue 4" in probed(built, 4)
    assert "cannot be opened" in probed(tmp_path / "nothing", 0)
    assert probed(built, 3) == ""


def test_a_program_that_was_ended_is_started_again(built: Path) -> None:
    assert probed(built, 3) == ""
    assert index_prober._program is not None
    index_prober._program.end()
    assert probed(built, 3) == ""


DEADLY = """
import os, sys
from knowledge import index_probe
from knowledge.lexical import LexicalIndex

def opened(folder):
    if folder.parent.name == "deadly":
        os.abort()
    return LexicalIndex(folder)

index_probe.LexicalIndex = opened
index_probe.serve(sys.stdin, sys.stdout)
"""


def test_a_reader_that_dies_is_told_and_the_next_one_lives(built: Path, tmp_path: Path) -> None:
    deadly = shutil.copytree(built, tmp_path / "deadly")
    asked = "".join(json.dumps([str(folder), 3]) + "\n" for folder in (deadly, built))
    done = subprocess.run(
        [sys.executable, "-c", DEADLY], input=asked, capture_output=True, text=True, check=True
    )
    (_, died), (folder, good) = map(json.loads, done.stdout.splitlines())
    assert "died" in died
    assert (folder, good) == (str(built), "")
