"""Pictures of pages: photos, screenshots, scans in image formats."""

from __future__ import annotations

from pathlib import Path

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile
from knowledge.loading.page_layout import lay_out
from knowledge.loading.page_reader import PageProgress, read_pages


def load_image(path: Path, progress: PageProgress | None = None) -> LoadedFile:
    """The text shown by the image at `path`, of kind "pdf"; each frame of a TIFF is a page.

    `progress` is told after each page how many are done, and of how many. Raises LoadError if
    the file is no image, damaged, cut off, too big, shows no text, or takes too long.
    """
    pages = read_pages("image", path, progress)
    if not any(page.lines for page in pages):
        raise LoadError(
            f"图片“{path.name}”里没有识别出文字；请检查图片是否清晰、是否含有文字。",
            f"No text was recognised in the image “{path.name}”; check that it shows text and is "
            "sharp.",
        )
    return lay_out(pages, str(path))
