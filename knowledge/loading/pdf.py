"""PDF files: their text layer where there is one, text recognition page by page where not."""

from __future__ import annotations

import gc
import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile
from knowledge.loading.ocr import Picture, Recognised, has_ink, recognise
from knowledge.loading.page_layout import lay_out
from knowledge.loading.page_line import PageContent
from knowledge.loading.pdf_page import TextLayer, read_text_layer
from knowledge.loading.text_sanity import is_garbled

MAX_PDF_BYTES = 500 * 1024 * 1024
MAX_PAGES = 2000
_DOTS_PER_POINT = 170 / 72
_MAX_SIDE = 4800
"""Pixels of a rendered page, whatever size it claims: at most 69 MB."""
_LOOK = 120
_STAMP = 60
"""Characters: less over a page-wide picture is a stamp or a page number on a scan."""
_PASSWORD_NEEDED = 4
_SECURITY = 5
# pdfium is not safe to use from two threads.
_LOCK = threading.Lock()


def load_pdf(path: Path) -> LoadedFile:
    """The text of the PDF file at `path`, of kind "pdf": see `page_layout.lay_out`.

    Pages without a text layer, or with a garbled one, are recognised from their picture; one
    page is in memory at a time. Raises LoadError if the file is no PDF, cut off, damaged,
    protected by a password, too big, without pages or text, or has over `MAX_PAGES` pages.
    """
    _check_file(path)
    document = _open(path)
    try:
        with _LOCK:
            count = len(document)
        if count == 0:
            raise _damaged(path.name)
        if count > MAX_PAGES:
            raise LoadError(
                f"“{path.name}”有 {count} 页，超过 {MAX_PAGES} 页的上限；请拆分成几个文件后再试。",
                f"“{path.name}” has {count} pages, over the limit of {MAX_PAGES}; split it into "
                "several files.",
            )
        pages = [_read_page(document, number, path.name) for number in range(1, count + 1)]
    finally:
        with _LOCK:
            document.close()
    if not any(page.lines for page in pages):
        raise LoadError(
            f"“{path.name}”里没有找到文字（既没有文字层，也没有识别出文字）；请检查文件内容或扫描质量。",
            f"No text was found in “{path.name}”, neither as text nor by recognition; check what "
            "it holds and how well it was scanned.",
        )
    return lay_out(pages, str(path))


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(1024)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 4096, 0))
            tail = file.read()
    except OSError as error:
        raise LoadError(
            f"无法读取“{path.name}”（{error.strerror}）；请检查文件是否存在、是否有读取权限。",
            f"“{path.name}” cannot be read ({error.strerror}); check that it exists and that "
            "you may read it.",
        ) from error
    if not head:
        raise LoadError(
            f"“{path.name}”是空文件，里面没有文字；请检查后换一个文件。",
            f"“{path.name}” is empty: it holds no text; check it and choose another file.",
        )
    if size > MAX_PDF_BYTES:
        limit = f"{MAX_PDF_BYTES / 1024 / 1024:g} MB"
        raise LoadError(
            f"“{path.name}”超过 {limit} 的上限；请拆分成较小的文件后再试。",
            f"“{path.name}” is over the limit of {limit}; split it into smaller files.",
        )
    if b"%PDF-" not in head:
        raise LoadError(
            f"“{path.name}”不是 PDF 文件（虽然扩展名是 .pdf）；请检查文件，或改用正确的扩展名。",
            f"“{path.name}” is not a PDF file, in spite of its suffix; check it, or give it its "
            "true suffix.",
        )
    # A reader would mend a file that was cut off, and lose its last pages without a word.
    if b"%%EOF" not in tail:
        raise LoadError(
            f"“{path.name}”不完整（文件末尾缺失，可能下载中断）；请重新下载或重新导出后再试。",
            f"“{path.name}” is incomplete: its end is missing, perhaps a broken download; fetch or "
            "export it again.",
        )


def _open(path: Path) -> Any:
    try:
        with _LOCK:
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


def _read_page(document: Any, number: int, name: str) -> PageContent:
    """Page `number` of the file; nothing of it stays in memory but its lines."""
    picture: Picture | None = None
    with _LOCK:
        try:
            page = document[number - 1]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise _damaged(name) from error
        try:
            layer = read_text_layer(page)
            if _needs_recognition(page, layer):
                picture = _rendered(page, layer)
        except (pypdfium2.PdfiumError, MemoryError) as error:
            raise _damaged(name) from error
        finally:
            page.close()
    if picture is None:
        return PageContent(number, layer.width, layer.height, layer.lines, layer.rules)
    seen: Recognised = recognise(picture)
    del picture
    if number % 20 == 0:
        gc.collect()
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


def _rendered(page: Any, layer: TextLayer) -> Picture | None:
    """The page as pixels; None if it is blank."""
    longer = max(*page.get_size(), 1.0)
    small = _pixels(page, _LOOK * 4 / longer)
    if not has_ink(small):
        return None
    return _pixels(page, min(_DOTS_PER_POINT, _MAX_SIDE / longer))


def _pixels(page: Any, scale: float) -> Picture:
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=False)
    try:
        pixels = bitmap.to_numpy()
        if pixels.ndim == 2 or pixels.shape[2] == 1:
            return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
        return np.array(pixels[:, :, :3], dtype=np.uint8)
    finally:
        bitmap.close()
