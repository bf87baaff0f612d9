"""What is wrong with a file, in one sentence that says what to do."""

from __future__ import annotations

from knowledge.errors import LoadError
from knowledge.loading.encodings import decode_text

_SIGNATURES = (
    (b"%PDF-", "PDF", ".pdf"),
    (b"{\\rtf", "RTF", ".rtf"),
    (b"\x89PNG\r\n", "PNG", ".png"),
    (b"\xff\xd8\xff", "JPEG", ".jpg"),
    (b"Rar!\x1a\x07", "RAR", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", "7Z", ".7z"),
    (b"\x1f\x8b", "GZIP", ".gz"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def damaged(name: str) -> LoadError:
    """The file is cut off or broken."""
    return LoadError(
        f"“{name}”已损坏或不完整，无法读取；请重新下载或复制，或用原来的程序打开后另存一份。",
        f"“{name}” is damaged or incomplete and cannot be read; download or copy it again, or "
        "open it in the program it came from and save it anew.",
    )


def locked(name: str) -> LoadError:
    """The file needs a password."""
    return LoadError(
        f"“{name}”设有密码或已加密，无法读取；请打开后取消密码，另存一份再试。",
        f"“{name}” is protected by a password or encrypted; open it, remove the password, save "
        "a copy, and try again.",
    )


def without_text(name: str) -> LoadError:
    """The file is sound but holds no text."""
    return LoadError(
        f"“{name}”里没有文字（可能只有图片）；如果内容是图片，请转为 PDF 后再试。",
        f"“{name}” holds no text (perhaps only pictures); if its content is pictures, save it "
        "as PDF and try again.",
    )


def not_as_named(name: str, file_format: str, actual: str, suffix: str) -> LoadError:
    """The content is of another format than the suffix says."""
    return LoadError(
        f"“{name}”的内容不是 {file_format}，而是 {actual}；请把扩展名改为 {suffix} 后再试。",
        f"“{name}” is not {file_format} but {actual}; change its suffix to {suffix} and try again.",
    )


def not_a_zip(name: str, file_format: str, head: bytes, more: bytes) -> LoadError:
    """What the file is instead; `head` are its first bytes, `more` the first megabyte."""
    if not head:
        return LoadError(
            f"“{name}”是空文件，里面没有文字；请检查后换一个文件。",
            f"“{name}” is empty: it holds no text; check it and choose another file.",
        )
    if head.startswith(_OLE):
        # The entry names of an OLE container are in UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in more:
            return locked(name)
        return LoadError(
            f"“{name}”的内容是旧格式（DOC/XLS/PPT/WPS），与扩展名不符；"
            f"请用 Word 或 WPS 打开，另存为 {file_format} 后再试。",
            f"“{name}” holds a legacy format (DOC/XLS/PPT/WPS) under another suffix; open it "
            f"in Word or WPS, save it as {file_format}, and try again.",
        )
    for signature, actual, suffix in _SIGNATURES:
        if head.startswith(signature):
            return not_as_named(name, file_format, actual, suffix)
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<meta")):
        return not_as_named(name, file_format, "HTML", ".html")
    try:
        # Up to a line's end: a character cut in half would look like damage.
        decode_text(more.rpartition(b"\n")[0] or more, name)
    except LoadError:
        return damaged(name)
    return not_as_named(name, file_format, "文本 / plain text", ".txt")


def too_big(name: str) -> LoadError:
    """The file unpacks to more than a document can hold."""
    return LoadError(
        f"“{name}”解压后的内容超过上限，可能是压缩炸弹；如果确是文件，请拆分成较小的文件再试。",
        f"“{name}” unpacks to more than the limit and may be a decompression bomb; if it is a "
        "real document, split it into smaller files.",
    )


def hostile(name: str) -> LoadError:
    """The file's XML declares entities."""
    return LoadError(
        f"“{name}”含有 XML 实体声明，正常的办公文件不会有，已拒绝读取；请确认文件来源。",
        f"“{name}” declares XML entities, which no ordinary office file does, and was refused; "
        "check where it comes from.",
    )
