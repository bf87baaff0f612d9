"""Pages of gov.cn as ingested: title, document number, the text and nothing of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.ingestion.character_errors import comparable, differences, error_rate
from evals.ingestion.check import check
from evals.ingestion.data_folder import read_lines
from evals.ingestion.library import IngestedLibrary, Stored
from evals.measure import Measure
from evals.result import CaseResult

TAG = "gov_html: pages"
BODY_LIMIT = 0.005
"""Largest character error rate of a page's text: that of any document with a text layer."""
# What a page says about itself. 字号 alone stands in every header (发文字号).
_FURNITURE = re.compile(
    r"首页|扫一扫|打印(?:本页|此页)?$|字号[：:]|分享到|我的位置|当前位置|版权所有|网站地图|"
    r"主办单位|ICP备|公网安备|关闭窗口|责任编辑|相关(?:报道|链接|文章)|上一篇|下一篇|返回顶部"
)
_HEADER_END = "主 题 词："
_FOOT = re.compile(r"扫一扫在手机打开当前页$")
# A longer line that holds one of those words is a sentence on them.
_SHORT = 30
_MARKS = re.compile(r"^#+|\*\*|\|")


def gov_pages(folder: Path) -> tuple[Path, ...]:
    """The pages of the index."""
    return tuple(_page(folder, line) for line in read_lines(folder / "index.jsonl"))


def check_gov_html(library: IngestedLibrary, folder: Path) -> Iterator[CaseResult]:
    """A case a page of `folder`/index.jsonl."""
    for line in read_lines(folder / "index.jsonl"):
        page = _page(folder, line)
        stored = library.of_file(page)
        if len(stored) != 1:
            reason = library.failure(page) or f"{len(stored)} documents came of it"
            yield check(f"gov_html/{page.stem}", TAG, line["title"], [reason])
        else:
            yield _check_page(line, stored[0])


def _page(folder: Path, line: Mapping[str, Any]) -> Path:
    return folder / "pages" / f"{line['doc_id']}.html"


def _check_page(line: Mapping[str, Any], stored: Stored) -> CaseResult:
    document = stored.document
    problems = []
    if comparable(document.title) != comparable(line["title"]):
        problems.append(f"the title is {document.title}")
    number = line.get("doc_no") or None
    if _number(document.document_number) != _number(number):
        problems.append(f"the document number is {document.document_number}, not {number}")
    problems += [
        f"navigation in a passage: {found[:60]}" for found in _furniture(stored, _body(line))
    ]
    return check(
        f"gov_html/{line['doc_id']}",
        TAG,
        line["title"],
        problems,
        Measure("gov_html, character error rate of the text", _body_rate(line, stored), BODY_LIMIT),
        detail={"differences": list(differences(*_read_and_body(line, stored)))},
    )


def _number(number: str | None) -> str | None:
    return comparable(number) if number else None


def _furniture(stored: Stored, body: str) -> Iterator[str]:
    """Lines of passages that are the page's own, or that the policy's text does not hold."""
    title = comparable(stored.document.title)
    for passage in stored.passages:
        for line in passage.text.splitlines():
            plain = _plain(line)
            if not plain or plain in title:
                continue
            if plain not in body or (len(plain) <= _SHORT and _FURNITURE.search(line)):
                yield line.strip()


def _body_rate(line: Mapping[str, Any], stored: Stored) -> float:
    return error_rate(*_read_and_body(line, stored))


def _read_and_body(line: Mapping[str, Any], stored: Stored) -> tuple[str, str]:
    """What was read and what stands there, both without title and number where they lead."""
    body = _body(line)
    read = "".join(_plain(part) for part in stored.document.text.splitlines())
    lead = comparable(line["title"])
    for heading in (lead, _number(line.get("doc_no")) or ""):
        body, read = body.removeprefix(heading), read.removeprefix(heading)
    return read, body


def _body(line: Mapping[str, Any]) -> str:
    """The policy's text in the index, between the page's header table and its foot."""
    below = line["text"].rpartition(_HEADER_END)[2] or line["text"]
    parts = [part for part in map(_plain, below.split("\n")) if part and not _FOOT.match(part)]
    # Keywords, where a page has some, are a line before the title.
    leads = len(parts) > 1 and comparable(line["title"]) not in parts[0]
    return "".join(parts[1:] if leads else parts)


def _plain(line: str) -> str:
    """A line as it is compared, without Markdown's marks; ○ in a year is the numeral 〇."""
    return comparable(_MARKS.sub("", line.strip())).replace("○", "〇")
