"""The things an answer lists, so that 第二个 can be asked after.

Only words are taken from an answer. Its figures stay where they are: a question must not put a
figure before the library that only an earlier answer has named.
"""

from __future__ import annotations

import re

from knowledge.figures import find_figures
from knowledge.references import numeral_value
from knowledge.regions import region_mentions

_NUMERAL = r"[一二两三四五六七八九十\d]{1,3}"
_UNITS = r"个|点|项|类|种|条|方面|大|名|位|步|句|部分"
_ORDINAL = re.compile(
    rf"^(?:其中|上面|上述|前面|刚才|你)?(?:说|提到|讲|列|列出|列举)?(?:的|里|中)?(?:的)?"
    rf"(?:第\s*(?P<number>{_NUMERAL})\s*(?:{_UNITS})|(?P<last>最后一?(?:{_UNITS}))|倒数第\s*(?P<back>{_NUMERAL})\s*(?:{_UNITS}))"
    rf"(?P<rest>.*)$"
)
_ENGLISH_NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_ENGLISH_ORDINAL = re.compile(
    rf"^(?:what (?:is|about|does) |tell me (?:more )?about |and )*(?:the )?(?P<number>{'|'.join(_ENGLISH_NUMBERS)}|last)(?: (?:one|item|point|\w+)\b.*)?[?？]?$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\[\d{1,3}\]|\*\*|\\(?=[^\w\s])")
_ITEM = re.compile(
    rf"^\s*(?:>\s*)?(?:[-*•·]\s+|[（(]{_NUMERAL}[)）]|[一二三四五六七八九十]{{1,3}}、|\d{{1,2}}[.．、](?!\d))\s*(.+)$"
)
_ROW = re.compile(r"^\|\s*([^|\s][^|]*?)\s*\|")
_HEAD = re.compile(r"^([^：:。；;，,（(]{1,24})")
# 、-joined parts after a colon or a verb that announces them.
_RUN = re.compile(
    r"(?:[：:]|包括|分别(?:是|为)|主要是|[是指有为如即])([^：:。；;，,、\s]{1,16}(?:、[^：:。；;，,、]{1,16}){1,20})"
)
_RUN_END = re.compile(r"(?:等|这|共|\d|[一二三四五六七八九十]+个).*$")
_LONGEST = 16


def ordinal(text: str) -> tuple[int, str] | None:
    """第二个领域是什么 → (2, '领域是什么'); the last is -1. None if no item is asked for."""
    if match := _ORDINAL.match(text):
        if match["last"]:
            return -1, match["rest"]
        number = numeral_value(match["number"] or match["back"])
        return (-number if match["back"] else number), match["rest"]
    if match := _ENGLISH_ORDINAL.match(text):
        word = match["number"].lower()
        number = -1 if word == "last" else _ENGLISH_NUMBERS.index(word) + 1
        return number, ""
    return None


def listed_item(answer: str, number: int, noun: str = "", *, of_noun_only: bool = False) -> str:
    """The `number`-th thing that `answer` lists, in a few words without figures; '' if none.

    `noun` is what the asker calls it (领域): of several lists the one about it is taken, and with
    `of_noun_only` no other.
    """
    lists = answer_lists(answer)
    about = [(context, items) for context, items in lists if noun and noun in context]
    for _, items in about if of_noun_only else about or lists:
        if len(items) >= abs(number):
            return items[number - 1 if number > 0 else number]
    return ""


def sibling(answer: str, name: str, question: str) -> str:
    """What stands in `question` and is listed in `answer` beside `name` (禁毒 → 学校), or ''."""
    for _, items in answer_lists(answer):
        if not any(name in item for item in items):
            continue
        for item in items:
            cores = (item[:length] for length in range(len(item), 1, -1))
            if name not in item and (core := next((c for c in cores if c in question), "")):
                return core
    return ""


def answer_lists(answer: str) -> list[tuple[str, list[str]]]:
    """Each list in `answer` with its surroundings: items on lines, table rows, or runs of 、."""
    plain = _MARKS.sub("", answer)
    lines = [match.group(1) for line in plain.splitlines() if (match := _ITEM.match(line))]
    rows = [match.group(1) for line in plain.splitlines() if (match := _ROW.match(line))]
    lists = [(plain, _short(lines)), (plain, _short(rows[2:], keep_places=True))]
    for sentence in re.split(r"[。\n]", plain):
        for run in _RUN.finditer(sentence):
            parts = run.group(1).split("、")
            parts[-1] = _RUN_END.sub("", parts[-1]) or parts[-1]
            lists.append((sentence, _short(parts)))
    return [(context, items) for context, items in lists if len(items) > 1]


def _short(items: list[str], *, keep_places: bool = False) -> list[str]:
    return [_words(item, keep_places) for item in items]


def _words(item: str, keep_places: bool) -> str:
    head = _HEAD.match(item.strip())
    text = head.group(1) if head else item
    inside = re.match(r"[^（(]*[（(]([^（）()]{2,12})[)）]", item)
    if find_figures(text):
        # 2026年（逐步推进）: the words in brackets name it as well.
        text = inside.group(1) if inside and not find_figures(inside.group(1)) else ""
    if not keep_places:
        for start, end, _ in reversed(region_mentions(text)):
            text = text[:start] + text[end:]
    return text.strip(" 的、")[:_LONGEST]
