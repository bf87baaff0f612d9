"""The statutes of the data folder, read by a small parser that shares nothing with the product.

A file is Markdown: `# title`, lines of history (2004年8月19日 …通过), `<!-- INFO END -->`, then
articles that open a line with 第X条 and a space. Several versions of one law carry the date of
the version in their names: `慈善法(2023-12-29).md`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_NAME = re.compile(r"(?P<law>.+?)(?:\((?P<date>\d{4}-\d\d-\d\d)\))?")
_NUMERAL = "零〇一二三四五六七八九十百千两"
_ARTICLE = re.compile(rf"(第[{_NUMERAL}0-9]+条(?:之[{_NUMERAL}]+)?)[ \u3000]")
_ANNEX = re.compile(
    r"附(?:录|件|表|则)?\s*[一二三四五六七八九十\d]{0,3}\s*[：:]|附(?:录|件|表)\s*$"
)
_HEADING = re.compile(rf"#|第[{_NUMERAL}]+[编章节](?:[ \u3000]|$)|附[ \u3000]*则[ \u3000]*$")
# The title of a chapter whose number is missing: nothing but Chinese characters on its line,
# the next article below it.
_BARE_HEADING = re.compile(r"[\u4e00-\u9fff]{2,14}")
_INFO_END = "<!-- INFO END -->"
_STARTS = re.compile(r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起(?:施行|实施|执行)")
_NOTE = re.compile(r"<!--.*?-->", re.DOTALL)
# The start stands in the last article; an annex may follow it.
_TAIL_CHARACTERS = 1200


@dataclass(frozen=True, slots=True)
class Statute:
    """One file: one version of a law."""

    path: Path
    region: str
    """The folder's name."""
    law: str
    """The file's name without date: the same in all versions of a law."""
    title: str
    """As its first line has it."""
    dated: date | None
    """The version's date, from the file's name."""
    starts: date | None
    """From when this version holds: the start its text states, unless that is an earlier
    version's; then its date. None where neither is known."""
    articles: tuple[tuple[str, str], ...]
    """Number and text, which begins with the number, in the order of the file."""

    def article(self, number: str) -> str | None:
        """The text of an article, or None if there is not exactly one of that number."""
        found = [text for article, text in self.articles if article == number]
        return found[0] if len(found) == 1 else None

    def unique_articles(self) -> tuple[str, ...]:
        """Numbers that stand for one article only; an annex may count anew."""
        counts = Counter(article for article, _ in self.articles)
        return tuple(article for article, _ in self.articles if counts[article] == 1)


def read_statutes(folder: Path) -> tuple[Statute, ...]:
    """Every statute under `folder/<region>/`, in the order of the paths."""
    return tuple(_read(path) for path in sorted(folder.glob("*/*.md")))


def chains(statutes: tuple[Statute, ...]) -> tuple[tuple[Statute, ...], ...]:
    """The versions of each law, the earliest first; a law of one version is a chain of one."""
    laws: dict[tuple[str, str], list[Statute]] = defaultdict(list)
    for statute in statutes:
        laws[statute.region, statute.law].append(statute)
    return tuple(
        tuple(sorted(versions, key=lambda version: version.starts or date.min))
        for versions in laws.values()
    )


def in_force(chain: tuple[Statute, ...], today: date) -> Statute:
    """The version that holds on `today`: the last that has begun, else the first."""
    begun = [version for version in chain if (version.starts or date.min) <= today]
    return begun[-1] if begun else chain[0]


def _read(path: Path) -> Statute:
    text = path.read_text(encoding="utf-8-sig")
    name = _NAME.fullmatch(path.stem)
    stated = name["date"] if name else None
    dated = date.fromisoformat(stated) if stated else None
    head, _, body = text.rpartition(_INFO_END)
    title = next((line for line in (head or text).split("\n") if line.strip()), path.stem)
    return Statute(
        path=path,
        region=path.parent.name,
        law=name["law"] if name else path.stem,
        title=title.lstrip("# ").strip(),
        dated=dated,
        starts=_starts(body, dated),
        articles=tuple(_articles(_NOTE.sub("", body))),
    )


def _starts(body: str, dated: date | None) -> date | None:
    stated = [date(int(y), int(m), int(d)) for y, m, d in _STARTS.findall(body[-_TAIL_CHARACTERS:])]
    if stated and (dated is None or stated[-1] >= dated):
        return stated[-1]
    return dated


def _articles(body: str) -> Iterator[tuple[str, str]]:
    number, lines = "", list[str]()
    every = body.split("\n")
    for place, line in enumerate(every):
        opening = _ARTICLE.match(line)
        below = next((other for other in every[place + 1 :] if other.strip()), "")
        bare = _BARE_HEADING.fullmatch(line.strip()) and _ARTICLE.match(below)
        if opening or bare or _HEADING.match(line) or _ANNEX.match(line):
            if number:
                yield number, "\n".join(lines).strip()
            number, lines = opening[1] if opening else "", []
        if number:
            lines.append(line)
    if number:
        yield number, "\n".join(lines).strip()
