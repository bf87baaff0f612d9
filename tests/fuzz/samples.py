"""Small real files of every format that goes in, made here."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.knowledge.loading.test_docx import NUMBERING, STYLES, cell, make_docx, paragraph
from tests.knowledge.loading.test_epub import make_epub
from tests.knowledge.loading.test_ofd import make_ofd, words
from tests.knowledge.loading.test_pptx import make_pptx, shape
from tests.knowledge.loading.test_xlsx import make_xlsx, rows
from tests.knowledge.loading.test_xlsx import text as cell_text

POLICY = """临江市民政局关于加强社工站建设的通知
临民发〔2025〕12号

各区民政局：
为了加强社工站建设，现就有关事项通知如下。
一、总体目标
到2027年，全市建成社工站120个，实现乡镇（街道）全覆盖。
二、经费保障
（一）每站每年补助20万元，由市、区两级财政按6:4分担。
（二）福利彩票公益金用于社会工作服务的比例不低于百分之三十五。
第一条 社工站配备专职社工不少于三名。
第二条 专职社工每人每月补贴三百元，自2025年3月1日起施行，有效期5年。
附件：1.社工站名单
临江市民政局
2025年2月20日
"""
MARKDOWN = f"""---
title: 社工站管理办法
issuers: [临江市民政局, 临江市财政局]
published_on: 2025-02-20
---

# 社工站管理办法

{POLICY}

| 地区 | 站数 | 经费 |
|---|---|---|
| 东区 | 12 | 240万元 |
| 西区 | 8 | 160万元 |
"""
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于加强社工站建设的通知_临江市民政局</title>
<meta name="ArticleTitle" content="关于加强社工站建设的通知"><style>.x{display:none}</style></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/zc">政策</a></div>
<table><tr><td>索引号：</td><td>000014349/2025-00012</td><td>发文字号：</td><td>临民发〔2025〕12号</td></tr>
<tr><td>发文机关：</td><td>临江市民政局</td><td>成文日期：</td><td>2025年02月20日</td></tr></table>
<h1>关于加强社工站建设的通知</h1><div id="UCAP-CONTENT"><p>各区民政局：</p>
<p>到2027年，全市建成社工站120个，<b>实现</b>乡镇（街道）全覆盖。</p><p class="x">看不见的字</p>
<ol><li>每站每年补助20万元。</li><li>专职社工不少于三名。</li></ol>
<table><thead><tr><th>地区</th><th colspan="2">站数</th></tr></thead><tbody><tr><td rowspan="2">东区</td><td>12</td><td>240万元</td></tr>
<tr><td>8</td><td>160万元</td></tr></tbody></table></div>
<div class="footer">版权所有 &copy; 临江市民政局 &#x7b2c; 京ICP备1号</div></body></html>"""
LINES = "\n".join(
    json.dumps({"id": str(number), "title": f"办法{number}", "text": POLICY, "metadata": {"region": "浙江"}},
               ensure_ascii=number % 2 == 0) for number in range(4)
)  # fmt: skip


def samples(folder: Path) -> dict[str, bytes]:
    """Name → content: one small real file of each format."""
    found = {
        "办法.txt": POLICY.encode(),
        "国标.txt": POLICY.encode("gb18030"),
        "大五码.txt": POLICY.replace("专", "專").replace("设", "設").encode("big5", "ignore"),
        "双字节.txt": POLICY.encode("utf-16"),
        "办法.md": MARKDOWN.encode(),
        "网页.html": PAGE.encode(),
        "国标网页.html": PAGE.replace('"utf-8"', '"gb2312"').encode("gb18030"),
        "多份.jsonl": LINES.encode(),
        "通知.pdf": _pdf(),
    }
    folder.mkdir(exist_ok=True)
    for path in (
        _docx(folder / "通知.docx"),
        make_xlsx(folder / "名单.xlsx", 名单=_sheet(), 说明=_sheet()),
        make_pptx(folder / "讲稿.pptx", shape("社工站建设", 0, kind="title") + shape(POLICY, 10),
                  shape("第二页", 0, kind="title") + _slide_table()),
        make_epub(folder / "汇编.epub"),
        make_ofd(folder / "通知.ofd",
                 *("".join(words(line, 20, 20 + 8 * row) for row, line in enumerate(POLICY.split("\n")) if line)
                   for _ in range(2)), info="<ofd:Title>通知</ofd:Title>"),
    ):  # fmt: skip
        found[path.name] = path.read_bytes()
    return found


def pictures() -> dict[str, bytes]:
    """Images: reading them takes recognition, a second or so each."""
    picture = Image.new("RGB", (640, 200), "white")
    font = ImageFont.load_default(30)
    ImageDraw.Draw(picture).text((30, 30), "Care subsidy 600 yuan", fill="black", font=font)
    found = {}
    for suffix in ("png", "jpeg", "tiff", "bmp", "webp"):
        data = BytesIO()
        picture.save(data, suffix)
        found[f"照片.{suffix}"] = data.getvalue()
    return found


def _pdf() -> bytes:
    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    data = BytesIO()
    # The same bytes on every run, or no mutation could be made again.
    canvas = Canvas(data, pagesize=(595, 842), invariant=1)
    for _ in range(2):
        for row, line in enumerate(POLICY.split("\n")):
            canvas.setFont(font, 12)
            canvas.drawString(60, 780 - 20 * row, line)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _docx(path: Path) -> Path:
    first = cell("地区") + cell("站数", '<w:gridSpan w:val="2"/>')
    second = cell("东区", '<w:vMerge w:val="restart"/>') + cell("12") + cell("240万元")
    third = cell("", "<w:vMerge/>") + cell("8") + cell("160万元")
    table = "".join(f"<w:tr>{row}</w:tr>" for row in (first, second, third))
    noted = (
        '<w:p><w:r><w:t>全市一百个。</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    body = (
        paragraph("关于加强社工站建设的通知", '<w:pStyle w:val="T"/>')
        + paragraph("总体目标", '<w:pStyle w:val="1"/>')
        + paragraph(
            "本办法适用于全市。", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
        )
        + noted
        + "".join(paragraph(line) for line in POLICY.split("\n"))
        + f"<w:tbl>{table}</w:tbl>"
    )
    notes = f'<w:footnote w:id="2">{paragraph("含两个筹建站。")}</w:footnote>'
    return make_docx(path, body, styles=STYLES, numbering=NUMBERING, footnotes=notes)  # fmt: skip


def _sheet() -> str:
    return (
        rows(
            cell_text("A1", "社工站名单"),
            "",
            cell_text("A3", "地区") + cell_text("B3", "站数") + cell_text("C3", "成立日期"),
            cell_text("A4", "东区") + '<c r="B4"><v>12</v></c><c r="C4" s="1"><v>45000</v></c>',
            cell_text("A5", "西区")
            + '<c r="B5" s="2"><v>0.35</v></c><c r="C5" s="3"><v>45001</v></c>',
        )
        + '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
    )


def _slide_table() -> str:
    cells = "".join(
        f"<a:tc><a:txBody><a:p><a:r><a:t>{word}</a:t></a:r></a:p></a:txBody></a:tc>"
        for word in "甲乙丙"
    )
    return (
        '<p:graphicFrame><p:xfrm><a:off x="0" y="500"/></p:xfrm><a:graphic><a:graphicData><a:tbl>'
        f"<a:tr>{cells}</a:tr><a:tr>{cells}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )  # fmt: skip
