"""Words and sums that a question takes from a text: it is on the sentence where they stand.

“专业社工+志愿服务” is meant as it stands, and 那930万是哪一年的 is on the sentence with 930万元.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.evidence import Statement
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.tokenization import fold

# Shorter ones are names that stand everywhere (“三区”).
_QUOTED = re.compile(r"[“\"「‘]([^”\"」’《》]{5,30})[”\"」’]")
_BETWEEN = re.compile(r"[\s“”\"「」‘’]")
# Smaller numbers stand in many sentences, in each for something else.
_LARGE = 100
# Of a statement to confirm (有13万人，对吗) or of somebody's own case (我月收入2000元) the figure may
# be another one's.
_ASKS = re.compile(r"哪一?年|什么时候|用[在于到]|花[在到]|干什么|指什么|怎么来|哪里来|是谁[投出给]")


def with_quoted(question: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements that hold what `question` quotes; all where none does or nothing is quoted."""
    words = [_bare(words) for words in _QUOTED.findall(question)]
    asked = find_figures(question) if _ASKS.search(question) else ()
    sums = [figure for figure in asked if _is_large(figure)]
    holding = tuple(
        s
        for s in statements
        if all(word in _bare(s.text) for word in words)
        and all(any(_is_that(other, figure) for other in s.figures) for figure in sums)
    )
    return holding or tuple(statements)


_BOUND = re.compile(
    r"([一二三四五六七八九十百千\d]+(?:个)?[级岁年人名户元周月日万]{1,2})(以上|以下|以内)"
)
_UPWARDS = {"以上": True, "以下": False, "以内": False}


def within_bounds(question: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Without those on the other side of a bound: 二级以下 is not asked of 二级以上.

    None at all where the best one is on the other side: what is left is on something else.
    """
    asked = _BOUND.findall(fold(question))

    def is_other(text: str) -> bool:
        for amount, side in asked:
            said = {_UPWARDS[other] for other in _UPWARDS if amount + other in text}
            if said and _UPWARDS[side] not in said:
                return True
        return False

    kept = tuple(s for s in statements if not is_other(fold(s.text)))
    best_goes = len(kept) < len(statements) and is_other(fold(statements[0].text))
    return () if best_goes else kept


_WHAT_IS = re.compile(r"^[^，。？?]{0,8}(?:是|指|代表)(?:什么|啥)(?:数字?|意思|钱|概念)?[？?]*$")


def asked_figures(question: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """930万是什么: the sentences that hold the figure the question is about; none of others."""
    figures = find_figures(question)
    if len(figures) != 1 or not _is_large_or_share(figures[0]):
        return ()
    rest = question[: figures[0].start] + question[figures[0].end :]
    if not _WHAT_IS.match(rest):
        return ()
    return tuple(s for s in statements if any(_is_that(f, figures[0]) for f in s.all_figures))


def _is_large_or_share(figure: Figure) -> bool:
    return figure.kind == "percent" or _is_large(figure)


def _is_large(figure: Figure) -> bool:
    if figure.kind not in ("money", "number", "count") or not isinstance(figure.value, Decimal):
        return False
    return figure.value >= _LARGE


def _is_that(found: Figure, asked: Figure) -> bool:
    """True if both are the same; 930万 may leave out its unit."""
    bare = asked.kind == "number" and found.kind != "date" and found.value == asked.value
    return bare or same_figure(found, asked)


def _bare(text: str) -> str:
    return _BETWEEN.sub("", fold(text))
