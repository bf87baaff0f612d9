"""The document at a web address, fetched without trusting anyone on the way.

Only http and https; every machine that is asked, those of redirects included, is checked to
be public, and the connection goes to the number that was checked, so that a name cannot
change its meaning in between. Size and time are bounded, whatever the other side does.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
import time
from dataclasses import replace
from email.message import Message
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from knowledge.errors import LoadError
from knowledge.loading import SUPPORTED_SUFFIXES, LoadedFile, load_file
from knowledge.loading.html import read_html
from knowledge.loading.html_encoding import declared_encoding
from knowledge.loading.public_address import Target, parse_target, resolve
from knowledge.loading.web_response import WebResponse, request, seconds_left

MAX_BYTES = 50 * 1024 * 1024
MAX_SECONDS = 60.0
MAX_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_OFFICE = "application/vnd.openxmlformats-officedocument."
_SUFFIX_OF = {
    "text/html": ".html", "application/xhtml+xml": ".html",
    "text/plain": ".txt", "text/markdown": ".md",
    "application/pdf": ".pdf", "application/x-pdf": ".pdf",
    f"{_OFFICE}wordprocessingml.document": ".docx",
    f"{_OFFICE}spreadsheetml.sheet": ".xlsx",
    f"{_OFFICE}presentationml.presentation": ".pptx",
    "application/epub+zip": ".epub", "application/ofd": ".ofd",
    "application/msword": ".doc", "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt", "application/rtf": ".rtf",
    "image/png": ".png", "image/jpeg": ".jpg", "image/tiff": ".tif", "image/webp": ".webp",
}  # fmt: skip
_UNTOLD = frozenset(("", "application/octet-stream", "binary/octet-stream", "application/zip",
                     "application/x-download", "application/force-download"))  # fmt: skip


def fetch_address(
    url: str,
    *,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
    timeout: float = MAX_SECONDS,
) -> LoadedFile:
    """The document at `url`, read as its type asks (page, PDF, Word, text, …).

    `max_bytes` bounds the body, before and after decompression; `timeout` in seconds bounds
    all of it, redirects included. `allow_private` lets machines of the own network be asked.
    `source` of the result is `url`.

    Raises LoadError with what to do if the address is not allowed, cannot be reached, answers
    with an error, is too big or too slow, or holds nothing that can be read.
    """
    deadline = time.monotonic() + timeout
    source = url.strip()
    current, target = parse_target(source)
    for _ in range(MAX_REDIRECTS + 1):
        addresses = resolve(
            target, allow_private=allow_private, timeout=seconds_left(deadline, target)
        )
        response = request(target, addresses, max_bytes, deadline)
        location = response.headers.get("Location")
        if response.status not in _REDIRECTS or not location:
            return replace(_load(response, current, target), source=source)
        # Bytes of an address outside ASCII arrive as Latin-1.
        location = location.encode("latin-1", "ignore").decode("utf-8", "ignore")
        current, target = parse_target(location, current)
    raise LoadError(
        f"“{target.host}”连续跳转超过 {MAX_REDIRECTS} 次，已放弃；请在浏览器中打开后使用最终的网址。",
        f"“{target.host}” redirects more than {MAX_REDIRECTS} times; open it in a browser and "
        "use the final address.",
    )


def _load(response: WebResponse, url: str, target: Target) -> LoadedFile:
    if response.status != 200:
        raise _refused(response.status, target)
    name = _file_name(response.headers, url)
    suffix = _suffix(response, name)
    if not response.body.strip():
        raise LoadError(
            f"“{target.host}”返回了空白内容；请在浏览器中检查这个网址。",
            f"“{target.host}” answered with nothing; check the address in a browser.",
        )
    charset = str(response.headers.get_param("charset") or "")
    if suffix == ".html":
        return read_html(response.body, name or target.host, url, charset)
    if suffix not in SUPPORTED_SUFFIXES and suffix in ("", ".bin"):
        kind = response.headers.get_content_type()
        raise LoadError(
            f"“{target.host}”的内容（{kind}）不是可以读取的文件类型；请下载并转为 PDF 或 Word 后再试。",
            f"What “{target.host}” holds ({kind}) is no type of file that can be read; download "
            "it and convert it to PDF or Word.",
        )
    body = response.body
    if suffix in (".txt", ".md"):
        body = _in_utf8(body, charset)
    stem = re.sub(r"[^\w.-]", "_", PurePosixPath(name).stem)[:60] or "document"
    with tempfile.TemporaryDirectory(prefix="policy-assistant-") as folder:
        path = Path(folder) / f"{stem}{suffix}"
        path.write_bytes(body)
        return load_file(path)


def _suffix(response: WebResponse, name: str) -> str:
    """What the bytes are, else what the server says, else what the address ends in."""
    head = response.body[:1024]
    if head.startswith(b"%PDF-"):
        return ".pdf"
    kind = response.headers.get_content_type() if response.headers.get("Content-Type") else ""
    named = PurePosixPath(name).suffix.lower()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if kind in _UNTOLD or (kind == "text/plain" and head.startswith(b"PK\x03\x04")):
        return named
    if kind == "text/html" and head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return named
    return _SUFFIX_OF.get(kind, "")


def _file_name(headers: Message, url: str) -> str:
    stated = headers.get_filename()
    if stated:
        with contextlib.suppress(UnicodeError):
            stated = stated.encode("latin-1").decode("utf-8")
        return PurePosixPath(unquote(stated).replace("\\", "/")).name
    return PurePosixPath(unquote(urlsplit(url).path)).name


def _in_utf8(body: bytes, charset: str) -> bytes:
    encoding = declared_encoding(charset)
    if encoding and not body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        with contextlib.suppress(UnicodeError):
            return body.decode(encoding).encode()
    return body


def _refused(status: int, target: Target) -> LoadError:
    if status in (404, 410):
        return LoadError(
            f"“{target.host}”上没有这个网页（HTTP {status}）；请检查网址，页面可能已经移动或删除。",
            f"“{target.host}” has no such page (HTTP {status}); check the address: the page may "
            "have been moved or removed.",
        )
    return LoadError(
        f"“{target.host}”拒绝或未能提供这个网页（HTTP {status}）；"
        "请在浏览器中打开，另存为文件后再导入。",
        f"“{target.host}” refused or failed to serve the page (HTTP {status}); open it in a "
        "browser, save it as a file, and ingest that.",
    )
