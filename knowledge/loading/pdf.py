"""PDF files: their text layer where there is one, text recognition page by page where not."""

from __future__ import annotations

import os
from pathlib import Path

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile
from knowledge.loading.page_layout import lay_out
from knowledge.loading.page_reader import PageProgress, read_pages

MAX_PDF_BYTES = 500 * 1024 * 1024


def load_pdf(path: Path, progress: PageProgress | None = None) -> LoadedFile:
    """The text of the PDF file at `path`, of kind "pdf": see `page_layout.lay_out`.

    Pages without a text layer, or with a garbled one, are recognised from their picture.
    `progress` is told after each page how many are done, and of how many. Raises LoadError if
    the file is no PDF, cut off, damaged, protected by a password, too big, without pages or
    text, has too many pages, or takes too long or too much memory (`ReadingLimits`).
    """
    _check_file(path)
    pages = read_pages("pdf", path, progress)
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
