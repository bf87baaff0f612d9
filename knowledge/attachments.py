"""Attachments of a document: which 附件 line opens one, which only lists it, and its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.heading_candidate import Candidate
from knowledge.heading_pattern import LINE

_TITLE_LINES = 3
_TITLE_LENGTH = 40
_NO_TITLE = re.compile(r"[。；，：:|！？\t]|\S +\S+ +\S")
_LINE = re.compile(r"[^\n]+")
_ROW = re.compile(r"^[ \t]*\|", re.MULTILINE)


def without_listed_attachments(candidates: list[Candidate], text: str) -> list[Candidate]:
    """Drop lines that list an attachment at the end of a notice instead of opening it.

    A listed attachment comes again below, or nothing but a signature follows it.
    """
    kept: list[Candidate] = []
    following: Candidate | None = None
    next_start, later = len(text), set[tuple[int, ...]]()
    for candidate in reversed(candidates):
        if candidate.kind == "附件":
            if not _is_listed(candidate, following, text, next_start, candidate.number in later):
                kept.append(candidate)
            next_start = candidate.heading.start_char
            later.add(candidate.number)
        else:
            kept.append(candidate)
        following = candidate
    return kept[::-1]


def titled_attachments(candidates: list[Candidate], text: str) -> list[Candidate]:
    """Take the title on the lines below 附件1 into its heading."""
    out = []
    for index, candidate in enumerate(candidates):
        if candidate.kind == "附件" and not candidate.title:
            stop = (
                candidates[index + 1].heading.start_char
                if index + 1 < len(candidates)
                else len(text)
            )
            candidate = _titled(candidate, text, stop)
        out.append(candidate)
    return out


def _is_listed(
    candidate: Candidate, following: Candidate | None, text: str, stop: int, comes_again: bool
) -> bool:
    """`stop` is where the next attachment begins, `following` the next heading of any kind."""
    below = text[candidate.heading.end_char : stop]
    has_text = "。" in below or bool(_ROW.search(below))
    if comes_again and not has_text:
        return True
    if not candidate.title or candidate.number[0]:
        return False
    return not has_text and (following is None or following.kind == "附件")


def _titled(candidate: Candidate, text: str, stop: int) -> Candidate:
    """The candidate with the short lines that stand between it and the first text."""
    heading = candidate.heading
    lines = list(_title_lines(text, heading.end_char, stop))
    if not lines or len(lines) > _TITLE_LINES:
        return candidate
    end = lines[-1].end()
    # Without anything below them the lines are the attachment's text, not its title.
    if not text[end:].strip():
        return candidate
    words = " ".join(" ".join(line.group().split()) for line in lines)
    shown = f"{heading.text.rstrip('：:')} {words}"
    return replace(candidate, heading=replace(heading, text=shown, end_char=end), title=words)


def _title_lines(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    for line in _LINE.finditer(text, start, stop):
        shown = line.group().strip()
        if not shown:
            continue
        numbered = LINE.match(text, line.start())
        is_plain = numbered is None or numbered["other"] is not None
        if not is_plain or len(shown) > _TITLE_LENGTH or _NO_TITLE.search(shown):
            return
        yield line
