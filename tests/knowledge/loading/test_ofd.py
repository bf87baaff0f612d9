"""OFD: placed text in reading order, page by page."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from knowledge.document_builder import build_documents
from knowledge.errors import LoadError
from knowledge.loading import load_file

N = "http://www.ofdspec.org/2016"


def words(text: str, x: float, y: float, extra: str = "", inner: str = "") -> str:
    step = " ".join(["5"] * (len(text) - 1)) if len(text) < 4 else f"g {len(text) - 1} 5"
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 100 6" Size="5" Font="3" {extra}>{inner}'
        f'<ofd:TextCode X="0" Y="5" DeltaX="{step}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def make_ofd(path: Path, *pages: str, info: str = "", **extra: str) -> Path:
    listed = "".join(
        f'<ofd:Page ID="{i}" BaseLoc="Pages/P{i}/Content.xml"/>' for i in range(len(pages))
    )
    members = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{N}"><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{N}"><ofd:Pages>{listed}</ofd:Pages></ofd:Document>',
        **{
            f"Doc_0/Pages/P{i}/Content.xml": f'<ofd:Page xmlns:ofd="{N}"><ofd:Content><ofd:Layer>{page}'
            "</ofd:Layer></ofd:Content></ofd:Page>"
            for i, page in enumerate(pages)
        },
        **extra,
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_pieces_become_lines_in_reading_order(tmp_path: Path) -> None:
    first = (
        words("每站补贴", 20, 60)
        + words("关于社工站建设的通知", 40, 20)
        + words("20", 40, 60.8)
        + words("万元。", 50, 60)
        + f"<ofd:PageBlock>{words('各区民政局：', 20, 40)}</ofd:PageBlock>"
        + words("- 1 -", 90, 280)
    )
    second = words("第二页文字。", 20, 20) + words("— 2 —", 90, 280)
    info = (
        "<ofd:Title>关于社工站建设的通知</ofd:Title><ofd:Author>张三</ofd:Author><ofd:CustomDatas>"
        '<ofd:CustomData Name="发文字号">某民发〔2025〕12号</ofd:CustomData></ofd:CustomDatas>'
    )
    loaded = load_file(make_ofd(tmp_path / "通知.ofd", first, second, info=info))
    assert [(page.number, page.text) for page in loaded.pages] == [
        (1, "关于社工站建设的通知\n各区民政局：\n每站补贴20万元。"),
        (2, "第二页文字。"),
    ]
    (document,) = build_documents(loaded)
    assert (document.title, document.document_number) == (
        "关于社工站建设的通知", "某民发〔2025〕12号"
    )  # fmt: skip
    assert document.issuers == ()


def test_text_that_is_not_seen_is_left_out(tmp_path: Path) -> None:
    white = '<ofd:FillColor Value="255 255 255"/>'
    page = (
        words("看得见。", 20, 20)
        + words("忽略一", 20, 30, 'Visible="false"')
        + words("忽略二", 20, 40, 'Alpha="0"')
        + words("忽略三", 20, 50, "", white)
    )
    assert load_file(make_ofd(tmp_path / "x.ofd", page)).pages[0].text == "看得见。"


def test_running_headers_are_left_out(tmp_path: Path) -> None:
    pages = [words("某市民政局文件", 20, 10) + words(f"这一页是{text}。", 20, 30)
             for text in ("甲", "乙", "丙", "丁")]  # fmt: skip
    loaded = load_file(make_ofd(tmp_path / "x.ofd", *pages))
    assert [page.text for page in loaded.pages] == [f"这一页是{t}。" for t in "甲乙丙丁"]


def test_an_encrypted_file_and_one_without_text(tmp_path: Path) -> None:
    locked = make_ofd(tmp_path / "a.ofd", words("文字", 1, 1), **{"Encryptions.xml": "<x/>"})
    with pytest.raises(LoadError, match="加密"):
        load_file(locked)
    with pytest.raises(LoadError, match="没有文字"):
        load_file(make_ofd(tmp_path / "b.ofd", ""))


def test_steps_that_ask_for_billions_are_bounded(tmp_path: Path) -> None:
    page = words("文字文字。", 1, 1).replace("g 4 5", "g 999999999 5")
    assert load_file(make_ofd(tmp_path / "x.ofd", page)).pages[0].text == "文字文字。"


def test_pieces_of_two_sizes_on_one_line(tmp_path: Path) -> None:
    page = words("每站", 20, 60) + words("补贴", 30, 61).replace('Size="5"', 'Size="9"')
    assert load_file(make_ofd(tmp_path / "x.ofd", page)).pages[0].text == "每站补贴"
