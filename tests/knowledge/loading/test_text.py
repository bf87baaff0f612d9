"""Text and Markdown files in every encoding, and the sentences for what is no text."""

from __future__ import annotations

import codecs
import importlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import loading
from knowledge.errors import LoadError
from knowledge.loading import SUPPORTED_SUFFIXES, LoadedFile, load_file
from knowledge.loading.encodings import decode_text
from knowledge.loading.text import load_text, split_front_matter

SHARED = Path(__file__).parents[3].parent / "shared"

SIMPLIFIED = (
    "关于加强社会工作服务站建设的通知\n各区民政局：\n到2027年，全市建成120个社工站，"
    "每站配备不少于3名专职社工。\n"
)
TRADITIONAL = (
    "關於加強社會工作服務站建設的通知\n各區民政局：\n到2027年，全市建成120個社工站，"
    "每站配備不少於3名專職社工。\n"
)


def text_of(loaded: LoadedFile) -> str:
    return "".join(page.text for page in loaded.pages)


def failure(path: Path) -> LoadError:
    with pytest.raises(LoadError) as caught:
        load_file(path)
    error = caught.value
    # One sentence a user can read, in both languages.
    for message in (error.message_zh, error.message_en):
        assert message and "\n" not in message and "Traceback" not in message
    return error


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("gb18030", b""),
        ("gbk", b""),
    ],
)
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, SIMPLIFIED[:16]])
def test_chinese_text_is_exact_in_every_encoding(
    tmp_path: Path, encoding: str, mark: bytes, text: str
) -> None:
    if "16" in encoding and not mark and "\n" not in text:
        text += "\n"
    path = tmp_path / "通知.txt"
    path.write_bytes(mark + text.encode(encoding))
    loaded = load_file(path)
    assert text_of(loaded) == text
    assert loaded.kind == "text"
    assert loaded.source == str(path)


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs"])
@pytest.mark.parametrize("length", [17, 400])
def test_big5_is_told_from_gb18030(tmp_path: Path, encoding: str, length: int) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(TRADITIONAL[:length].encode(encoding))
    assert text_of(load_file(path)) == TRADITIONAL[:length]


def test_western_text_is_read_too(tmp_path: Path) -> None:
    text = "Le travail social à l’école est un métier très utile, déjà reconnu en 1990.\n" * 3
    path = tmp_path / "note.txt"
    path.write_bytes(text.encode("cp1252"))
    assert text_of(load_file(path)) == text


def test_rare_characters_of_gb18030_survive(tmp_path: Path) -> None:
    text = SIMPLIFIED + "㐂𠮷村社工䶮某负责。\n"
    path = tmp_path / "名单.txt"
    path.write_bytes(text.encode("gb18030"))
    assert text_of(load_file(path)) == text


@given(
    st.text(alphabet=st.sampled_from("的社会工作服务站，。建设年2027三名\n 不齉龘"), min_size=30)
)
def test_gb18030_never_comes_out_wrong(text: str) -> None:
    # Reading it as something else would put words into a policy that it does not hold.
    try:
        decoded = decode_text(text.encode("gb18030"), "x.txt")
    except LoadError:
        return
    assert decoded.text == text or sum(ch in "的社会工作服务站建设年三名不，。" for ch in text) < 15


@pytest.mark.parametrize("content", [b"", b"  \n\t\r\n", codecs.BOM_UTF8, "\u3000\n".encode()])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "空.txt"
    path.write_bytes(content)
    assert "空文件" in failure(path).message_zh


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"PK\x03\x04" + b"word/document.xml" * 5,
        b"\x7fELF\x02\x01\x01" + bytes(20),
        b"MZ\x90\x00\x03" + bytes(80),
        b"\xff\xd8\xff\xe0" + b"JFIF" * 20,
        b"abc\x00def\x00\x01\x02" * 30,
        bytes(range(256)) * 8,
        b"\x01\x02\x03\x04policy" * 50,
    ],
    ids=["pdf", "png", "zip", "elf", "exe", "jpeg", "nul", "all bytes", "controls"],
)
def test_a_binary_posing_as_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "政策.txt"
    path.write_bytes(content)
    error = failure(path)
    assert "不是文本" in error.message_zh
    assert "does not contain text" in error.message_en


def test_a_damaged_utf8_file_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(SIMPLIFIED.encode() + b"\xe5\xbc\n" + SIMPLIFIED.encode())
    assert "第 4 行" in failure(path).message_zh


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_cut_off_file_is_refused_not_mended(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(SIMPLIFIED.strip().removesuffix("。").encode(encoding)[:-1])
    assert "损坏" in failure(path).message_zh


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.write_text(SIMPLIFIED * 10, encoding="utf-8")
    with pytest.raises(LoadError, match="上限"):
        load_text(path, max_bytes=500)
    assert text_of(load_text(path, max_bytes=path.stat().st_size)) == SIMPLIFIED * 10


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file"
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "密.txt"
    path.write_text(SIMPLIFIED, encoding="utf-8")
    path.chmod(0)
    assert "权限" in failure(path).message_zh


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "找不到" in failure(tmp_path / "无.txt").message_zh
    folder = tmp_path / "夹.txt"
    folder.mkdir()
    assert "不是普通文件" in failure(folder).message_zh


def test_an_unknown_format_lists_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "图.xyz"
    path.write_bytes(b"x")
    error = failure(path)
    assert all(suffix in error.message_zh for suffix in SUPPORTED_SUFFIXES)


@pytest.mark.parametrize(("name", "better"), [("旧.doc", ".docx"), ("旧.WPS", ".docx")])
def test_a_legacy_format_says_how_to_convert(tmp_path: Path, name: str, better: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    error = failure(path)
    assert "另存为" in error.message_zh and better in error.message_zh
    assert "save it as" in error.message_en


def test_every_suffix_has_a_loader() -> None:
    assert {".txt", ".md", ".markdown"} <= SUPPORTED_SUFFIXES
    for target in loading._LOADERS.values():
        module, function = target.split(":")
        assert callable(getattr(importlib.import_module(module), function))


def test_form_feeds_separate_numbered_pages(tmp_path: Path) -> None:
    path = tmp_path / "两页.txt"
    path.write_text("第一页的文字\f第二页的文字\f", encoding="utf-8")
    pages = load_file(path).pages
    assert [(page.number, page.text) for page in pages] == [
        (1, "第一页的文字"),
        (2, "第二页的文字"),
    ]


def test_front_matter_becomes_metadata_and_the_body_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "简报.md"
    path.write_text(
        "---\ntitle: 某市社工站建设办法\nissuers:\n  - 某市民政局\n  - 某市财政局\n"
        "published_on: 2025-07-19\ndocument_number: 012\n---\n\n# 总则\n\n- 建站点\n- 配人员\n",
        encoding="utf-8",
    )
    loaded = load_file(path)
    assert loaded.kind == "markdown"
    assert loaded.metadata == {
        "title": "某市社工站建设办法",
        "issuers": "某市民政局、某市财政局",
        "published_on": "2025-07-19",
        "document_number": "012",
    }
    assert text_of(loaded) == "# 总则\n\n- 建站点\n- 配人员\n"


@pytest.mark.parametrize(
    "text",
    [
        "---\n正文第一段。\n---\n第二段。",
        "---\n没有结束的横线\n",
        "正文\n\n---\ntitle: 不是\n---\n",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


def test_front_matter_that_is_no_yaml_is_read_by_line() -> None:
    fields, body = split_front_matter("---\ntitle: 通知: [关于\nregion: 广西\n---\n正文")
    assert fields == {"title": "通知: [关于", "region": "广西"}
    assert body == "正文"


@pytest.mark.parametrize(
    "block",
    [
        "a: !!python/object/apply:os.system ['true']",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: 好",
        "[" * 5000,
    ],
    ids=["code", "aliases", "nesting"],
)
def test_hostile_front_matter_does_nothing(block: str) -> None:
    fields, body = split_front_matter(f"---\n{block}\n---\n正文")
    assert all(isinstance(value, str) and len(value) < 100 for value in fields.values())
    assert body.endswith("正文")


def test_the_shared_encoding_samples_are_exact() -> None:
    folder = SHARED / "data" / "messy"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/messy")
    truth = (folder / "encoding.truth.txt").read_text(encoding="utf-8")
    for path in sorted(folder.glob("encoding_*.txt")):
        assert text_of(load_file(path)).replace("\r\n", "\n") == truth, path.name
