"""Why the pages of a file could not be read, in one sentence that says what to do."""

from __future__ import annotations

import signal

from knowledge.errors import LoadError


def crashed(name: str, page: int, code: int) -> LoadError:
    """The process that read the file ended by itself."""
    if code == -getattr(signal, "SIGKILL", 9):
        return out_of_memory(name, page)
    return LoadError(
        f"“{name}”读到第 {page} 页时阅读组件崩溃，文件可能已损坏或有意构造；"
        "请用阅读器打开后重新“打印为 PDF”或另存一份再试。",
        f"Reading “{name}” crashed at page {page}: the file may be damaged or made to do so; open "
        "it in a reader, print it to a new PDF or save a copy, and try again.",
    )


def out_of_memory(name: str, page: int) -> LoadError:
    """Reading the file takes more memory than there is, or than it may."""
    return LoadError(
        f"读取“{name}”第 {page} 页需要的内存超过上限；请关闭其他程序，"
        "或降低该页图片的分辨率（300 dpi 已足够）后再试。",
        f"Page {page} of “{name}” needs more memory than there is for it; close other programs, "
        "or lower the resolution of its picture (300 dpi is enough), and try again.",
    )


def page_too_slow(name: str, page: int, seconds: float) -> LoadError:
    """One page took longer than its limit."""
    return LoadError(
        f"“{name}”第 {page} 页超过 {seconds:.0f} 秒仍未读完，已放弃该文件；"
        "请把该页重新扫描或导出（300 dpi 已足够），或去掉该页后再试。",
        f"Page {page} of “{name}” was not read within {seconds:.0f} seconds, and the file was "
        "given up; scan or export that page again (300 dpi is enough), or leave it out.",
    )


def document_too_slow(name: str, done: int, count: int) -> LoadError:
    """All the pages together took longer than their limit."""
    share = max(done * 3 // 4, 1)
    return LoadError(
        f"“{name}”共 {count} 页，在时限内只读完 {done} 页，已放弃该文件；"
        f"请拆分成每份不超过 {share} 页的文件后再试。",
        f"“{name}” has {count} pages, of which {done} were read within the time limit, and the "
        f"file was given up; split it into files of at most {share} pages.",
    )


def unreadable(name: str) -> LoadError:
    """A library failed at the file."""
    return LoadError(
        f"“{name}”已损坏，无法读取；请重新下载、重新扫描或重新导出后再试。",
        f"“{name}” is damaged and cannot be read; fetch, scan or export it again.",
    )


def not_started(name: str, reason: str) -> LoadError:
    """No process could be started to read the file."""
    return LoadError(
        f"无法启动阅读组件来读取“{name}”（{reason}）；请关闭一些程序后再试。",
        f"No process could be started to read “{name}” ({reason}); close some programs "
        "and try again.",
    )
