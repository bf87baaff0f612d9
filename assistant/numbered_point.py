"""「…通知第五条说的是什么」: a notice has no articles, but points; （五） is what its readers call so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.called_document import document_meant
from assistant.citing import Citations
from assistant.quotation import escape, quoted
from assistant.wording import say
from assistant.work import Work
from knowledge.references import find_references, numeral_value
from knowledge.rule_names import bare_title
from knowledge.snapshot import Snapshot

_NUMERAL = r"[一二三四五六七八九十百零〇]{1,5}"
# The styles from the highest level down; a point ends where one of its own or a higher level begins.
_STYLES = (
    re.compile(rf"^[ \t　*#]*(?P<mark>(?P<number>{_NUMERAL})、)", re.MULTILINE),
    re.compile(rf"^[ \t　*#]*(?P<mark>[（(](?P<number>{_NUMERAL})[）)])", re.MULTILINE),
    re.compile(r"^[ \t　*#]*(?P<mark>(?P<number>\d{1,3})[.．、](?!\d))", re.MULTILINE),
)
# What stands behind the last point: attachments, who signed, the day.
_BEHIND_ALL = re.compile(
    r"^[ \t　]*(?:附件?[：:\d]|[一-鿿]{2,16}(?:部|局|委|厅|办公室|办|政府|会)[ \t　]*$"
    r"|(?:\d{4}|[〇○零一二三四五六七八九]{4})年[^\n]{1,12}日[ \t　]*$)",
    re.MULTILINE,
)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered point of a document."""

    number: int
    mark: str
    """The number as the document writes it: （五）, 十、."""
    start: int
    end: int


def point_told(work: Work, snapshot: Snapshot, citations: Citations) -> str | None:
    """The points that a question asks for as articles, of the one document meant; None if there are none."""
    articles = find_references(work.text).articles
    # 第五条之一 is an article that was put in between, which no notice has.
    numbers = [numeral_value(a[1:-1]) for a in articles if a.endswith("条")]
    document = document_meant(work, snapshot)
    if document is None or not numbers or len(numbers) < len(articles) or min(numbers) < 1:
        return None
    passages = snapshot.catalog.passages_of(document.id)
    points = [point_of(document.text, number) for number in numbers]
    if any(p.article for p in passages) or not all(points):
        return None
    blocks = []
    for point in filter(None, points):
        quote = document.text[point.start : point.end].rstrip()
        passage = next((p for p in passages if p.end_char > point.start), passages[-1])
        shown = quoted(document, passage, point.start, quote, citations)
        title = f"**《{escape(bare_title(document.title))}》**"
        written = say("written_as", work.language, mark=escape(point.mark))
        blocks.append(f"{title}{written}\n\n{shown}")
    return "\n\n".join(blocks)


def point_of(text: str, number: int) -> Point | None:
    """The point with this number; of several styles of numbers the one that counts furthest.

    None if no style counts on from one, or it does not count so far.
    """
    best: tuple[int, int, re.Match[str]] | None = None
    higher: list[int] = []
    for level, style in enumerate(_STYLES):
        found = list(style.finditer(text))
        if not found:
            continue
        values = [numeral_value(match["number"]) for match in found]
        counts_on = values == list(range(1, len(values) + 1))
        # （一） to （六） under one 二、 are parts of that point.
        runs_on = not higher or any(found[0].start() < at < found[-1].start() for at in higher)
        if counts_on:
            if runs_on and (best is None or len(values) > best[0]):
                best = (len(values), level, found[min(number, len(values)) - 1])
            higher = higher or [match.start() for match in found]
    if best is None or best[0] < number:
        return None
    _, level, match = best
    start = match.start("mark")
    ends = [
        following.start()
        for style in (*_STYLES[: level + 1], _BEHIND_ALL)
        if (following := style.search(text, match.end()))
    ]
    return Point(number, match["mark"], start, min([*ends, start + _LONGEST, len(text)]))
