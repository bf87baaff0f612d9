"""Pictures with text: recognition, and image files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from knowledge.errors import LoadError
from knowledge.loading import load_file
from knowledge.loading.ocr import has_ink, legible_scale, recognise

CHINESE_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)


def drawn(
    *lines: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont | None = None,
    size: tuple[int, int] = (1000, 420),
) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    used = font or ImageFont.load_default(36)
    for i, text in enumerate(lines):
        ImageDraw.Draw(picture).text((80, 70 + 80 * i), text, fill="black", font=used)
    return picture


def pixels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB"))


def chinese_font(size: int) -> ImageFont.FreeTypeFont:
    for path in CHINESE_FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    pytest.skip("no Chinese font on this machine to draw the page with")


def refused(path: Path) -> LoadError:
    with pytest.raises(LoadError) as caught:
        load_file(path)
    assert path.name in caught.value.message("zh")
    assert path.name in caught.value.message("en")
    return caught.value


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_pages_scanned_sideways_are_turned_upright(quarters: int) -> None:
    picture = drawn("Care subsidy 600 yuan", "Training lasts 30 hours", "Contact the station")
    seen = recognise(np.ascontiguousarray(np.rot90(pixels(picture), quarters)))
    ordered = [line.text for line in sorted(seen.lines, key=lambda line: line.top)]
    assert ordered == ["Care subsidy 600 yuan", "Training lasts 30 hours", "Contact the station"]
    assert seen.width > seen.height


def test_leaning_lines_are_levelled() -> None:
    picture = drawn("The county pays the subsidy every month", "and publishes the list")
    leaning = picture.rotate(3, fillcolor="white")
    first, second = sorted(recognise(pixels(leaning)).lines, key=lambda line: line.top)
    assert abs(first.left - second.left) < 0.5 * first.em


def test_large_pages_are_read_whole_and_no_line_twice() -> None:
    picture = Image.new("RGB", (900, 4200), "white")
    pen = ImageDraw.Draw(picture)
    # Some of them lie where the page is cut into parts to be read.
    tops = [100, *range(1940, 2260, 53), 4000]
    texts = [f"Entry {n:02} of the list" for n in range(1, len(tops) + 1)]
    for top, text in zip(tops, texts, strict=True):
        pen.text((80, top), text, fill="black", font=ImageFont.load_default(36))
    seen = recognise(pixels(picture))
    assert [line.text for line in sorted(seen.lines, key=lambda line: line.top)] == texts


@pytest.mark.parametrize(
    ("size", "least", "most"),
    [
        ((420, 30_000), 1.0, 1.2),  # A chat on a telephone keeps its width.
        ((2480, 3508), 1.3, 1.4),
        ((7016, 9921), 0.4, 0.5),  # A3 at 600 dots per inch.
        ((1_000_000, 1_000_000), 0.0, 0.005),
        ((1_000_000, 1), 0.0, 0.005),
        ((0, 0), 1.0, 5000.0),
    ],
)
def test_scale_at_which_pictures_are_read(
    size: tuple[float, float], least: float, most: float
) -> None:
    assert least <= legible_scale(*size) <= most


def test_a_drawn_table_keeps_its_rows(tmp_path: Path) -> None:
    picture = Image.new("RGB", (1000, 420), "white")
    pen = ImageDraw.Draw(picture)
    rows = [("Region", "Stations"), ("North", "120"), ("South", "85")]
    for y in (60, 160, 260, 360):
        pen.line((60, y, 860, y), fill="black", width=3)
    for x in (60, 460, 860):
        pen.line((x, 60, x, 360), fill="black", width=3)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            at = (110 + 400 * c, 88 + 100 * r)
            pen.text(at, cell, fill="black", font=ImageFont.load_default(36))
    path = tmp_path / "table.png"
    picture.save(path)
    assert load_file(path).pages[0].text.split("\n") == [
        "| " + " | ".join(row) + " |" for row in rows
    ]


def test_chinese_page(tmp_path: Path) -> None:
    lines = ["第三条 社工站的办公场所由街道提供，", "面积不少于六十平方米。"]
    path = tmp_path / "page.jpg"
    drawn(*lines, font=chinese_font(36)).save(path, quality=85)
    assert load_file(path).pages[0].text == "".join(lines)


def test_every_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    first, second = drawn("First sheet"), drawn("Second sheet")
    first.convert("1").save(path, save_all=True, append_images=[second.convert("1")])
    assert [(page.number, page.text) for page in load_file(path).pages] == [
        (1, "First sheet"),
        (2, "Second sheet"),
    ]


def test_transparent_picture_is_read_on_white(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (900, 200), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.text((60, 70), "Apply within ten days", fill="black", font=ImageFont.load_default(40))
    path = tmp_path / "screen.png"
    picture.save(path)
    assert load_file(path).pages[0].text == "Apply within ten days"


def test_blank_paper_has_no_ink() -> None:
    noise = np.random.default_rng(1).integers(225, 245, (300, 300, 3), dtype=np.uint8)
    assert not has_ink(noise)
    assert has_ink(pixels(drawn("Note")))


def test_picture_without_text(tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    Image.new("RGB", (400, 400), "white").save(path)
    assert "没有识别出文字" in refused(path).message("zh")


def test_no_image(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(b"<html>404</html>")
    assert "不是可以识别的图片" in refused(path).message("zh")


def test_cut_off_image(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    drawn("Half a page").save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "损坏或不完整" in refused(path).message("zh")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [10_000, 14_000])
def test_decompression_bomb(tmp_path: Path, side: int) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (side, side)).save(path)
    assert path.stat().st_size < 200_000
    assert "尺寸过大" in refused(path).message("zh")
