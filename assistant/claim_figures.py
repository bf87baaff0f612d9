"""The figures of a claim against the figures of its evidence, each in its place.

It is not enough that a figure stands somewhere in the evidence: in "本科六年、专科三年" the claim
"专科六年" holds no figure that is not there. Of the figures of the same kind that one counts which
stands among the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from assistant.claim_problem import Problem
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.tokenization import fold

# How much better another figure's surroundings must fit before the claim's figure is doubted.
_MARGIN = 0.2
_REACH = 14
_TENTHS = re.compile(
    r"([一二两三四五六七八九])成(?![员果功立本绩就效长分品因年熟型套片色语都人为])"
)
_EVERY = re.compile(r"每个?(半年|年|季度|季|月|周|星期|日|天|学期)(?!龄)")
_SAME_SPAN = {"星期": "周", "天": "日", "季度": "季"}
# Bounds that contradict each other: at least against at most.
_LOWER, _UPPER = frozenset(">≥"), frozenset("<≤")


def figure_problems(claim: str, evidence: Sequence[str]) -> Iterator[Problem]:
    """Each figure of `claim` that no text of `evidence` holds among the same words."""
    offered = [(text, figure) for text in evidence for figure in claim_figures(text)]
    for figure in claim_figures(claim):
        comparable = [(text, other) for text, other in offered if _is_comparable(figure, other)]
        fits = [
            (_likeness(claim, figure, text, other), figures_agree(figure, other), other)
            for text, other in comparable
        ]
        same = max((fit for fit in fits if fit[1]), key=lambda fit: fit[0], default=None)
        other = max((fit for fit in fits if not fit[1]), key=lambda fit: fit[0], default=None)
        if same is None:
            yield Problem("figure", figure.text, other[2].text if other and other[0] else "")
        elif other is not None and other[0] > same[0] + _MARGIN:
            yield Problem("figure", figure.text, other[2].text)
        elif _bounds_differ(figure, [o for _, is_same, o in fits if is_same]):
            yield Problem("bound", _with_bound(claim, figure))
    yield from _frequency_problems(claim, evidence)


def _frequency_problems(claim: str, evidence: Sequence[str]) -> Iterator[Problem]:
    """每月 where the evidence has 每周 and no 每月."""
    held = {
        _SAME_SPAN.get(m[1], m[1]): m.group() for text in evidence for m in _EVERY.finditer(text)
    }
    for match in _EVERY.finditer(claim):
        if held and _SAME_SPAN.get(match[1], match[1]) not in held:
            yield Problem("figure", match.group(), next(iter(held.values())))


@lru_cache(maxsize=4096)
def claim_figures(text: str) -> tuple[Figure, ...]:
    """The figures of `text`, and tenths before a noun (八成乡镇), which are seldom meant otherwise."""
    found = list(find_figures(text))
    for match in _TENTHS.finditer(text):
        if not any(figure.start < match.end() and match.start() < figure.end for figure in found):
            tenths = Decimal("一二三四五六七八九".index(match[1].replace("两", "二")) + 1)
            found.append(
                Figure(match.group(), match.start(), match.end(), "percent", tenths * 10, "%")
            )
    return tuple(sorted(found, key=lambda figure: figure.start))


def figures_agree(said: Figure, found: Figure) -> bool:
    """True if a claim may say `said` where its evidence says `found`.

    Beyond other notations of one amount: a sum without its 元 (九百三十万 for 930万元), a month or
    a year of a full date, a five-year plan by its years.
    """
    if same_figure(said, found):
        return True
    if said.kind == "number" and found.kind == "money":
        return said.value == found.value
    if said.kind in ("year", "date") and found.kind == "date":
        return _is_part_of_date(said, found)
    if said.kind == "year" and found.kind == "period" and isinstance(found.value, tuple):
        return said.value in found.value
    return False


def _is_part_of_date(said: Figure, found: Figure) -> bool:
    if not isinstance(found.value, tuple):
        return False
    given = said.value if isinstance(said.value, tuple) else (said.value, None, None)
    return all(
        part is None or part == other for part, other in zip(given, found.value, strict=False)
    )


def _is_comparable(figure: Figure, other: Figure) -> bool:
    if figures_agree(figure, other):
        return True
    if {figure.kind, other.kind} <= {"number", "count"}:
        return figure.unit == other.unit or "" in (figure.unit, other.unit)
    if {figure.kind, other.kind} <= {"date", "year"}:
        return True
    return figure.kind == other.kind and figure.unit == other.unit


def _bounds_differ(figure: Figure, same: Sequence[Figure]) -> bool:
    """True if the claim sets a bound and the evidence sets the opposite one, or none."""
    if figure.qualifier not in _LOWER | _UPPER:
        return False
    side = _LOWER if figure.qualifier in _LOWER else _UPPER
    other = _UPPER if figure.qualifier in _LOWER else _LOWER
    found = {one.qualifier for one in same}
    return not found & side and bool(found & other)


def _with_bound(claim: str, figure: Figure) -> str:
    before = max(claim.rfind(mark, 0, figure.start) for mark in "，。；、 ") + 1
    return claim[max(before, figure.start - 6) : figure.end + 2].strip("，。；、 ")


def _likeness(claim: str, figure: Figure, text: str, other: Figure) -> float:
    """How alike the words around two figures are: before and after, the nearer the heavier."""
    before = _shared(_near(claim, figure, -1), _near(text, other, -1))
    after = _shared(_near(claim, figure, 1), _near(text, other, 1))
    return before + after


def _shared(first: str, second: str) -> float:
    """Share of the pairs of `first` that `second` holds, 0 to 1; half if nothing stands there.

    A run that begins at the figure itself counts once more.
    """
    wanted = {first[i : i + 2] for i in range(len(first) - 1)}
    if not wanted:
        return 0.5
    held = {second[i : i + 2] for i in range(len(second) - 1)}
    run = 0
    while run < min(len(first), len(second)) and first[run] == second[run]:
        run += 1
    return 0.5 * len(wanted & held) / len(wanted) + 0.5 * run / len(first)


def _near(text: str, figure: Figure, direction: int) -> str:
    """The words beside a figure, from it outwards; other figures in them are one sign."""
    return _nears(text)[(figure.start, direction)]


@lru_cache(maxsize=4096)
def _nears(text: str) -> dict[tuple[int, int], str]:
    figures = claim_figures(text)
    out = {}
    for figure in figures:
        before, after = text[: figure.start], text[figure.end :]
        out[(figure.start, -1)] = _plain(before, -1)[::-1][:_REACH]
        out[(figure.start, 1)] = _plain(after, 1)[:_REACH]
    return out


def _plain(text: str, direction: int) -> str:
    """The nearest part of `text` folded, its figures as #, without blanks and commas."""
    part = text[-60:] if direction < 0 else text[:60]
    for mark in "。！？\n":
        part = part.rpartition(mark)[2] if direction < 0 else part.partition(mark)[0]
    pieces, position = [], 0
    for figure in find_figures(part):
        pieces += [part[position : figure.start], "#"]
        position = figure.end
    pieces.append(part[position:])
    return "".join(char for char in fold("".join(pieces)) if char.isalnum() or char == "#")
