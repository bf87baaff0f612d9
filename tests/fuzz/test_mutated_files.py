"""Damaged files of every format: a clear sentence or sound documents, never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.mutations import mutated
from tests.fuzz.runner import Runner
from tests.fuzz.samples import pictures, samples

MUTATIONS = 140
"""Of each file; with the PDF and the pictures about 1,900."""
OF_A_PDF, OF_A_PICTURE = 16, 3
"""What their text layer does not say is read from the picture: a second or more each."""
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "messy"
NAMES = (
    "办法.txt", "国标.txt", "大五码.txt", "双字节.txt", "办法.md", "网页.html", "国标网页.html", "多份.jsonl",
    "通知.pdf", "通知.docx", "名单.xlsx", "讲稿.pptx", "汇编.epub", "通知.ofd",
)  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return samples(tmp_path_factory.mktemp("samples"))


def test_every_sample_goes_in_as_it_is(runner: Runner, files: dict[str, bytes]) -> None:
    assert set(files) == set(NAMES)
    assert [name for name, data in files.items() if runner.file(name, data) != "taken"] == []


@pytest.mark.parametrize("name", NAMES)
def test_damaged_files(runner: Runner, files: dict[str, bytes], name: str) -> None:
    many = OF_A_PDF if name.endswith(".pdf") else MUTATIONS
    outcomes = {
        runner.file(name, mutated(name, files[name], seed), f"mutated({name!r}, …, {seed})")
        for seed in range(many)
    }
    # Damage that never spoils a file, or always does, would test nothing.
    # One bad line of JSON leaves the others.
    assert outcomes >= ({"taken"} if name.endswith(".jsonl") else {"taken", "refused"})


@pytest.mark.parametrize("name", list(pictures()))
def test_damaged_pictures(runner: Runner, name: str) -> None:
    data = pictures()[name]
    for seed in range(OF_A_PICTURE):
        runner.file(name, mutated(name, data, seed), f"mutated({name!r}, …, {seed})")


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/messy")
def test_damaged_files_of_the_real_world(runner: Runner) -> None:
    # Not the scans: they only take long.
    found = [path for path in sorted(SHARED.iterdir()) if path.suffix in (".docx", ".txt", ".html", ".pdf")
             and "scan" not in path.name and "truth" not in path.name]  # fmt: skip
    assert found
    for path in found:
        data = path.read_bytes()
        for seed in range(2 if path.suffix == ".pdf" else 20):
            label = f"mutated({path.name!r}, …, {seed})"
            runner.file(path.name, mutated(path.name, data, seed), label)
