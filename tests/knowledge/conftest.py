"""A small library of made-up policies for the tests of storage and retrieval."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever
from tests.fakes import HashEmbedder

LINJIANG = """---
title: 临江市社工站管理办法
region: 浙江
---

# 临江市社工站管理办法

第一条 为了规范社工站的管理，制定本办法。

第二条 每个社工站配备专职社工不少于三名。

第三条 社工站的经费列入年度预算，每站每年二十万元。
"""
NATIONAL = """---
title: 社会工作服务机构指引
region: 全国
---

社会工作服务机构应当公开服务内容。社会工作服务机构每年向登记机关报告一次。
"""
SICHUAN = """---
title: 江北省社工补贴通知
region: 四川
---

江北省对持证社工每人每月补贴三百元。
"""


class Home:
    """A home folder with its own embedder, and the texts that have been put into it."""

    def __init__(self, folder: Path, inputs: Path) -> None:
        self.folder = folder
        self.inputs = inputs
        self.embedder = HashEmbedder()
        inputs.mkdir(exist_ok=True)

    def write(self, name: str, text: str) -> str:
        path = self.inputs / name
        path.write_text(text, "utf-8")
        return str(path)

    @property
    def catalog(self) -> Path:
        return catalog_path(self.folder)

    @property
    def index(self) -> Path:
        return index_folder(self.folder)

    def retriever(self) -> HybridRetriever:
        return HybridRetriever(self.catalog, self.index, self.embedder)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "inputs")
