"""Made-up policies for tests: invented texts and figures, real names of provinces only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.catalog import Catalog
from knowledge.documents import Passage, PolicyDocument, content_hash
from knowledge.embedding import Embedder
from knowledge.facts import extract_facts
from knowledge.ingestion import embedded_text
from knowledge.passages import split_document
from knowledge.structure import find_headings

ORDINANCE = """第一章 总则
第一条 为了规范社会工作服务，制定本条例。
第二条 本省行政区域内的社会工作服务适用本条例。
第三条 社会工作者应当依法登记，并按照规定参加继续教育。
第二章 保障
第四条 省财政每年安排社会工作专项资金八百万元。
第五条 到2028年，乡镇社会工作站实现全覆盖。
"""
ORDINANCE_2026 = ORDINANCE.replace("八百万元", "一千二百万元")
STATIONS = """一、服务领域
乡镇社会工作站主要提供困境儿童陪伴、独居老人探访、社区矫正帮教等服务。
二、经费
每个站点每年补助十五万元，由省级福利彩票公益金承担。
"""
NATIONAL = """一、总体目标
全国各地应当建立志愿服务记录制度，并向志愿者出具服务证明。
二、经费
志愿服务所需经费列入同级财政预算。
"""


def policy(document_id: str, text: str, **fields: Any) -> PolicyDocument:
    """A document with the headings and the digest of its text."""
    base = PolicyDocument(
        id=document_id,
        title=document_id,
        source=f"{document_id}.md",
        text=text,
        sha256=content_hash(text),
        headings=find_headings(text),
    )
    return replace(base, **fields)


def put(
    catalog: Catalog, document: PolicyDocument, embedder: Embedder, *, facts: bool = True
) -> tuple[Passage, ...]:
    """Write one document in a transaction of its own, and return its passages."""
    with catalog.transaction():
        return write(catalog, document, embedder, facts=facts)


def write(
    catalog: Catalog, document: PolicyDocument, embedder: Embedder, *, facts: bool = True
) -> tuple[Passage, ...]:
    """Write one document within the caller's transaction."""
    passages = split_document(document)
    texts = [embedded_text(passage) for passage in passages]
    digests = [content_hash(text) for text in texts]
    catalog.add_vectors(zip(digests, embedder.embed_passages(texts), strict=True))
    found = extract_facts(document, passages) if facts else ()
    catalog.add_document(document, passages, digests, found)
    return passages


def keys(catalog: Catalog) -> list[int]:
    """Keys of all passages that may be retrieved."""
    found: list[int] = catalog.passage_versions()[0].tolist()
    return found


def files(folder: Path, texts: dict[str, str]) -> Sequence[str]:
    """Write `texts` by name into `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [str(folder / name) for name in texts]
