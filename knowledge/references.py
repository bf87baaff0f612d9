"""References a question makes: titles, article numbers, document numbers, years.

They are answered from the catalogue's structure instead of by similarity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_CHINESE_DIGITS = "零一二三四五六七八九"
_NUMERAL = "零〇一二两三四五六七八九十百千0-9０-９"
_PART = r"(?:之\s*([一二三四五六七八九十\d]{1,2}))?"
# What may follow an article that is named without 第 (慈善法32条的规定).
_ASKED = r"(?=\s*(?:的|是|内容|规定|说|讲|怎么|如何|什么|全文|原文|第|[，。？?；;]|$))"
_ARTICLE = re.compile(
    rf"第?\s*([{_NUMERAL}]{{1,7}})\s*[条條]?\s*(?:至|到|[-—~～])\s*第?\s*([{_NUMERAL}]{{1,7}})\s*[条條]"
    rf"|第\s*([{_NUMERAL}]{{1,7}}(?:\s*[条條]?\s*[、和与及]\s*第?\s*[{_NUMERAL}]{{1,7}})+)\s*[条條]"
    rf"|第\s*([{_NUMERAL}]{{1,7}})\s*[条條]{_PART}"
    rf"|(?<![{_NUMERAL}.])(\d{{1,4}})\s*[条條]{_PART}{_ASKED}"
    # In Chinese numerals only after a title: 提出十二条建议 names no article.
    rf"|(?<=[法例定则程典编释釋則规規令》）)])\s*([{_NUMERAL}]{{1,7}})\s*[条條]{_PART}{_ASKED}"
    r"|\b(?:article|art\.)\s*(\d{1,4})\b",
    re.IGNORECASE,
)
_NUMERAL_GAP = re.compile(rf"(?<=[第{_NUMERAL}])[ \t　]+(?=[{_NUMERAL}条條])")
_BOOK_TITLE = re.compile(r"《([^《》]{2,80})》")
_DOCUMENT_NUMBER = re.compile(
    r"([一-鿿]{1,10}(?:发|办|函|令|字|规|通|电|公告)[一-鿿]{0,4})\s*"
    r"[〔\[［(（【]\s*(\d{4})\s*[〕\]］)）】]\s*(?:第\s*)?(\d{1,5})\s*号"
)
_TITLE_NOISE = re.compile(
    r"中华人民共和国|[\s《》“”\"'·（）()〔〕\[\]【】]|\d{4}[-年]\d{1,2}[-月]\d{1,2}日?"
)
# A range of more articles than this is a question on the whole document.
_RANGE_LIMIT = 20
_LONGEST_NUMERAL = 18


@dataclass(frozen=True, slots=True)
class References:
    """What a question refers to by name or number."""

    articles: tuple[str, ...] = ()
    """第十二条, 第十二条之一: as statutes write them."""
    titles: tuple[str, ...] = ()
    """Titles in 《》, as written."""
    document_numbers: tuple[str, ...] = ()
    """With 〔〕 and without spaces."""


def find_references(text: str) -> References:
    """References in `text`, in its order, each once."""
    # Runs of blanks say nothing, and would take the square of their length.
    text = " ".join(text.split())
    articles: list[str] = []
    for match in _ARTICLE.finditer(_NUMERAL_GAP.sub("", text)):
        articles.extend(_articles_of(match))
    return References(
        tuple(dict.fromkeys(articles)),
        tuple(dict.fromkeys(_BOOK_TITLE.findall(text))),
        tuple(
            dict.fromkeys(
                f"{a}〔{year}〕{number}号" for a, year, number in _DOCUMENT_NUMBER.findall(text)
            )
        ),
    )


def canonical_articles(text: str) -> str:
    """`text` with each single article written as statutes do: 第32条, 32条 → 第三十二条."""

    def written(match: re.Match[str]) -> str:
        names = list(_articles_of(match))
        return names[0] if len(names) == 1 else match.group()

    return _ARTICLE.sub(written, _NUMERAL_GAP.sub("", text))


def _articles_of(match: re.Match[str]) -> Iterable[str]:
    first, last, several, *rest = match.groups()
    if first is not None:
        start, end = numeral_value(first), numeral_value(last)
        if 0 < end - start < _RANGE_LIMIT:
            return [article_name(number) for number in range(start, end + 1)]
        return []
    if several is not None:
        numbers = map(numeral_value, re.findall(rf"[{_NUMERAL}]+", several))
        return [article_name(number) for number in numbers if number]
    # Numerals and parts (之一) take turns in the pattern's groups.
    numeral = next(text for text in rest[0::2] if text)
    part = next((text for text in rest[1::2] if text), "0")
    number = numeral_value(numeral)
    return [article_name(number, numeral_value(part))] if number else []


def article_name(number: int, part: int = 0) -> str:
    """第十二条, with 之一 where `part` is 1."""
    suffix = f"之{chinese_numeral(part)}" if part else ""
    return f"第{chinese_numeral(number)}条{suffix}"


def chinese_numeral(number: int) -> str:
    """A number in the numerals of statutes: 12 → 十二, 110 → 一百一十; from 10,000 in figures."""
    if number >= 10_000:
        return str(number)
    if number == 0:
        return "零"
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if zero and out else "") + _CHINESE_DIGITS[digit] + name
            zero = False
        else:
            zero = bool(out)
    return out[1:] if out.startswith("一十") else out


def numeral_value(text: str) -> int:
    """The number that Chinese or Arabic numerals of an article stand for; 0 if none.

    Not `numerals.parse_numeral`: of a quantity 一百二 is 120, of an article (第一百二条) it is 102.
    """
    text = text.strip().replace("〇", "零").replace("两", "二")
    if len(text) > _LONGEST_NUMERAL:
        return 0
    if text.isdecimal():
        return int(text)
    if not any(unit in text for unit in "十百千"):
        digits = "".join(str(_CHINESE_DIGITS.find(char)) for char in text)
        return int(digits) if digits.isdecimal() else 0
    total, digit = 0, 0
    for char in text:
        if char in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS.index(char)
        elif char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        elif char.isdecimal():
            digit = int(char)
    return total + digit


def title_key(title: str) -> str:
    """A title reduced to what tells it apart: no country prefix, brackets, spaces or date."""
    return _TITLE_NOISE.sub("", title)
