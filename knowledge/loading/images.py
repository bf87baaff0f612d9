"""Pictures of pages: photos, screenshots, scans in image formats."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile
from knowledge.loading.ocr import Picture, has_ink, recognise
from knowledge.loading.page_layout import lay_out
from knowledge.loading.page_line import PageContent

MAX_PIXELS = 89_000_000
"""One page: A3 at 600 dots per inch has 70 million, and PIL warns from 89 million."""
MAX_FRAMES = 2000
_MAX_SIDE = 4800
_MIN_SIDE = 900
"""Small screenshots are enlarged: recognition needs about 20 pixels a character."""


def load_image(path: Path) -> LoadedFile:
    """The text shown by the image at `path`, of kind "pdf"; each frame of a TIFF is a page.

    Raises LoadError if the file is no image, damaged, cut off, too big, or shows no text.
    """
    pages: list[PageContent] = []
    try:
        with Image.open(path) as image:
            frames = int(getattr(image, "n_frames", 1))
            if frames > MAX_FRAMES:
                raise _too_big(path.name)
            for number in range(1, frames + 1):
                image.seek(number - 1)
                if image.width * image.height > MAX_PIXELS:
                    raise _too_big(path.name)
                pages.append(_page(_pixels(image), number))
    except Image.DecompressionBombError as error:
        raise _too_big(path.name) from error
    except UnidentifiedImageError as error:
        raise LoadError(
            f"“{path.name}”不是可以识别的图片；请检查文件，或另存为 PNG、JPEG 或 TIFF 后再试。",
            f"“{path.name}” is not an image that can be read; check it, or save it as PNG, JPEG "
            "or TIFF.",
        ) from error
    except FileNotFoundError as error:
        raise LoadError(
            f"找不到文件“{path}”，请检查路径。",
            f"There is no file “{path}”; check the path.",
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise LoadError(
            f"图片“{path.name}”已损坏或不完整，无法读取；请重新扫描、下载或另存后再试。",
            f"The image “{path.name}” is damaged or incomplete and cannot be read; scan, fetch or "
            "save it again.",
        ) from error
    if not any(page.lines for page in pages):
        raise LoadError(
            f"图片“{path.name}”里没有识别出文字；请检查图片是否清晰、是否含有文字。",
            f"No text was recognised in the image “{path.name}”; check that it shows text and is "
            "sharp.",
        )
    return lay_out(pages, str(path))


def _too_big(name: str) -> LoadError:
    return LoadError(
        f"图片“{name}”尺寸过大（每页最多 {MAX_PIXELS // 1_000_000} 百万像素）；请缩小后再试。",
        f"The image “{name}” is too large (at most {MAX_PIXELS // 1_000_000} million pixels a "
        "page); make it smaller.",
    )


def _pixels(image: Image.Image) -> Picture:
    """The picture upright, in a bounded size, on white where it is transparent."""
    longer = max(image.size)
    if longer > _MAX_SIDE:
        image.draft("RGB", (_MAX_SIDE, _MAX_SIDE))
    upright = ImageOps.exif_transpose(image)
    scale = min(_MAX_SIDE / max(upright.size), 1.0)
    if max(upright.size) < _MIN_SIDE:
        scale = min(_MIN_SIDE / max(upright.size), 3.0)
    if upright.mode in ("P", "RGBA", "LA", "PA"):
        upright = upright.convert("RGBA")
        white = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(white, upright)
    elif upright.mode.startswith("I"):
        # 16 bits a pixel: the upper eight are the picture.
        upright = Image.fromarray((np.asarray(upright) / 256).clip(0, 255).astype(np.uint8))
    upright = upright.convert("RGB")
    if scale != 1.0:
        size = (max(round(upright.width * scale), 1), max(round(upright.height * scale), 1))
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    return np.asarray(upright, dtype=np.uint8)


def _page(picture: Picture, number: int) -> PageContent:
    height, width = picture.shape[:2]
    if not has_ink(picture):
        return PageContent(number, float(width), float(height), (), by_ocr=True)
    seen = recognise(picture)
    return PageContent(number, seen.width, seen.height, seen.lines, seen.rules, by_ocr=True)
