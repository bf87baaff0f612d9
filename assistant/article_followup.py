"""第三条, 第二款, 下一条, 这一条: which article of which document a follow-up asks for."""

from __future__ import annotations

import re

from assistant.followup_words import POINTS_AT_ARTICLE
from assistant.turn import Turn
from knowledge.article_parts import find_part_references
from knowledge.references import article_name, find_references, numeral_value

_N = r"[一二两三四五六七八九十百零〇\d]{1,5}"
_PARAGRAPH = re.compile(rf"第?\s*{_N}\s*款")
_ITEM = re.compile(rf"第\s*[（(]?{_N}[)）]?\s*[项項](?!目)")
_CASE = re.compile(rf"^第\s*({_N})\s*(?:种|个)?(?:情形|情况|条件|项|方式)")
_NEXT = re.compile(r"(?:下|后)一?(条|款|项)|next (article)", re.IGNORECASE)
_PREVIOUS = re.compile(r"(?:上|前)一?(条|款|项)(?!例)|previous (article)", re.IGNORECASE)


def with_article(rest: str, turn: Turn) -> str | None:
    """`rest` with the document, and the article, that it leaves out; None if it asks for none."""
    if not turn.documents:
        return None
    document = turn.documents[-1]
    for pattern, step in ((_NEXT, 1), (_PREVIOUS, -1)):
        match = pattern.search(rest)
        if match and turn.articles and match.group(1) in ("条", None):
            neighbour = _neighbour(turn.articles[-1 if step > 0 else 0], step)
            return neighbour and document + neighbour
    if find_references(rest).articles:
        return document + rest
    if not turn.articles:
        return None
    article = document + turn.articles[-1]
    if _PARAGRAPH.search(rest):
        return article + rest
    if _ITEM.search(rest):
        return article + _paragraph_of(turn) + rest
    if case := _CASE.match(rest):
        return f"{article}{_paragraph_of(turn)}第{case.group(1)}项"
    if match := POINTS_AT_ARTICLE.search(rest):
        return article + rest[match.end() :]
    return None


def _paragraph_of(turn: Turn) -> str:
    """第二款 where the turn asked for one paragraph."""
    numbers = {part.paragraph for part in find_part_references(turn.question) if part.paragraph}
    return f"{article_name(numbers.pop()).removesuffix('条')}款" if len(numbers) == 1 else ""


def _neighbour(article: str, step: int) -> str | None:
    number = numeral_value(article.removeprefix("第").partition("条")[0])
    return article_name(number + step) if number + step > 0 else None
