"""Image files of every kind of pixels, as phones, scanners and programs write them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from knowledge.loading.images import load_image
from tests.knowledge.loading.test_ocr import drawn, refused

TEXT = "Apply within ten days"


def read(path: Path) -> list[str]:
    return [page.text for page in load_image(path).pages]


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_photo_is_turned_as_its_camera_says(tmp_path: Path, orientation: int) -> None:
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}
    picture = drawn(TEXT).transpose(turns.get(orientation, Image.Transpose.ROTATE_270))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo.jpg"
    picture.save(path, exif=exif)
    assert read(path) == [TEXT]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_pixels_of_every_mode(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "page.tif"
    drawn(TEXT).convert(mode).save(path)
    assert read(path) == [TEXT]


@pytest.mark.parametrize(("kind", "white"), [("u2", 65535), ("u2", 4095), ("f4", 1.0)])
def test_scanner_with_more_than_eight_bits(tmp_path: Path, kind: str, white: float) -> None:
    grey = np.asarray(drawn(TEXT).convert("L")) / 255 * white
    path = tmp_path / "scan.tif"
    Image.fromarray(grey.astype(kind)).save(path)
    assert read(path) == [TEXT]


def test_palette_with_a_transparent_colour(tmp_path: Path) -> None:
    picture = drawn(TEXT).quantize(8)
    path = tmp_path / "screen.png"
    picture.save(path, transparency=picture.getpixel((0, 0)))
    assert read(path) == [TEXT]


@pytest.mark.parametrize("name", ["moving.webp", "moving.png", "moving.gif"])
def test_only_the_first_picture_of_an_animation_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    drawn(TEXT).save(path, save_all=True, append_images=[drawn("Second frame")], duration=100)
    assert read(path) == [TEXT]


def test_previews_inside_a_photo_are_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    drawn(TEXT).save(path, "MPO", save_all=True, append_images=[drawn("Depth map")])
    assert read(path) == [TEXT]


def test_bomb_behind_the_first_page_of_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    bomb = Image.new("1", (12_000, 9_000))
    small = drawn(TEXT).convert("1")
    small.save(path, save_all=True, append_images=[bomb], compression="group4")
    assert path.stat().st_size < 100_000
    assert "尺寸过大" in refused(path).message("zh")
