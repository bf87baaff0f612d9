"""A sentence-transformers model that the settings name: a folder, or a name on the hub."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SAMPLED_WEIGHTS = 4096
"""Elements of each tensor that enter the fingerprint."""


def open_sentence_transformer(model: str, folder: Path, threads: int | None) -> SentenceTransformer:
    """Open a folder without the network, or a name from the cache and then from the hub.

    `folder` is `model` as a path. Raises `EmbeddingError`.
    """
    if not folder.is_dir() and (folder.is_absolute() or model.startswith((".", "~"))):
        raise EmbeddingError(
            f"找不到向量模型文件夹 {folder}。请检查设置中的路径。",
            f"There is no embedding model folder {folder}. Check the path in the settings.",
        )
    import torch
    from sentence_transformers import SentenceTransformer

    if threads is not None:
        torch.set_num_threads(threads)
    target = str(folder) if folder.is_dir() else model
    try:
        try:
            return SentenceTransformer(target, device="cpu", local_files_only=True)
        except Exception:
            if folder.is_dir():
                raise
            return SentenceTransformer(target, device="cpu")
    except Exception as error:  # the library raises many kinds, most of them OSError
        raise EmbeddingError(
            f"无法加载向量模型 {target}（{first_line(error)}）。请检查名称或文件夹；"
            "按名称加载需要联网或本地缓存。去掉该设置即使用随附模型。",
            f"Cannot load the embedding model {target} ({first_line(error)}). Check the name or "
            "folder; a name needs the network or a local cache. Without this setting the bundled "
            "model is used.",
        ) from error


def identity_of(
    transformer: SentenceTransformer, query_prompt: str | None, passage_prompt: str | None
) -> str:
    """Digest of prompts, module settings and a sample of every weight.

    A sample, because a large model has gigabytes; another training changes all of them.
    """
    digest = hashlib.sha256()
    settings: list[Any] = [query_prompt, passage_prompt, transformer.prompts]
    for module in transformer:
        config: dict[str, Any] = getattr(module, "get_config_dict", dict)()
        settings += [type(module).__name__, config]
    settings.append(transformer.get_max_seq_length())
    digest.update(json.dumps(settings, sort_keys=True, default=str).encode())
    for name, tensor in sorted(transformer.state_dict().items()):
        flat = tensor.detach().flatten()
        sample = flat[:: max(1, len(flat) // _SAMPLED_WEIGHTS)].float().cpu().numpy()
        digest.update(f"{name}{tuple(tensor.shape)}{tensor.dtype}".encode())
        digest.update(sample.tobytes())
    return digest.hexdigest()[:16]


def first_line(error: Exception) -> str:
    """The first line of a message, for a sentence of our own."""
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
