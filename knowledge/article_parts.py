"""The parts of an article: its paragraphs (款), their items (项), their sub-items (目).

Statutes do not number their paragraphs: each new line that is no item begins one, and items
belong to the paragraph that introduces them. 第十条第二款第（三）项 is found by counting as a
reader counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from knowledge.references import article_name, numeral_value

_NUMERAL = "零〇一二两三四五六七八九十百0-9０-９"
_ONE = rf"[（(]?\s*[{_NUMERAL}]{{1,4}}\s*[）)]?"
_SEVERAL = rf"({_ONE}(?:\s*[、和与及]\s*第?\s*{_ONE})*)"
_REFERENCE = re.compile(
    rf"第?\s*([{_NUMERAL}千]{{1,7}})\s*[条條](?:之\s*([一二三四五六七八九十\d]{{1,2}}))?(?:的|中|里)?"
    rf"(?:\s*第?\s*{_SEVERAL}\s*款(?:的|中|里)?)?"
    rf"(?:\s*第?\s*{_SEVERAL}\s*[项項](?:的|中|里)?)?"
    rf"(?:\s*第?\s*{_SEVERAL}\s*目)?"
)
# A further paragraph or item of the same article: 第十条第一款、第三款.
_FURTHER = re.compile(
    rf"\s*[、，和与及]\s*第\s*{_SEVERAL}\s*([款项項])(?:\s*第?\s*{_SEVERAL}\s*[项項])?"
)
_HEAD = re.compile(
    rf"[#*\s]*第\s*[{_NUMERAL}千\s]{{1,12}}条(?:之[{_NUMERAL}]{{1,3}})?\**"
    r"[ \t　]*(?:[【〔\[][^】〕\]\n]{1,40}[】〕\]]|[（(][^）)\n]{2,20}[）)](?=[ \t　]*\n))?[ \t　]*"
)
_MARKS = (
    re.compile(r"[（(]\s*([一二三四五六七八九十百]{1,4})\s*[）)]"),
    re.compile(r"(\d{1,2})(?:[.．](?!\d)|、)"),
    re.compile(r"[（(]\s*(\d{1,2})\s*[）)]"),
    re.compile(r"([①-⑳])"),
    re.compile(r"([一二三四五六七八九十]{1,3})、"),
)
_ITEM_LINE = re.compile("[“]?(?:" + "|".join(mark.pattern for mark in _MARKS) + r"|[-*•·]\s)")
_PAUSES = "：:；;。，,"
_UNFINISHED = "：:；;，,、"
_CAPTION_LENGTH, _FULL_LINE = 20, 16
_HAN = re.compile(r"[㐀-鿿]")
_PUNCTUATION = re.compile(r"[，。；：！？、,.;:]")


@dataclass(frozen=True, slots=True)
class PartReference:
    """One paragraph or item that a text names; numbers count from 1, 0 is not named."""

    article: str
    """第十条, as passages name it."""
    paragraph: int = 0
    item: int = 0
    subitem: int = 0

    @property
    def name(self) -> str:
        """第十条第二款第三项, as statutes cite it."""
        numbers = ((self.paragraph, "款"), (self.item, "项"), (self.subitem, "目"))
        named = [
            article_name(number).removesuffix("条") + unit for number, unit in numbers if number
        ]
        return self.article + "".join(named)


def find_part_references(text: str) -> tuple[PartReference, ...]:
    """The paragraphs and items that `text` names, in its order, each once.

    An article named without any part of it gives none.
    """
    found: list[PartReference] = []
    for match in _REFERENCE.finditer(text):
        number, part, paragraphs, items, subitems = match.groups()
        if not (paragraphs or items) or not numeral_value(number):
            continue
        article = article_name(numeral_value(number), numeral_value(part or "0"))
        found += _combined(article, paragraphs, items, subitems)
        position = match.end()
        while further := _FURTHER.match(text, position):
            first, unit, second = further.groups()
            if unit == "款":
                paragraphs, items = first, second
            else:
                items = first
            found += _combined(article, paragraphs, items, None)
            position = further.end()
    return tuple(dict.fromkeys(found))


def _combined(
    article: str, paragraphs: str | None, items: str | None, subitems: str | None
) -> list[PartReference]:
    """第一款第（一）、（三）项 → two references; of several paragraphs the last has the items."""
    first, second, third = _numbers(paragraphs), _numbers(items), _numbers(subitems)
    alone = [PartReference(article, paragraph) for paragraph in first[:-1]]
    return alone + [
        PartReference(article, first[-1], item, subitem) for item in second for subitem in third
    ]


def _numbers(numerals: str | None) -> list[int]:
    found = [numeral_value(numeral) for numeral in re.findall(rf"[{_NUMERAL}]+", numerals or "")]
    return [number for number in found if number] or [0]


def part_span(article_text: str, part: PartReference) -> tuple[int, int] | None:
    """Start and end of `part` in the whole text of its article; None if it has no such part.

    `article_text` begins with the article's number. The words 第X条 are no part of the first
    paragraph. An item named without its paragraph is looked for in all, the first one wins.
    """
    paragraphs = list(_paragraphs(article_text))
    if part.paragraph:
        paragraphs = paragraphs[part.paragraph - 1 : part.paragraph]
    if not part.item:
        return paragraphs[0] if paragraphs else None
    for start, end in paragraphs:
        items = list(_items(article_text, start, end))
        span = dict(items).get(part.item)
        if span and part.subitem:
            span = dict(_items(article_text, *_after_mark(article_text, span))).get(part.subitem)
        if span:
            return span
    return None


def paragraph_count(article_text: str) -> int:
    """How many paragraphs the article has."""
    return len(list(_paragraphs(article_text)))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs, each with the items that it introduces."""
    head = _HEAD.match(text)
    position = head.end() if head else 0
    begun: tuple[int, int] | None = None
    lines = list(_lines(text, position))
    if len(lines) > 1 and _is_caption(text, *lines[0]):
        lines = lines[1:]
    numbers = [_line_number(text, line) for line in lines]
    following = list(accumulate(reversed(numbers), lambda last, own: own or last, initial=0))
    last = 0
    for index, (start, end) in enumerate(lines):
        last = numbers[index] or last
        # A further paragraph of an item stands before the next item.
        inside = bool(last) and following[len(lines) - index - 1] == last + 1
        if begun and (inside or _goes_on(text, lines[index - 1], start)):
            begun = (begun[0], end)
            continue
        if begun:
            yield begun
        begun = (start, end)
    if begun:
        yield begun


def _goes_on(text: str, above: tuple[int, int], start: int) -> bool:
    """True if a line is an item, a table row, or goes on with the sentence above.

    Punctuation decides, whatever mark of an item the source has lost.
    """
    return (
        bool(_ITEM_LINE.match(text, start))
        or text.startswith("|", start)
        or text[above[1] - 1] in _UNFINISHED
        or _is_broken_off(text, *above)
    )


def _is_broken_off(text: str, start: int, end: int) -> bool:
    """True for a line that breaks off within a sentence, as in texts taken from a printed page."""
    return (
        end - start >= _FULL_LINE
        and bool(_HAN.match(text, end - 1))
        and bool(_PUNCTUATION.search(text, start, end) or _ITEM_LINE.match(text, start))
    )


def _line_number(text: str, line: tuple[int, int]) -> int:
    """The number of an item （三）; 0 if the line is none."""
    match = _MARKS[0].match(text, line[0])
    return _mark_value(match.group(1)) if match else 0


def _is_caption(text: str, start: int, end: int) -> bool:
    return end - start <= _CAPTION_LENGTH and not _PUNCTUATION.search(text, start, end)


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    for match in re.compile(r"[^\n]+").finditer(text, start):
        line = match.group()
        if line.strip(" \t　*"):
            left = len(line) - len(line.lstrip())
            yield match.start() + left, match.start() + len(line.rstrip())


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Number and span of each item, by the first kind of mark that is there."""
    places: list[tuple[int, int]] = []
    for mark in _MARKS:
        places = _counted(text, start, end, mark)
        if places:
            break
    for index, (number, place) in enumerate(places):
        last = index + 1 == len(places)
        stop = _end_of_last(text, place, end) if last else places[index + 1][1]
        piece = text[place:stop].rstrip(" \t　\n“")
        yield number, (place, place + len(piece))


def _counted(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """Number and place of each mark that opens a line, or follows a pause and counts on."""
    places: list[tuple[int, int]] = []
    for match in mark.finditer(text, start, end):
        before = text[start : match.start()].rstrip(" \t　")
        number, last = _mark_value(match.group(1)), places[-1][0] if places else 0
        opens_line = not before or before[-1] in "\n“"
        counts_on = number == last + 1 and (opens_line or before[-1] in _PAUSES)
        # A list that has lost a mark still names the others.
        if counts_on or (opens_line and number > last):
            places.append((number, match.start()))
    return places


def _mark_value(numeral: str) -> int:
    return ord(numeral) - ord("①") + 1 if "①" <= numeral <= "⑳" else numeral_value(numeral)


def _end_of_last(text: str, start: int, end: int) -> int:
    """Where the last item ends: with its paragraph, or with its sentence in running text."""
    line_start = text.rfind("\n", 0, start) + 1
    if not text[line_start:start].strip(" \t　“"):
        return end
    stop = text.find("。", start, end)
    return stop + 1 if stop >= 0 else end


def _after_mark(text: str, span: tuple[int, int]) -> tuple[int, int]:
    match = next((m for mark in _MARKS if (m := mark.match(text, span[0]))), None)
    return (match.end() if match else span[0]), span[1]
