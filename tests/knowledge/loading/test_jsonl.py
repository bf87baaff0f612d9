"""JSON lines: good lines go in, bad lines are named, none stops the others."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from knowledge.errors import LoadError
from knowledge.loading.jsonl import JsonlDocument, JsonlProblem, load_jsonl


def write(path: Path, *lines: object) -> Path:
    shown = (x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
    path.write_text("\n".join(shown) + "\n", encoding="utf-8")
    return path


def test_documents_come_in_order_with_their_metadata(tmp_path: Path) -> None:
    path = write(
        tmp_path / "库.jsonl",
        {
            "id": "a",
            "title": "甲办法",
            "text": "正文甲",
            "metadata": {
                "region": "广西",
                "issuers": ["民政厅", "财政厅"],
                "year": 2025,
                "x": None,
            },
        },
        "",
        {"id": 7, "text": "正文乙"},
    )
    assert list(load_jsonl(path)) == [
        JsonlDocument(
            "a",
            "甲办法",
            "正文甲",
            {"region": "广西", "issuers": "民政厅、财政厅", "year": "2025"},
            1,
        ),
        JsonlDocument("7", "", "正文乙", {}, 3),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "b", "text": "断', "JSON"),
        ('["不是对象"]', "对象"),
        ('{"text": "没有编号"}', "id"),
        ('{"id": "", "text": "空编号"}', "id"),
        ('{"id": true, "text": "真假"}', "id"),
        ('{"id": "b"}', "text"),
        ('{"id": "b", "text": "  "}', "text"),
        ('{"id": "b", "text": 5}', "text"),
        ('{"id": "b", "text": "好", "title": ["x"]}', "title"),
        ('{"id": "b", "text": "好", "metadata": "x"}', "metadata"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_in(tmp_path: Path, line: str, reason: str) -> None:
    path = write(tmp_path / "库.jsonl", {"id": "a", "text": "甲"}, line, {"id": "c", "text": "丙"})
    first, bad, last = load_jsonl(path)
    assert isinstance(first, JsonlDocument) and isinstance(last, JsonlDocument)
    assert isinstance(bad, JsonlProblem)
    assert bad.line == 2
    assert "第 2 行" in bad.error.message_zh and reason in bad.error.message_zh
    assert "Line 2" in bad.error.message_en


def test_a_line_over_the_limit_is_skipped_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "库.jsonl", {"id": "a", "text": "长" * 1000}, {"id": "b", "text": "短"})
    bad, good = load_jsonl(path, max_line_bytes=100)
    assert isinstance(bad, JsonlProblem) and bad.line == 1
    assert isinstance(good, JsonlDocument) and (good.id, good.line) == ("b", 2)


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "库.jsonl"
    path.write_bytes('{"id": "a", "text": "甲"}\n'.encode("gb18030") + b'{"id":"b","text":"b"}')
    bad, good = load_jsonl(path)
    assert isinstance(bad, JsonlProblem) and "UTF-8" in bad.error.message_zh
    assert isinstance(good, JsonlDocument)


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = write(tmp_path / "库.jsonl", {"id": "a", "text": "甲"}, "{bad")
    documents = load_jsonl(path)
    assert isinstance(next(documents), JsonlDocument)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_or_missing_file_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "空.jsonl"
    with pytest.raises(LoadError, match="找不到"):
        list(load_jsonl(path))
    path.write_bytes(content)
    with pytest.raises(LoadError, match="空文件"):
        list(load_jsonl(path))


def test_what_cannot_be_stored_never_leaves_the_file(tmp_path: Path) -> None:
    path = write(
        tmp_path / "库.jsonl",
        r'{"id": "\ud800", "text": "甲"}',
        r'{"id": "b\nc", "text": "甲"}',
        r'{"id": "d", "text": "\u200b\u3000"}',
        r'{"id": "e", "text": "正文。", "title": "题\ud800\n目\u0000", "metadata": {"region": "\u0007浙江"}}',
    )
    *bad, good = load_jsonl(path)
    assert [line.line for line in bad if isinstance(line, JsonlProblem)] == [1, 2, 3]
    assert isinstance(good, JsonlDocument)
    assert (good.title, good.metadata) == ("题\ufffd 目", {"region": "浙江"})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    with pytest.raises(LoadError, match="普通文件"):
        list(load_jsonl(tmp_path / "a.jsonl"))
