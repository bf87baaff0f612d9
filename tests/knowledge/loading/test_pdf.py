"""PDF files: text layer, columns, tables, furniture, scans, and files that cannot be read."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from knowledge.cleaning import clean_text
from knowledge.errors import LoadError
from knowledge.loading import LoadedFile, load_file, pdf_pages
from knowledge.loading.page_layout import RUNS_ON

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
SENTENCES = (
    "街道社工站每季度走访困难老人家庭一次，并把走访情况记入服务档案。",
    "专职社工的岗位津贴按月发放，标准由县级民政部门会同财政部门确定。",
    "项目资金实行专账管理，任何单位和个人不得截留、挤占或者挪用。",
    "服务对象对评估结果有异议的，可以在十个工作日内申请复核。",
    "志愿者参加培训满三十学时，由培训机构出具书面证明。",
)


def write_pdf(
    path: Path, *pages: Callable[[Canvas], None], size: tuple[float, float] = (595, 842)
) -> Path:
    canvas = Canvas(str(path), pagesize=size)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def draw_lines(
    canvas: Canvas, x: float, y: float, lines: Sequence[str], size: float = 12, lead: float = 20
) -> float:
    """`lines` from the baseline `y` downwards, indents as moves; the next baseline."""
    for line in lines:
        canvas.setFont(FONT, size)
        text = line.lstrip("\u3000")
        canvas.drawString(x + (len(line) - len(text)) * size, y, text)
        y -= lead
    return y


def wrapped(text: str, width: int, indent: int = 2) -> list[str]:
    lines, line = [], "\u3000" * indent
    for character in text:
        if len(line) >= width and character not in "，。、":
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def whole_text(loaded: LoadedFile) -> str:
    text = ""
    for page in loaded.pages:
        text += page.text.removesuffix(RUNS_ON)
        text += "" if page.text.endswith(RUNS_ON) else "\n"
    return clean_text(text)


def test_wrapped_lines_become_paragraphs_and_headings_stay_alone(tmp_path: Path) -> None:
    first, second = "".join(SENTENCES[:2]), "".join(SENTENCES[2:4])

    def page(canvas: Canvas) -> None:
        draw_lines(canvas, 180, 740, ["社工站经费管理办法"], size=22)
        y = draw_lines(canvas, 80, 690, ["\u3000\u3000一、总体要求"])
        y = draw_lines(canvas, 80, y, wrapped(first, 36))
        draw_lines(canvas, 80, y, wrapped(second, 36))

    loaded = load_file(write_pdf(tmp_path / "a.pdf", page))
    assert whole_text(loaded).split("\n") == [
        "社工站经费管理办法",
        "一、总体要求",
        first,
        second,
    ]
    assert loaded.kind == "pdf"
    assert loaded.articles == ()


def test_running_header_footer_and_page_number_are_left_out(tmp_path: Path) -> None:
    lines = wrapped("".join(SENTENCES * 5), 36)

    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            draw_lines(canvas, 80, 805, ["某县民政局文件汇编"], size=9)
            draw_lines(canvas, 280, 40, [f"— {number} —"], size=9)
            draw_lines(canvas, 80, 740, lines[(number - 1) * 4 : number * 4])

        return draw

    loaded = load_file(write_pdf(tmp_path / "a.pdf", *(page(n) for n in range(1, 4))))
    text = whole_text(loaded)
    assert "汇编" not in text
    assert "—" not in text
    assert [page.number for page in loaded.pages] == [1, 2, 3]
    # The paragraph runs over both page breaks.
    assert text == "".join(line.strip("\u3000") for line in lines[:12])


def test_ruled_table_becomes_rows_with_their_header(tmp_path: Path) -> None:
    rows = [
        ["岗位", "人数", "月补贴"],
        ["督导", "2", "1500元"],
        ["一线社工", "11", "800元"],
    ]

    def page(canvas: Canvas) -> None:
        draw_lines(canvas, 80, 740, [SENTENCES[0]])
        xs, ys = [80, 230, 330, 480], [700, 670, 640, 610]
        canvas.grid(xs, ys)
        for row, y in zip(rows, ys, strict=False):
            for cell, x in zip(row, xs, strict=False):
                draw_lines(canvas, x + 6, y - 20, [cell])
        draw_lines(canvas, 80, 570, [SENTENCES[1]])

    loaded = load_file(write_pdf(tmp_path / "a.pdf", page))
    assert whole_text(loaded).split("\n") == [
        SENTENCES[0],
        *("| " + " | ".join(row) + " |" for row in rows),
        SENTENCES[1],
    ]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = wrapped("".join(SENTENCES[:3]), 16), wrapped("".join(SENTENCES[2:]), 16)

    def page(canvas: Canvas) -> None:
        # Line by line across both columns, as many programs write them.
        for i in range(max(len(left), len(right))):
            y = 740 - 20 * i
            draw_lines(canvas, 80, y, left[i : i + 1])
            draw_lines(canvas, 300, y, right[i : i + 1])

    loaded = load_file(write_pdf(tmp_path / "a.pdf", page))
    assert whole_text(loaded) == "".join(SENTENCES[:3]) + "\n" + "".join(SENTENCES[2:])


def test_newspaper_page_gives_its_articles_with_headlines(tmp_path: Path) -> None:
    columns = [40.0, 230.0, 420.0, 610.0]
    first, second, third = (
        "".join(SENTENCES) * 3,
        "".join(SENTENCES[1:]) * 3,
        "".join(SENTENCES[2:]) * 2,
    )

    def page(canvas: Canvas) -> None:
        draw_lines(canvas, 300, 1140, ["社区周报"], size=30)
        draw_lines(canvas, 40, 1110, ["2024年3月5日 星期二 第2版"], size=9)
        # The first headline spans two columns, its text wraps through both.
        draw_lines(canvas, 60, 1070, ["乡镇社工站建设全面铺开"], size=24)
        lines = wrapped(first, 16)
        half = (len(lines) + 1) // 2
        draw_lines(canvas, columns[0], 1040, lines[:half], 10, 15)
        draw_lines(canvas, columns[1], 1040, lines[half:], 10, 15)
        # The second runs from the third column to the top of the fourth, above the third.
        draw_lines(canvas, columns[2], 1070, ["老年食堂补贴提标"], size=18)
        lines = wrapped(second, 16)
        draw_lines(canvas, columns[2], 1040, lines[:-5], 10, 15)
        y = draw_lines(canvas, columns[3], 1070, lines[-5:], 10, 15)
        draw_lines(canvas, columns[3], y - 20, ["志愿服务可兑积分"], size=18)
        draw_lines(canvas, columns[3], y - 50, wrapped(third, 16), 10, 15)

    loaded = load_file(write_pdf(tmp_path / "a.pdf", page, size=(842, 1191)))
    found = [(article.metadata.get("title"), whole_text(article)) for article in loaded.articles]
    assert found == [
        ("乡镇社工站建设全面铺开", first),
        ("老年食堂补贴提标", second),
        ("志愿服务可兑积分", third),
    ]


def test_sideways_page_and_slanting_watermark(tmp_path: Path) -> None:
    text = "".join(SENTENCES)

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        draw_lines(canvas, 60, 500, wrapped(text, 50))
        canvas.rotate(40)
        draw_lines(canvas, 300, 40, ["内部资料请勿外传"], size=40)

    assert whole_text(load_file(write_pdf(tmp_path / "a.pdf", page))) == text


def scanned(path: Path, *lines: str) -> Path:
    """A scan: a page that holds nothing but its picture."""
    picture = Image.new("RGB", (1240, 900), "white")
    font = ImageFont.load_default(34)
    for i, line in enumerate(lines):
        ImageDraw.Draw(picture).text((100, 120 + 70 * i), line, fill="black", font=font)
    picture.save(path, resolution=150)
    return path


def test_scanned_page_is_recognised(tmp_path: Path) -> None:
    path = scanned(tmp_path / "a.pdf", "Service funding 2024", "Subsidy for 120 stations")
    text = whole_text(load_file(path))
    assert "Service funding 2024" in text
    assert "120 stations" in text


def test_only_the_pages_without_text_are_recognised(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        draw_lines(canvas, 80, 740, wrapped("".join(SENTENCES), 36))

    scan = pypdfium2.PdfDocument(scanned(tmp_path / "scan.pdf", "Annex of the contract"))
    both = pypdfium2.PdfDocument(write_pdf(tmp_path / "text.pdf", page))
    both.import_pages(scan)
    both.save(tmp_path / "both.pdf")
    loaded = load_file(tmp_path / "both.pdf")
    assert clean_text(loaded.pages[0].text) == "".join(SENTENCES)
    assert "Annex of the contract" in loaded.pages[1].text


def refused(path: Path) -> LoadError:
    with pytest.raises(LoadError) as caught:
        load_file(path)
    assert caught.value.message("zh")
    assert path.name in caught.value.message("zh")
    assert path.name in caught.value.message("en")
    return caught.value


def one_page(path: Path) -> Path:
    return write_pdf(path, lambda canvas: draw_lines(canvas, 80, 740, [*SENTENCES]) and None)


def test_password(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    canvas.drawString(80, 740, "closed")
    canvas.save()
    assert "密码" in refused(path).message("zh")


def test_cut_off_file(tmp_path: Path) -> None:
    path = one_page(tmp_path / "cut.pdf")
    path.write_bytes(path.read_bytes()[:-200])
    assert "不完整" in refused(path).message("zh")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空文件"),
        (b"<html><body>404</body></html>", "不是 PDF"),
        (b"%PDF-1.7\nnothing in here\n%%EOF\n", "损坏"),
    ],
)
def test_no_pdf(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    assert reason in refused(path).message("zh")


def test_blank_pages_have_no_text(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "blank.pdf", lambda canvas: None, lambda canvas: None)
    assert "没有找到文字" in refused(path).message("zh")


def test_too_many_pages(tmp_path: Path) -> None:
    count = pdf_pages.MAX_PAGES + 1
    path = write_pdf(tmp_path / "long.pdf", *([lambda canvas: None] * count))
    assert str(pdf_pages.MAX_PAGES) in refused(path).message("en")


def test_huge_page_is_read_at_a_bounded_size(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    picture = Image.new("L", (1600, 200), 255)
    font = ImageFont.load_default(60)
    ImageDraw.Draw(picture).text((200, 60), "Regional plan 2030", fill=0, font=font)
    picture.save(buffer, "PDF", resolution=8)  # 14,400 points wide
    path = tmp_path / "poster.pdf"
    path.write_bytes(buffer.getvalue())
    assert "Regionalplan2030" in whole_text(load_file(path)).replace(" ", "")


@pytest.mark.parametrize("step", range(12))
def test_damaged_bytes_give_a_sentence_or_text(tmp_path: Path, step: int) -> None:
    data = bytearray(one_page(tmp_path / "good.pdf").read_bytes())
    for position in range(50 + step * 7, len(data) - 60, 89):
        data[position] ^= 0x15
    path = tmp_path / "damaged.pdf"
    path.write_bytes(bytes(data))
    try:
        assert load_file(path).pages
    except LoadError as error:
        assert error.message("zh")
