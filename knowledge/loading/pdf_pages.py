"""The pages of a PDF file: their text layer where there is one, their picture's text where not.

Runs in the process of `page_process`: pdfium is not safe to use from two threads, and broken
files may crash it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2

from knowledge.errors import LoadError
from knowledge.loading import page_message
from knowledge.loading.ocr import Picture, Recognised, has_ink, legible_scale, recognise
from knowledge.loading.page_line import PageContent
from knowledge.loading.pdf_page import TextLayer, read_text_layer
from knowledge.loading.text_sanity import is_garbled

MAX_PAGES = 2000
_DOTS_PER_POINT = 170 / 72
_LOOK = 120
_STAMP = 60
"""Characters: less over a page-wide picture is a stamp or a page number on a scan."""
_PASSWORD_NEEDED = 4
_SECURITY = 5


def read_pdf_pages(path: Path) -> Iterator[int | PageContent | tuple[str, int]]:
    """The number of pages of the PDF file at `path`, then each of them.

    One page is in memory at a time. Before a page whose picture is recognised stands
    `(page_message.RECOGNISING, number)`. Raises LoadError if the file is damaged, protected by
    a password, without pages, or has over `MAX_PAGES` pages.
    """
    document = _open(path)
    try:
        count = len(document)
        if count == 0:
            raise _damaged(path.name)
        if count > MAX_PAGES:
            raise LoadError(
                f"“{path.name}”有 {count} 页，超过 {MAX_PAGES} 页的上限；请拆分成几个文件后再试。",
                f"“{path.name}” has {count} pages, over the limit of {MAX_PAGES}; split it into "
                "several files.",
            )
        yield count
        for number in range(1, count + 1):
            layer, picture = _taken(document, number, path.name)
            if picture is None:
                yield PageContent(number, layer.width, layer.height, layer.lines, layer.rules)
                continue
            yield page_message.RECOGNISING, number
            yield _recognised(number, layer, picture)
            del picture
            if number % 20 == 0:
                gc.collect()
    finally:
        document.close()


def _open(path: Path) -> Any:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD_NEEDED, _SECURITY):
            raise LoadError(
                f"“{path.name}”有密码保护，无法读取；请用阅读器打开后另存为没有密码的 PDF。",
                f"“{path.name}” is protected by a password; open it in a reader and save it as a "
                "PDF without one.",
            ) from error
        raise _damaged(path.name) from error
    except (OSError, ValueError) as error:
        raise _damaged(path.name) from error


def _damaged(name: str) -> LoadError:
    return LoadError(
        f"“{name}”已损坏，无法作为 PDF 读取；请重新下载或重新导出后再试。",
        f"“{name}” is damaged and cannot be read as a PDF; fetch or export it again.",
    )


def _taken(document: Any, number: int, name: str) -> tuple[TextLayer, Picture | None]:
    """The text layer of page `number`, and its picture if that is what must be read."""
    try:
        page = document[number - 1]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise _damaged(name) from error
    try:
        layer = read_text_layer(page)
        return layer, _rendered(page) if _needs_recognition(page, layer) else None
    except pypdfium2.PdfiumError as error:
        raise _damaged(name) from error
    finally:
        page.close()


def _recognised(number: int, layer: TextLayer, picture: Picture) -> PageContent:
    seen: Recognised = recognise(picture)
    if not seen.lines and layer.lines:
        return PageContent(number, layer.width, layer.height, layer.lines, layer.rules)
    return PageContent(number, seen.width, seen.height, seen.lines, seen.rules, by_ocr=True)


def _needs_recognition(page: Any, layer: TextLayer) -> bool:
    text = "\n".join(line.text for line in layer.lines)
    if is_garbled(text):
        return True
    return len("".join(text.split())) < _STAMP and (
        not text.strip() or _has_picture(page, layer.width * layer.height)
    )


def _has_picture(page: Any, area: float) -> bool:
    """Whether a picture covers most of the page."""
    for item in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > 0.4 * area:
            return True
    return False


def _rendered(page: Any) -> Picture | None:
    """The page as pixels; None if it is blank."""
    longer = max(*page.get_size(), 1.0)
    small = _pixels(page, _LOOK * 4 / longer)
    if not has_ink(small):
        return None
    return _pixels(page, min(_DOTS_PER_POINT, legible_scale(*page.get_size())))


def _pixels(page: Any, scale: float) -> Picture:
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=False)
    try:
        pixels = bitmap.to_numpy()
        if pixels.ndim == 2 or pixels.shape[2] == 1:
            return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
        return np.array(pixels[:, :, :3], dtype=np.uint8)
    finally:
        bitmap.close()
