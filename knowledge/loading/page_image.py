"""The pages of an image file, as text recognition sees them.

Runs in the process of `page_process`: broken images may crash their decoders.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from knowledge.errors import LoadError
from knowledge.loading import page_message
from knowledge.loading.ocr import Picture, has_ink, legible_scale, recognise
from knowledge.loading.page_line import PageContent

MAX_PIXELS = 89_000_000
"""One page: A3 at 600 dots per inch has 70 million, and PIL warns from 89 million."""
MAX_FRAMES = 2000
_DRAFT_SIDE = 4800
"""A larger JPEG is decoded at half its size or less, which saves memory."""
_MIN_SIDE = 900
"""Small screenshots are enlarged: recognition needs about 20 pixels a character."""


def read_image_pages(path: Path) -> Iterator[int | PageContent | tuple[str, int]]:
    """The number of pages of the image at `path`, then each: each frame of a TIFF is one.

    Before each page stands `(page_message.RECOGNISING, number)`. Raises LoadError if the file
    is no image, damaged, cut off or too big.
    """
    try:
        with Image.open(path) as image:
            # The further frames of other formats are animations, or a phone's previews.
            frames = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
            if frames > MAX_FRAMES:
                raise _too_big(path.name)
            yield frames
            for number in range(1, frames + 1):
                image.seek(number - 1)
                if image.width * image.height > MAX_PIXELS:
                    raise _too_big(path.name)
                picture = _pixels(image)
                yield page_message.RECOGNISING, number
                yield _page(picture, number)
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


def _too_big(name: str) -> LoadError:
    return LoadError(
        f"图片“{name}”尺寸过大（每页最多 {MAX_PIXELS // 1_000_000} 百万像素）；请缩小后再试。",
        f"The image “{name}” is too large (at most {MAX_PIXELS // 1_000_000} million pixels a "
        "page); make it smaller.",
    )


def _pixels(image: Image.Image) -> Picture:
    """The picture upright, in a bounded size, on white where it is transparent."""
    longer = max(image.size)
    if longer > _DRAFT_SIDE and min(image.size) * 3 > longer:
        image.draft("RGB", (_DRAFT_SIDE, _DRAFT_SIDE))
    upright = ImageOps.exif_transpose(image)
    scale = min(legible_scale(*upright.size), 1.0)
    if max(upright.size) < _MIN_SIDE:
        scale = min(_MIN_SIDE / max(upright.size), 3.0)
    if upright.mode in ("P", "RGBA", "LA", "PA"):
        upright = upright.convert("RGBA")
        white = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(white, upright)
    elif upright.mode.startswith(("I", "F")):
        # 16 bits a pixel and more, of which scanners use ten, twelve or all.
        grey = np.nan_to_num(np.asarray(upright, dtype=np.float32))
        upright = Image.fromarray((grey / max(grey.max(), 1e-6) * 255).clip(0, 255).astype("u1"))
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
