"""The headings of a document: which part, chapter, article or section a position lies in.

Knows Markdown headings, the parts of statutes (第X编/章/节/条), the numbered headings of
official documents (一、 （一） 1. （1）, as GB/T 9704-2012 section 7.3.3 orders them), attachments,
and the subheadings that a newspaper page gives. A numeral in running text, a list item and a
line of a table of contents are no headings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.documents import Heading
from knowledge.heading_pattern import CAPTION, FENCE, INTERESTING, LINE, REFERENCE, SPACES
from knowledge.numerals import parse_numeral

TITLE_LEVEL, ARTICLE_LEVEL = 1, 6
# 条 below 一、: judicial interpretations group their articles under 一、.
_PART_LEVELS = {"编": 2, "分编": 2, "章": 3, "节": 4, "条": ARTICLE_LEVEL}
_ATTACHMENT_LEVEL = _SUBHEADING_LEVEL = 2
_NUMBERED_LEVELS = {"一、": 5, "（一）": 7, "1.": 8, "（1）": 9}


_MAX_TITLE = 40
_MAX_RUN_IN = 30


@dataclass(frozen=True, slots=True)
class _Candidate:
    heading: Heading
    kind: str
    """编 章 节 条, 一、 （一） 1. （1）, 附件, #, 目录 or a subheading."""
    number: tuple[int, int]
    explicit: bool = False
    """Marked as a heading by the source itself: never dropped as a list item."""
    opens_line_only: bool = False
    """The line goes on with text after the heading."""


def find_headings(
    text: str, *, markdown: bool = False, subheadings: Sequence[str] = ()
) -> tuple[Heading, ...]:
    """The headings of `text`, in its order.

    `markdown` reads lines of `#` as headings; `subheadings` are lines known to be headings
    (of a newspaper article). A heading's text keeps its number (（一）加强领导). An article's
    heading is 第十二条 with its caption, if it has one in 【】; its text follows at `end_char`.
    Levels: 1 Markdown title, 2 编 and 附件, 3 章, 4 节, 5 一、, 6 条, 7 （一）, 8 1., 9 （1）.
    """
    candidates = list(_candidates(text, markdown))
    candidates = _without_references(candidates)
    candidates = _without_items_of_articles(candidates, text)
    candidates = _without_contents_and_lists(candidates, text)
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


def _governing(headings: Sequence[Heading], position: int) -> Iterator[Heading]:
    index = bisect_right(headings, position, key=lambda heading: heading.start_char) - 1
    level = 100
    while index >= 0 and level > TITLE_LEVEL:
        if headings[index].level < level:
            level = headings[index].level
            yield headings[index]
        index -= 1


def _candidates(text: str, markdown: bool) -> Iterator[_Candidate]:
    fenced = [match.span() for match in FENCE.finditer(text)] if markdown else []
    for start in INTERESTING.finditer(text):
        if any(begin <= start.start() < end for begin, end in fenced):
            continue
        match = LINE.match(text, start.start())
        if match and (candidate := _candidate(match, markdown)):
            yield candidate


def _candidate(match: re.Match[str], markdown: bool) -> _Candidate | None:
    marks = match["marks"] if markdown else None
    if match["marks"] and not markdown:
        return None
    rest = match["rest"].strip(" \t　\r")
    if match["article"]:
        return _article(match)
    if match["contents"] is not None:
        return _made(match, "目录", 2, 0, explicit=False)
    if match["part"]:
        if len(rest) > _MAX_TITLE or rest.endswith(("。", "；", "，")):
            return None
        level = _PART_LEVELS[match["kind"]]
        kind = match["kind"]
        return _made(match, kind, level, _number(match["part_number"]), explicit=bool(marks))
    if marks:
        level = min(len(marks), _PART_LEVELS["条"] - 1)
        return _made(match, "#", level, 0, explicit=True)
    if match["attachment"]:
        after = rest.lstrip("：:. 　")
        numbered = match["attachment"].strip()[-1] not in "件录"
        if rest.endswith(("。", "；", "，")) or len(rest) > _MAX_TITLE:
            return None
        # 附件：1.实施方案 lists the attachments; it does not open one.
        if after and not (numbered and match.string[match.end("attachment")] in "：:. 　\t"):
            return None
        return _made(match, "附件", _ATTACHMENT_LEVEL, 0, explicit=True)
    return _numbered(match, rest)


def _article(match: re.Match[str]) -> _Candidate | None:
    text, end = match.string, match.end("article")
    if REFERENCE.match(text, end):
        return None
    name = match["article"]
    if caption := CAPTION.match(text, end):
        end = caption.end()
        name += caption.group().strip(" \t　")
    spaced = end == len(text) or text[end] in " \t　\r\n" or name != match["article"]
    spaces = SPACES.match(text, end)
    end = spaces.end() if spaces else end
    heading = Heading(ARTICLE_LEVEL, name, match.start("article"), end, match["article"])
    number = (_number(match["article_number"]), _number(match["article_sub"] or "0"))
    return _Candidate(heading, "条", number, explicit=spaced, opens_line_only=True)


def _numbered(match: re.Match[str], rest: str) -> _Candidate | None:
    if match["han"]:
        kind, number = "一、", match["han"]
    elif match["han_bracket"]:
        kind, number = "（一）", match["han_bracket"]
    elif match["digit"]:
        kind, number = "1.", match["digit"]
    elif match["digit_bracket"]:
        kind, number = "（1）", match["digit_bracket"]
    else:
        return None
    level = _NUMBERED_LEVELS[kind]
    if 0 < len(rest) <= _MAX_TITLE and rest[-1] not in "。；;，,、！？" and "。" not in rest:
        return _made(match, kind, level, _number(number))
    title, stop, body = rest.partition("。")
    if not stop or not body.strip() or not 0 < len(title) <= _MAX_RUN_IN or "；" in title:
        return None
    start = match.start() + len(match.group()) - len(match.group().lstrip(" \t　"))
    end = match.string.index("。", match.start("rest"))
    text = " ".join(match.string[start:end].split())
    heading = Heading(level, text, start, end + 1)
    return _Candidate(heading, kind, (_number(number), 0), opens_line_only=True)


def _made(
    match: re.Match[str], kind: str, level: int, number: int, *, explicit: bool = False
) -> _Candidate:
    line = match.group()
    start = match.start() + len(line) - len(line.lstrip(" \t　"))
    shown = line.strip(" \t　\r")
    if match["marks"]:
        shown = shown.lstrip("#").rstrip("#").strip(" \t　")
    heading = Heading(level, " ".join(shown.split()), start, match.end())
    return _Candidate(heading, kind, (number, 0), explicit)


def _number(numeral: str) -> int:
    return int(parse_numeral(numeral) or 0)


def _without_references(candidates: list[_Candidate]) -> list[_Candidate]:
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


def _without_items_of_articles(candidates: list[_Candidate], text: str) -> list[_Candidate]:
    """Drop numbered lines inside articles, where they are items, not headings."""
    kept: list[_Candidate] = []
    in_article = False
    for index, candidate in enumerate(candidates):
        if candidate.kind == "条":
            in_article = True
        elif candidate.kind in ("编", "分编", "章", "节", "附件", "#"):
            in_article = False
        elif in_article and candidate.kind in _NUMBERED_LEVELS:
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


def _without_contents_and_lists(candidates: list[_Candidate], text: str) -> list[_Candidate]:
    """Drop tables of contents and lists: headings that follow each other without any text.

    Real headings without text between them only go deeper (编, 章, 节). Where a run of lines
    does not, what comes before the last descent is a table of contents or a list.
    """
    kept: list[_Candidate] = []
    run: list[_Candidate] = []
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


def _real_headings(run: list[_Candidate], has_text: bool) -> list[_Candidate]:
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
        and real[0].kind in _NUMBERED_LEVELS
        and before[-1].kind == real[0].kind
        and (not has_text or real[0].number != (1, 0))
        and real[0].number[0] == before[-1].number[0] + 1
    ):
        real = [candidate for candidate in real if candidate.explicit]
    return [candidate for candidate in before if candidate.explicit] + real


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
            yield Heading(_SUBHEADING_LEVEL, shown, found.start(1), found.end(1))
            position = found.end()
