from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.index_probe import probe
from knowledge.lexical import write_lexical
from knowledge.tokenization import search_terms
from knowledge.vectors import write_dense
from tests.fakes import HashEmbedder

TEXTS = {1: "社会工作专项资金", 2: "困境儿童陪伴服务", 5: "志愿服务记录"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("g1")
    embedder = HashEmbedder()
    write_lexical(folder / "lexical", [(key, search_terms(text)) for key, text in TEXTS.items()])
    write_dense(folder / "dense", [(key, embedder.embed_query(t)) for key, t in TEXTS.items()])
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


def test_the_program_tells_by_its_exit_code(built: Path) -> None:
    command = [sys.executable, "-m", "knowledge.index_probe", str(built)]
    good = subprocess.run([*command, "3"], capture_output=True, text=True, check=False)
    bad = subprocess.run([*command, "4"], capture_output=True, text=True, check=False)

    assert (good.returncode, good.stderr) == (0, "")
    assert bad.returncode == 1
    assert "catalogue 4" in bad.stderr
