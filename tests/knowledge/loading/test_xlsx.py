"""Spreadsheets: every row with its header, values as the sheet shows them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from knowledge.document_builder import build_documents
from knowledge.errors import LoadError
from knowledge.loading import LoadedFile, load_file
from knowledge.loading.cell_format import format_code, show_number
from knowledge.passages import split_document

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<styleSheet xmlns="{S}"><numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="180"/></cellXfs></styleSheet>'
)
STRINGS = f'<sst xmlns="{S}"><si><t>地区</t></si><si><r><t>标</t></r><r><t>准</t></r><rPh><t>biaozhun</t></rPh></si></sst>'


def make_xlsx(path: Path, **sheets: str) -> Path:
    names = list(sheets)
    entries = "".join(
        f'<sheet name="{name.strip("_")}" sheetId="{i}" r:id="r{i}"{" state=" + chr(34) + "hidden" + chr(34) if name.endswith("_") else ""}/>'
        for i, name in enumerate(names)
    )
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{R}/worksheet" Target="worksheets/s{i}.xml"/>'
        for i in range(len(names))
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{R}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        f'<Relationship Id="a" Type="{R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="b" Type="{R}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": STRINGS,
    }
    for i, name in enumerate(names):
        members[f"xl/worksheets/s{i}.xml"] = f'<worksheet xmlns="{S}">{sheets[name]}</worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def rows(*lines: str) -> str:
    return "<sheetData>" + "".join(f"<row>{line}</row>" for line in lines) + "</sheetData>"


def text_of(loaded: LoadedFile) -> str:
    return "\n".join(page.text for page in loaded.pages)


STANDARD = (
    "<sheetData>"
    f'<row r="1">{text("A1", "某市社工补贴标准表")}</row>'
    f'<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>{text("C2", "起始")}{text("D2", "比例")}</row>'
    f'<row r="3">{text("A3", "某区")}<c r="B3"><f>A1*2</f><v>1200.1000000000001</v></c><c r="C3" s="1"><v>45717</v></c><c r="D3" s="2"><v>0.35</v></c></row>'
    f'<row r="4"><c r="B4"><v>800</v></c><c r="C4" s="3"><v>45748</v></c><c r="D4" t="e"><v>#REF!</v></c></row>'
    f'<row r="6">{text("A6", "级别")}{text("B6", "津贴")}</row><row r="7">{text("A7", "助理")}<c r="B7"><v>200</v></c></row>'
    '</sheetData><mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A3:A4"/></mergeCells>'
)  # fmt: skip


def test_rows_with_merged_cells_dates_shares_and_formulas(tmp_path: Path) -> None:
    loaded = load_file(make_xlsx(tmp_path / "标准.xlsx", 补贴=STANDARD))
    assert text_of(loaded).split("\n") == [
        "## 补贴", "某市社工补贴标准表", "",
        "| 地区 | 标准 | 起始 | 比例 |",
        "| 某区 | 1200.1 | 2025-03-01 | 35% |",
        "| 某区 | 800 | 2025年4月1日 |  |",
        "",
        "| 级别 | 津贴 |",
        "| 助理 | 200 |",
    ]  # fmt: skip
    assert loaded.metadata["title"] == "某市社工补贴标准表"


def test_several_sheets_keep_their_headers_and_hidden_ones_stay_out(tmp_path: Path) -> None:
    first = rows(text("A1", "事项") + text("B1", "时限"), text("A2", "登记") + text("B2", "五日"))
    second = rows(
        text("A1", "部门") + text("B1", "电话"), text("A2", "民政") + text("B2", "一二三")
    )
    path = make_xlsx(tmp_path / "x.xlsx", Sheet1=first, Sheet2=second, 秘密_=first)
    assert "秘密" not in text_of(load_file(path))
    (document,) = build_documents(load_file(path))
    found = {passage.lead_in: passage.text for passage in split_document(document)}
    assert found == {
        "| 事项 | 时限 |": "| 登记 | 五日 |",
        "| 部门 | 电话 |": "| 民政 | 一二三 |",
    }


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("0.30000000000000004", "", "0.3"),
        ("12000000", "", "12000000"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("0.125", "0.0%", "12.5%"),
        ("45717.5", "yyyy-mm-dd h:mm", "2025-03-01 12:00"),
        ("45717", 'yyyy"年"m"月"', "2025年3月"),
        ("0.75", "h:mm", "18:00"),
        ("7", "000", "007"),
        ("5", '0"元/天"', "5"),
        ("1E+400", "", "1E+400"),
        ("不是数", "0.00", "不是数"),
    ],
)
def test_numbers_as_the_sheet_shows_them(value: str, code: str, shown: str) -> None:
    assert show_number(value, code, from_1904=False) == shown


def test_a_workbook_without_text(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="没有文字"):
        load_file(make_xlsx(tmp_path / "空.xlsx", 表=rows("")))


def test_a_merge_over_the_whole_sheet_does_not_fill_the_memory(tmp_path: Path) -> None:
    sheet = rows(text("A1", "甲") + text("B1", "乙"), text("A2", "丙丁") + text("B2", "戊"))
    sheet += '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    # What lies under a merged cell is not shown.
    assert text_of(load_file(make_xlsx(tmp_path / "x.xlsx", 表=sheet))).startswith("甲")


def test_a_column_beyond_the_last_is_refused_not_left_out(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "宽.xlsx", 表=rows(text("A1", "甲") + text("SS1", "丢不得")))
    with pytest.raises(LoadError, match="512 列"):
        load_file(path)


def test_a_merge_over_a_million_rows_is_refused_or_bounded(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="A1:SR1048576"/></mergeCells>'
    alone = make_xlsx(tmp_path / "a.xlsx", 表=rows(text("A1", "名单")) + merged)
    assert load_file(alone).pages[0].text == "名单"
    apart = f'<sheetData><row r="1">{text("A1", "名单")}</row><row r="1048576">{text("A1048576", "甲")}</row></sheetData>'
    with pytest.raises(LoadError, match="格的上限"):
        load_file(make_xlsx(tmp_path / "b.xlsx", 表=apart + merged))


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_date_beyond_the_calendar_is_shown_as_its_number(from_1904: bool) -> None:
    shown = show_number("2958465.99999", "yyyy-mm-dd", from_1904=from_1904)
    assert shown == "2958465.99999"
    assert len(format_code(180, {180: "0" * 100_000})) == 255
