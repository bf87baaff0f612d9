"""Vectors beside the indexes: what was put in is found by its key, and only that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import SearchIndexError
from knowledge.vector_file import VectorFile, stored

X = np.array([1, 0, 0], np.float32)
Y = np.array([0, 1, 0], np.float32)
BETWEEN = np.array([0.6, 0.8, 0], np.float32)


def put(folder: Path, *rows: tuple[int, np.ndarray], gone: tuple[int, ...] = ()) -> list[int]:
    return [key for key, _ in stored(folder, rows, gone)]


def test_rows_are_passed_on_and_found_by_their_keys(tmp_path: Path) -> None:
    assert put(tmp_path, (4, X), (9, Y), (7, BETWEEN)) == [4, 9, 7]
    found = VectorFile(tmp_path).cosines(X, [9, 4, 7])
    assert list(found) == [9, 4, 7]
    assert found == pytest.approx({9: 0.0, 4: 1.0, 7: 0.6}, abs=1e-3)


def test_keys_that_are_not_held_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, (4, X), (9, Y))
    vectors = VectorFile(tmp_path)
    assert vectors.cosines(X, [3, 4, 5, 10]) == {4: 1.0}
    assert vectors.cosines(X, []) == {}


def test_what_is_gone_goes_and_what_is_new_comes(tmp_path: Path) -> None:
    put(tmp_path, (1, X), (2, Y), (3, X))
    put(tmp_path, (2, BETWEEN), (4, Y), gone=(1, 2))
    vectors = VectorFile(tmp_path)
    assert vectors.size == 3
    assert vectors.cosines(X, [1, 2, 3, 4]) == pytest.approx({2: 0.6, 3: 1.0, 4: 0.0}, abs=1e-3)


def test_a_library_may_be_emptied_and_filled_again(tmp_path: Path) -> None:
    put(tmp_path, (1, X))
    put(tmp_path, gone=(1,))
    assert VectorFile(tmp_path).cosines(X, [1]) == {}
    put(tmp_path, (2, Y))
    assert VectorFile(tmp_path).cosines(Y, [1, 2]) == {2: 1.0}


def test_an_open_file_stays_as_it_was_opened(tmp_path: Path) -> None:
    put(tmp_path, (1, X), (2, Y))
    before = VectorFile(tmp_path)
    put(tmp_path, (3, Y), gone=(1,))
    assert before.cosines(X, [1, 2, 3]) == {1: 1.0, 2: 0.0}


def test_a_file_that_was_cut_off_is_told(tmp_path: Path) -> None:
    put(tmp_path, (1, X), (2, Y))
    path = tmp_path / "rows.f16"
    path.write_bytes(path.read_bytes()[:-6])  # a whole row
    with pytest.raises(SearchIndexError, match="index rebuild"):
        VectorFile(tmp_path)


def test_the_nearest_are_found_in_their_order(tmp_path: Path) -> None:
    put(tmp_path, (4, X), (7, BETWEEN), (9, Y), (12, X))
    keys, cosines = VectorFile(tmp_path).search(X, 3)
    assert keys.tolist() == [4, 12, 7]
    assert cosines.tolist() == pytest.approx([1.0, 1.0, 0.6], abs=1e-3)
    assert VectorFile(tmp_path).search(Y, 100)[0].tolist() == [9, 7, 4, 12]
    put(tmp_path, gone=(4, 7, 9, 12))
    assert VectorFile(tmp_path).search(X, 3)[0].tolist() == []
