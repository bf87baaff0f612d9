"""PDF files put together object by object: what no writer would make."""

from __future__ import annotations

import zlib
from pathlib import Path


def raw_pdf(path: Path, page: bytes, *more: bytes, pages: bytes = b"[3 0 R]/Count 1") -> Path:
    """A file whose object 3 is `page`; `more` are the objects from 4."""
    out = b"%PDF-1.4\n"
    tree = b"<</Type/Pages/Kids" + pages + b">>"
    for number, content in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", tree, page, *more), 1):
        out += b"%d 0 obj" % number + content + b"endobj\n"
    path.write_bytes(out + b"trailer<</Root 1 0 R>>\n%%EOF\n")
    return path


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object with these `entries` in its dictionary."""
    return b"<<%s/Length %d>>stream\n%s\nendstream " % (entries, len(data), data)


def image_page(path: Path, side: int, box: int = 600) -> Path:
    """A page of `box` points a side, filled by a picture of `side` pixels, packed tightly."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\xf0" * (side // 8 * 1000)) for _ in range(side // 1000))
    picture = stream(
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1"
        b"/ColorSpace/DeviceGray/Filter/FlateDecode" % (side, side // 1000 * 1000),
        data + packer.flush(),
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]" % (box, box)
    page += b"/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>"
    return raw_pdf(path, page, picture, stream(b"", b"q %d 0 0 %d 0 0 cm /I Do Q" % (box, box)))
