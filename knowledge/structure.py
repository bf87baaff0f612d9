"""The headings of a document: which part, chapter, article or section a position lies in.

Knows Markdown headings, the parts of statutes (第X编/章/节/条), the numbered headings of
official documents (一、 （一） 1. （1） ①, as GB/T 9704-2012 section 7.3.3 orders the first four),
attachments, and the subheadings that a newspaper page gives. A numeral in running text, a list item and a
line of a table of contents are no headings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from knowledge.attachments import titled_attachments, without_listed_attachments
from knowledge.documents import Heading
from knowledge.heading_candidate import (
    ARTICLE_LEVEL,
    CHAPTER_LEVEL,
    NUMBERED_LEVELS,
    SUBHEADING_LEVEL,
    TITLE_LEVEL,
    Candidate,
    find_candidates,
)

_UNNUMBERED = re.compile(r"。\s*\n\s*([一-鿿]{2,12})\s*$")
_ENTRY_LENGTH = 60
"""Characters of a line in a table of contents, with its dots and page number."""


def find_headings(
    text: str, *, markdown: bool = False, subheadings: Sequence[str] = ()
) -> tuple[Heading, ...]:
    """The headings of `text`, in its order.

    `markdown` reads lines of `#` as headings; `subheadings` are lines known to be headings
    (of a newspaper article). A heading's text keeps its number (（一）加强领导). An article's
    heading is 第十二条, however its number is written (第12条, 第 十 二 条), with its caption, if
    it has one in brackets; its text follows at `end_char`. The title on the line below 附件1 is
    part of that heading. Levels: 1 Markdown title, 2 编 and 附件, 3 章, 4 节, 5 一、, 6 条,
    7 （一）, 8 1., 9 （1）, 10 ①; with 分编 all from 章 on stand one lower.
    """
    candidates = list(find_candidates(text, markdown=markdown))
    candidates = _without_contents(candidates, text)
    candidates = _without_references(candidates)
    candidates = without_listed_attachments(candidates, text)
    candidates = _without_items_of_articles(candidates, text)
    candidates = _without_contents_and_lists(candidates, text)
    candidates = titled_attachments(candidates, text)
    candidates = list(_with_unnumbered_chapters(candidates, text))
    headings = [candidate.heading for candidate in candidates if candidate.kind != "目录"]
    headings.extend(_given_subheadings(text, subheadings))
    headings.sort(key=lambda heading: (heading.start_char, heading.level))
    return tuple(headings)


def heading_paths(headings: Sequence[Heading]) -> tuple[tuple[str, ...], ...]:
    """For each heading the texts of the headings above it and its own, highest first."""
    paths = []
    stack: list[Heading] = []
    for heading in headings:
        while stack and stack[-1].level >= heading.level:
            stack.pop()
        stack.append(heading)
        paths.append(tuple(entry.text for entry in stack))
    return tuple(paths)


def heading_path_at(headings: Sequence[Heading], position: int) -> tuple[str, ...]:
    """The texts of the headings that govern `position`, highest first, the article included.

    For all positions of a long document `heading_paths` does it in one pass.
    """
    return tuple(heading.text for heading in reversed(list(_governing(headings, position))))


def article_at(headings: Sequence[Heading], position: int) -> str | None:
    """The article (第十二条) that `position` lies in, None outside articles."""
    for heading in _governing(headings, position):
        if heading.article:
            return heading.article
        if heading.level < ARTICLE_LEVEL:
            return None
    return None


def governing_articles(headings: Sequence[Heading]) -> tuple[str | None, ...]:
    """For each heading the article that the text under it lies in, None outside articles.

    What `article_at` says, for all headings in one pass.
    """
    articles: list[str | None] = []
    stack: list[Heading] = []
    for heading in headings:
        while stack and stack[-1].level >= heading.level:
            stack.pop()
        stack.append(heading)
        inner = (entry for entry in reversed(stack) if entry.article or entry.level < ARTICLE_LEVEL)
        articles.append(next((entry.article for entry in inner), None))
    return tuple(articles)


def _governing(headings: Sequence[Heading], position: int) -> Iterator[Heading]:
    index = bisect_right(headings, position, key=lambda heading: heading.start_char) - 1
    level = 100
    while index >= 0 and level > TITLE_LEVEL:
        if headings[index].level < level:
            level = headings[index].level
            yield headings[index]
        index -= 1


def _without_contents(candidates: list[Candidate], text: str) -> list[Candidate]:
    """Drop tables of contents whose first entry comes again: it opens the text itself."""
    dropped: set[int] = set()
    for index, candidate in enumerate(candidates):
        if candidate.kind != "目录" or index + 1 == len(candidates):
            continue
        first = candidates[index + 1]
        position = candidate.heading.end_char
        for place in range(index + 1, len(candidates)):
            entry = candidates[place]
            again = place > index + 1 and entry.sign == first.sign
            if not _is_contents(text, position, entry.heading.start_char):
                break
            if again:
                dropped |= set(range(index, place))
                break
            position = entry.heading.start_char
    return [entry for index, entry in enumerate(candidates) if index not in dropped]


def _is_contents(text: str, start: int, end: int) -> bool:
    """True if only short lines without sentences stand between two positions."""
    return all(
        len(line) <= _ENTRY_LENGTH and "。" not in line for line in text[start:end].split("\n")
    )


def _without_references(candidates: list[Candidate]) -> list[Candidate]:
    """Drop mentions of articles that begin a line: article numbers only rise, or restart at 1."""
    numbers = [candidate.number if candidate.kind == "条" else None for candidate in candidates]
    places: dict[tuple[int, int], list[int]] = {}
    for index, number in enumerate(numbers):
        if number:
            places.setdefault(number, []).append(index)
    kept, last = [], (0, 0)
    for index, candidate in enumerate(candidates):
        number = numbers[index]
        if number:
            follows = number in ((last[0] + 1, 0), (last[0], last[1] + 1))
            restarts = number == (1, 0) and candidate.explicit
            jumps = candidate.explicit and number > last
            if jumps and not follows:
                # A jump is a mention when the next article still comes, before a restart.
                successor = _next(places.get((last[0] + 1, 0), []), index)
                jumps = not (
                    successor and successor < (_next(places.get((1, 0), []), index) or 10**9)
                )
            if not (follows or restarts or jumps):
                continue
            last = number
        kept.append(candidate)
    return kept


def _next(places: list[int], index: int) -> int | None:
    found = bisect_right(places, index)
    return places[found] if found < len(places) else None


def _without_items_of_articles(candidates: list[Candidate], text: str) -> list[Candidate]:
    """Drop numbered lines inside articles, where they are items, not headings."""
    kept: list[Candidate] = []
    in_article = False
    for index, candidate in enumerate(candidates):
        if candidate.kind == "条":
            in_article = True
        elif candidate.kind in ("编", "分编", "章", "节", "附件", "#"):
            in_article = False
        elif in_article and candidate.kind in NUMBERED_LEVELS:
            following = candidates[index + 1] if index + 1 < len(candidates) else None
            groups_articles = (
                candidate.kind == "一、"
                and following is not None
                and following.kind == "条"
                and not text[candidate.heading.end_char : following.heading.start_char].strip()
            )
            if not groups_articles:
                continue
        kept.append(candidate)
    return kept


def _without_contents_and_lists(candidates: list[Candidate], text: str) -> list[Candidate]:
    """Drop tables of contents and lists: headings that follow each other without any text.

    Real headings without text between them only go deeper (编, 章, 节). Where a run of lines
    does not, what comes before the last descent is a table of contents or a list.
    """
    kept: list[Candidate] = []
    run: list[Candidate] = []
    for index, candidate in enumerate(candidates):
        run.append(candidate)
        following = (
            candidates[index + 1].heading.start_char if index + 1 < len(candidates) else None
        )
        between = text[candidate.heading.end_char : following]
        if following is None or candidate.opens_line_only or between.strip():
            kept.extend(_real_headings(run, bool(between.strip()) or candidate.opens_line_only))
            run = []
    return kept


def _real_headings(run: list[Candidate], has_text: bool) -> list[Candidate]:
    descent = len(run) - 1
    while descent > 0 and run[descent - 1].heading.level < run[descent].heading.level:
        descent -= 1
    contents = next((i for i, candidate in enumerate(run) if candidate.kind == "目录"), None)
    if contents is not None:
        entries = run[contents + 1 :]
        again = descent > contents + 1 and entries[0].number == run[descent].number
        real = run[descent:] if again else [c for c in run[descent:] if c.kind == "条"]
        return [c for c in run[:contents] if c.explicit] + real
    before, real = run[:descent], run[descent:]
    if (
        before
        and real[0].kind in NUMBERED_LEVELS
        and before[-1].kind == real[0].kind
        and (not has_text or real[0].number != (1, 0))
        and real[0].number[0] == before[-1].number[0] + 1
    ):
        real = [candidate for candidate in real if candidate.explicit]
    return [candidate for candidate in before if candidate.explicit] + real


def _with_unnumbered_chapters(candidates: list[Candidate], text: str) -> Iterator[Candidate]:
    """Add the chapters that have lost their number: a short line alone between two articles."""
    for index, candidate in enumerate(candidates):
        before = candidates[index - 1] if index else None
        if candidate.kind == "条" and before is not None and before.kind == "条":
            body = text[before.heading.end_char : candidate.heading.start_char]
            line = _UNNUMBERED.search(body)
            if line:
                start = before.heading.end_char + line.start(1)
                level = candidate.heading.level + CHAPTER_LEVEL - ARTICLE_LEVEL
                heading = Heading(level, line[1], start, start + len(line[1]))
                yield Candidate(heading, "章", (0, 0))
        yield candidate


def _given_subheadings(text: str, subheadings: Sequence[str]) -> Iterator[Heading]:
    position = 0
    for subheading in subheadings:
        words = subheading.split()
        if not words:
            continue
        pattern = r"\s*".join(re.escape(character) for character in "".join(words))
        found = re.compile(rf"^[ \t　]*({pattern})[ \t　]*$", re.MULTILINE).search(text, position)
        if found:
            shown = " ".join(found.group(1).split())
            yield Heading(SUBHEADING_LEVEL, shown, found.start(1), found.end(1))
            position = found.end()
