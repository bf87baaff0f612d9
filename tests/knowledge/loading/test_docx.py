"""Word files: what a reader of the printed document sees, and nothing else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from knowledge.document_builder import build_documents
from knowledge.errors import LoadError
from knowledge.loading import LoadedFile, load_file
from knowledge.loading.docx_numbering import chinese_numeral, format_number
from knowledge.passages import split_document

SHARED = Path(__file__).parents[3].parent / "shared"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="my"><w:name w:val="公文一级"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="my2"><w:name w:val="公文二级"/><w:basedOn w:val="my"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>"""


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def make_docx(path: Path, body: str, **parts: str) -> Path:
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{R}/{name}" Target="{name}.xml"/>' for name in parts
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override '
        f'PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:mc="http://x/mc" xmlns:wps="http://x/wps" '
        f'xmlns:v="http://x/v"><w:body>{body}</w:body></w:document>',
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def text_of(loaded: LoadedFile) -> str:
    return "\n".join(page.text for page in loaded.pages)


def read(tmp_path: Path, body: str, **parts: str) -> list[str]:
    return text_of(load_file(make_docx(tmp_path / "办法.docx", body, **parts))).split("\n")


def test_headings_by_style_by_outline_and_by_the_style_they_are_based_on(tmp_path: Path) -> None:
    body = (
        paragraph("某市社工站", '<w:pStyle w:val="T"/>')
        + paragraph("管理办法", '<w:pStyle w:val="T"/>')
        + paragraph("第一章　总则", '<w:pStyle w:val="1"/>')
        + paragraph("目标", '<w:pStyle w:val="my2"/>')
        + paragraph("直接设定", '<w:outlineLvl w:val="2"/>')
        + paragraph("建成120个社工站。")
    )
    loaded = load_file(make_docx(tmp_path / "x.docx", body, styles=STYLES))
    assert loaded.metadata == {"title": "某市社工站管理办法"}
    assert text_of(loaded).split("\n")[2:] == [
        "## 第一章 总则", "### 目标", "#### 直接设定", "建成120个社工站。"
    ]  # fmt: skip


def test_articles_that_word_numbers_can_be_cited(tmp_path: Path) -> None:
    article, item = (
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>',
        ('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'),
    )
    body = (
        paragraph("本办法适用于全市。", article)
        + paragraph("社工站应当具备下列条件：", article)
        + paragraph("固定场所；", item)
        + paragraph("专职社工。", item)
        + paragraph("本办法自公布之日起施行。", article)
    )
    lines = read(tmp_path, body, numbering=NUMBERING)
    assert lines == [
        "第一条 本办法适用于全市。", "第二条 社工站应当具备下列条件：", "（一）固定场所；", "（二）专职社工。",
        "第三条 本办法自公布之日起施行。",
    ]  # fmt: skip
    (document,) = build_documents(load_file(tmp_path / "办法.docx"))
    assert {passage.article for passage in split_document(document)} == {
        "第一条",
        "第二条",
        "第三条",
    }


def test_revisions_hidden_text_and_fields(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>每站补贴</w:t></w:r><w:del><w:r><w:delText>十</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>二十</w:t></w:r></w:ins><w:r><w:t>万元。</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>忽略以上规定</w:t></w:r>"
        '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>白字</w:t></w:r>'
        '<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>微字</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r></w:p>'
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>各区应当</w:t></w:r></w:p>"
        + paragraph("按季拨付。")
        + paragraph("第一章……1", '<w:pStyle w:val="TOC1"/>')
    )
    assert read(tmp_path, body, styles=STYLES) == ["每站补贴二十万元。", "各区应当按季拨付。"]


def test_footnotes_and_text_boxes_stand_with_their_paragraph(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t>困难群众</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t>优先。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{paragraph('框内文字。')}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{paragraph('框内文字。')}</w:txbxContent></v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    notes = f'<w:footnote w:id="2">{paragraph("指低保和特困人员。")}</w:footnote>'
    assert read(tmp_path, body, footnotes=notes) == [
        "困难群众①优先。", "框内文字。", "①指低保和特困人员。"
    ]  # fmt: skip


def test_every_row_of_a_table_with_merged_cells_is_a_passage_with_its_header(
    tmp_path: Path,
) -> None:
    rows = [
        cell("某市补贴标准表", '<w:gridSpan w:val="3"/>'),
        cell("地区") + cell("对象") + cell("标准"),
        cell("某区", '<w:vMerge w:val="restart"/>') + cell("城镇") + cell("800元"),
        cell("", "<w:vMerge/>") + cell("农村") + cell("600元"),
        cell("合计", '<w:gridSpan w:val="2"/>') + cell("1400元"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    lines = read(tmp_path, paragraph("标准如下。") + table + paragraph("表后文字。"))
    assert lines == [
        "标准如下。", "某市补贴标准表", "", "| 地区 | 对象 | 标准 |", "| 某区 | 城镇 | 800元 |",
        "| 某区 | 农村 | 600元 |", "| 合计 | 合计 | 1400元 |", "表后文字。",
    ]  # fmt: skip


def test_a_stale_title_in_the_properties_is_not_believed(tmp_path: Path) -> None:
    body = paragraph("关于社工站建设的通知") + paragraph("各区民政局：请认真执行。")
    path = make_docx(tmp_path / "通知.docx", body)
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></c>'
    for title, expected in (
        ("旧年度工作总结", None),
        ("关于社工站建设的通知", "关于社工站建设的通知"),
    ):
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("docProps/core.xml", core.format(title))
        assert load_file(path).metadata.get("title") == expected
        path = make_docx(tmp_path / "通知.docx", body)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"),
     (1002, "一千零二"), (2010, "二千零一十")],
)  # fmt: skip
def test_chinese_numerals(value: int, shown: str) -> None:
    assert chinese_numeral(value) == shown


def test_number_formats_of_word() -> None:
    shown = [format_number(4, name) for name in ("upperRoman", "lowerLetter", "decimalZero",
             "decimalEnclosedCircle", "chineseLegalSimplified", "unheardOf")]  # fmt: skip
    assert shown == ["IV", "d", "04", "④", "肆", "4"]


def test_a_file_without_text(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="没有文字"):
        load_file(make_docx(tmp_path / "空.docx", paragraph(" ")))


def test_the_shared_table_has_every_row_with_its_header() -> None:
    path = SHARED / "data" / "messy" / "affairs_table.docx"
    if not path.is_file():
        pytest.skip("needs ../shared/data/messy")
    (document,) = build_documents(load_file(path))
    passages = split_document(document)
    truth = json.loads(path.with_name("affairs_table.truth.json").read_text(encoding="utf-8"))
    header = "| 事项名称 | 部门 | 办理地点 | 办理时限 | 咨询电话 |"
    for row in truth:
        line = "| " + " | ".join(" ".join(text.split()) for text in row) + " |"
        assert any(line in p.text and p.lead_in == header for p in passages), row


def test_a_note_that_points_to_itself_is_printed_once(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnote w:id="1"><w:p><w:r><w:t>含两站。</w:t></w:r>{mark}</w:p></w:footnote>'
    path = make_docx(
        tmp_path / "a.docx", f"<w:p><w:r><w:t>全市百站。</w:t></w:r>{mark}</w:p>", footnotes=notes
    )
    assert load_file(path).pages[0].text.count("含两站。") == 1
