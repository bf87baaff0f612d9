"""Files made to harm: refused or bounded with a clear sentence, in time and memory."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from tests.fuzz.runner import Runner
from tests.fuzz.samples import PAGE, samples
from tests.knowledge.loading.test_docx import W, make_docx, paragraph
from tests.knowledge.loading.test_epub import HEAD, make_epub
from tests.knowledge.loading.test_ofd import make_ofd, words
from tests.knowledge.loading.test_pptx import make_pptx, shape
from tests.knowledge.loading.test_xlsx import make_xlsx, rows, text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
FOLDED = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"甲" * 50_000}">]>'


def zipped(members: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def nested_zip() -> bytes:
    data = zipped({"word/document.xml": bytes(30_000_000)})
    for _ in range(4):
        data = zipped({"word/document.xml": data, "_rels/.rels": data})
    return data


def word_part(content: str) -> Callable[[Path], bytes]:
    """A Word file with other XML for its main part."""

    def make(path: Path) -> bytes:
        data = make_docx(path, paragraph("正文。")).read_bytes()
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        return zipped({**members, "word/document.xml": content.encode()})

    return make


def word(body: str, **parts: str) -> Callable[[Path], bytes]:
    return lambda path: make_docx(path, body, **parts).read_bytes()


def sheet(*lines: str, after: str = "") -> Callable[[Path], bytes]:
    return lambda path: make_xlsx(path, 表=rows(*lines) + after).read_bytes()


def locked_pdf(path: Path) -> bytes:
    data = BytesIO()
    canvas = Canvas(data, encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    canvas.drawString(50, 700, "Care subsidy")
    canvas.save()
    return data.getvalue()


def nest(tag: str, depth: int, inner: str = "深处的字，一个句子。") -> str:
    return f"<{tag}>" * depth + inner + f"</{tag}>" * depth


def tables(depth: int) -> str:
    return "<table><tr><td>" * depth + "深处的字，一个句子。" + "</td></tr></table>" * depth


SELF_NOTE = '<w:footnote w:id="1"><w:p><w:r><w:t>注</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>'
STYLE_RING = "".join(
    f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 5000}"/></w:style>'
    for n in range(5000)
)
WIDE_FORMAT = f'formatCode="{"0" * 100_000}"'

# Name of the file, how to make it, what comes of it ("" for either).
HOSTILE: dict[str, tuple[str, Callable[[Path], bytes] | bytes | str, str]] = {
    "zip bomb": ("炸.docx", zipped({"_rels/.rels": bytes(100_000_000)}), "refused"),
    "zip in zip": ("套.docx", nested_zip(), "refused"),
    "lzma member": ("压.docx", b"PK\x03\x04" + bytes(4) + b"\x0e\x00" + bytes(200), "refused"),
    "ten thousand members": ("多.epub", zipped({str(n): b"" for n in range(12_000)}), "refused"),
    "billion laughs": ("笑.docx", word_part(f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><x>&a9;</x>'), "refused"),
    "quadratic entities": ("方.docx", word_part(FOLDED + "<x>" + "&a;" * 50_000 + "</x>"), "refused"),
    "external entity": ("外.docx", word_part('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'), "refused"),
    "entities in a book": (
        "书.epub", lambda path: make_epub(path, **{"OEBPS/Text/a.xhtml": f'<!DOCTYPE html [<!ENTITY a0 "ha">{LAUGHS}]>'
                                                   + HEAD.partition("<html")[2].replace(' xmlns', "<html xmlns", 1) + "<p>&a9;</p>"}).read_bytes(), ""),
    "ten million tags": ("签.docx", word_part(f'<w:document xmlns:w="{W}"><w:body>{"<w:p/>" * 8_000_000}</w:body></w:document>'), "refused"),
    "deep word tables": ("深.docx", word(nest("w:tbl", 60, "").replace("<w:tbl>", "<w:tbl><w:tr><w:tc>").replace("</w:tbl>", "</w:tc></w:tr></w:tbl>")
                                        + paragraph("正文。")), "taken"),
    "a note that points to itself": ("注.docx", word(
        '<w:p><w:r><w:t>正文。</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', footnotes=SELF_NOTE), "taken"),
    "a ring of styles": ("环.docx", word(paragraph("正文。", '<w:pStyle w:val="s0"/>') * 3000, styles=STYLE_RING), "taken"),
    "50,000 columns": ("宽.xlsx", sheet("".join(f'<c t="inlineStr"><is><t>列{n}</t></is></c>' for n in range(50_000)),
                                      text("A2", "值")), "refused"),
    "a merge over a million rows": ("并.xlsx", sheet(
        text("A1", "甲") + text("B1", "乙"), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), ""),
    "cells a million rows apart": ("远.xlsx", lambda path: make_xlsx(
        path, 表=f'<sheetData><row r="1">{text("A1", "甲")}</row><row r="1048576">{text("B1048576", "乙")}</row></sheetData>'
        '<mergeCells><mergeCell ref="A1:SR1048576"/></mergeCells>').read_bytes(), ""),
    "a date after the last": ("日.xlsx", sheet('<c r="A1" s="1"><v>2958465.99999</v></c>' + text("B1", "甲"),
                                             '<c r="A2" s="1"><v>1e40</v></c><c r="B2" s="2"><v>-1e-40</v></c>'), "taken"),
    "one line of OFD": ("行.ofd", lambda path: make_ofd(path, words("甲乙丙", 1, 1) * 30_000).read_bytes(), "taken"),
    "deep markup": ("深.html", nest("div", 100_000), ""),
    "deep inline markup": ("嵌.html", "<p>第一条 甲。</p>" + nest("b", 50_000), ""),
    "markup that nobody closes": ("开.html", "<p>第一条 甲。<font><b>" * 250, "taken"),
    "tables in tables": ("表.html", tables(120), "taken"),
    "tables in tables beside others": ("众.html", tables(40) * 50, "taken"),
    "a million tags": ("签.html", "<p>第一条 甲。" * 600_000, "refused"),
    "20,000 items": ("项.html", "<ol>" + "<li>专职社工不少于三名。" * 20_000 + "</ol>", "taken"),
    "40,000 broken lines": ("行.html", "<p>" + "各区应当加强社工站的建设与管理工作并且<br>" * 40_000 + "</p>", ""),
    "a heading of 100,000 lines": ("题.html", "<p>第一条 甲乙。</p><h2>" + "字<br>" * 100_000 + "</h2>", ""),
    "white on a long style": ("白.html", f'<body style="{"x:y;" * 200_000}"><p>第一条 甲。</p>'
                              + "<font color=white>看不见</font>" * 3_000, ""),
    "words that are one and two": ("词.html", "<p>第一条 甲。</p>" + "".join(f"<p>{'返回首页' * 28}{n}</p>" for n in range(50)), "taken"),
    "a comment that never ends": ("注.html", PAGE + "<!--" * 200_000, ""),
    "deep JSON": ("深.jsonl", '{"id":"a","text":' + "[" * 200_000 + "]" * 200_000 + '}\n{"id":"b","text":"正文。"}', "taken"),
    "a number of 100,000 digits": ("数.jsonl", '{"id":' + "9" * 100_000 + ',"text":"甲"}\n{"id":"b","text":"正文。"}', "taken"),
    "deep YAML": ("深.md", "---\na: " + "[" * 60_000 + "\n---\n正文。", "taken"),
    "laughing YAML": ("笑.md", "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"b{n}: &b{n} [{','.join(['*' + ('a' if n == 0 else f'b{n - 1}')] * 9)}]\n" for n in range(9)) + "---\n正文。", "taken"),
    "one line of a megabyte": ("长.txt", "各区应当加强社工站的建设与管理工作" * 20_000, "taken"),
    "only blanks": ("空.txt", "\u200b\u2060\ufeff\u3000\n" * 1000, "refused"),
    "only signs": ("符.txt", "——……！\n" * 1000, "refused"),
    "empty": ("无.txt", b"", "refused"),
    "a lone mark": ("标.txt", b"\xef\xbb\xbf", "refused"),
    "a lone UTF-16 mark": ("标16.txt", b"\xff\xfe", "refused"),
    "a lone UTF-32 mark": ("标32.txt", b"\xff\xfe\x00\x00", "refused"),
    "UTF-16 without mark": ("双.txt", "第一条 社工站配备社工。".encode("utf-16-le") * 20, "taken"),
    "half a UTF-16 character": ("半.txt", "社工".encode("utf-16") + b"\x00", "refused"),
    "surrogates in UTF-16": ("代.txt", b"\xff\xfe" + b"\x00\xd8" * 10, "refused"),
    "locked office file": ("锁.docx", OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "refused"),
    "locked PDF": ("锁.pdf", locked_pdf, "refused"),
    "empty docx": ("空.docx", b"", "refused"),
    "empty pdf": ("空.pdf", b"", "refused"),
    "empty picture": ("空.png", b"", "refused"),
    "noise for a picture": ("噪.jpg", bytes(range(256)) * 10, "refused"),
    **{f"legacy {suffix}": (f"旧.{suffix}", OLE + bytes(2000), "refused") for suffix in ("doc", "wps", "xls", "ppt", "et", "dps")},
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files(runner: Runner, tmp_path: Path, case: str) -> None:
    name, content, expected = HOSTILE[case]
    data = content.encode() if isinstance(content, str) else content
    if callable(data):
        data = data(tmp_path / name)
    outcome = runner.file(name, data, case)
    assert outcome == (expected or outcome)


def test_names_nobody_would_choose(runner: Runner, tmp_path: Path) -> None:
    names = [b"\xff\xfe\xb9\xab.txt", b"a\nb.txt", b"tab\tname.txt", b"-rf.txt", b"'; drop.txt", b"$(x).txt",
             "\u202etxt.exe.txt".encode(), b"\x1b[31m.txt", b"\xff.docx", b"a\nb.pdf", b"\xff.jsonl", b"\xff.doc", b"."]  # fmt: skip
    for raw in names:
        path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), raw)))
        if raw != b".":
            try:
                path.write_bytes(
                    b"" if raw.endswith((b".docx", b".pdf")) else "第一条 甲。".encode()
                )
            except OSError:
                continue  # a file system that wants UTF-8
        runner.path(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("suffix", [".txt", ".pdf", ".docx", ".jsonl", ".html", ".png"])
def test_pipes_and_devices_are_not_waited_for(runner: Runner, tmp_path: Path, suffix: str) -> None:
    pipe, device = tmp_path / f"管{suffix}", tmp_path / f"零{suffix}"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    assert (runner.path(pipe), runner.path(device)) == ("refused", "refused")


def test_a_presentation_that_repeats_one_slide(runner: Runner, tmp_path: Path) -> None:
    data = make_pptx(tmp_path / "a.pptx", shape("标题", 0)).read_bytes()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    main = members["ppt/presentation.xml"]
    entry = main[main.index(b"<p:sldId ") : main.index(b"</p:sldIdLst>")]
    members["ppt/presentation.xml"] = main.replace(entry, entry * 100_000)
    assert runner.file("片.pptx", zipped(members), "100,000 slides") == "refused"


def test_a_format_that_asks_for_100_000_zeros(runner: Runner, tmp_path: Path) -> None:
    cells = [f'<c r="A{n}" s="3"><v>{n}</v></c>' + text(f"B{n}", "甲") for n in range(1, 5001)]
    data = make_xlsx(tmp_path / "a.xlsx", 表=rows(*cells)).read_bytes()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    styles = members["xl/styles.xml"]
    old = styles[styles.index(b'formatCode="') : styles.index(b"/>", styles.index(b'formatCode="'))]
    members["xl/styles.xml"] = styles.replace(old, WIDE_FORMAT.encode())
    assert runner.file("式.xlsx", zipped(members), "wide format") == "taken"


def test_every_format_under_every_other_name(runner: Runner, tmp_path: Path) -> None:
    found = samples(tmp_path / "samples")
    suffixes = sorted({Path(name).suffix for name in found})
    for name, data in found.items():
        for suffix in suffixes:
            if suffix != ".pdf":
                runner.file(f"换{suffix}", data, f"{name} as {suffix}")


def test_json_lines_name_each_bad_line(runner: Runner, tmp_path: Path) -> None:
    lines = ['{"id": "a", "text": "\\ud800正文。", "title": "\\udc00题", "metadata": {"\\ud800": "\\u0000x"}}',
             '{"id": "\\ud800", "text": "甲"}', '{"id": "x\\u2028y", "text": "甲"}', "\\u0000", "NaN", '{"id":1e999,"text":"a"}',
             json.dumps({"id": "b", "text": "正文。", "metadata": {"published_on": "9" * 5000, "region": "省" * 5000}})]  # fmt: skip
    assert runner.file("线.jsonl", "\n".join(lines).encode()) == "taken"
