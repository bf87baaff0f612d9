"""A newspaper page as ingested: every article on its own, in reading order, with its headline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.ingestion.character_errors import comparable, differences, edit_distance
from evals.ingestion.library import Stored

# A document is taken for an article if less than this share of its text is something else.
_SAME_ARTICLE = 0.3


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was set on the page."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PageComparison:
    """What became of a page's articles."""

    articles: int
    right: int
    """Articles that are a document of their own, in their place, with their headline."""
    error_rate: float
    """Over the texts of all articles; an article that was not found is all errors."""
    problems: tuple[str, ...]
    samples: tuple[str, ...]
    """A few places where a text that was read parts from the truth."""


def compare_page(
    truth: Sequence[Article], documents: Sequence[Stored], headline_errors: int
) -> PageComparison:
    """Compare a page's documents, in their order, with its articles in reading order.

    `headline_errors` is the number of wrong characters that a headline may have.
    """
    errors, length, right = 0, 0, 0
    problems: list[str] = []
    samples: list[str] = []
    free, last = list(range(len(documents))), -1
    for article in truth:
        size = len(comparable(article.text))
        length += size
        nearest = min(
            ((_distance(documents[place], article), place) for place in free),
            default=(size, -1),
        )
        distance, place = nearest
        if place < 0 or distance > _SAME_ARTICLE * size:
            errors += size
            problems.append(f"no document holds “{article.title}” on its own")
            continue
        free.remove(place)
        errors += distance
        own = _problems(article, documents[place], headline_errors)
        if place < last:
            own.append(f"“{article.title}” stands before the article it follows")
        last = max(last, place)
        right += not own
        problems += own
        samples += differences(_body(documents[place], article), article.text, most=3)
    problems += [f"“{documents[place].document.title}” is no article of the page" for place in free]
    return PageComparison(
        len(truth), right, errors / length if length else 0.0, tuple(problems), tuple(samples)
    )


def _problems(article: Article, stored: Stored, headline_errors: int) -> list[str]:
    title = stored.document.title
    wrong = edit_distance(comparable(title), comparable(article.title))
    return [f"the headline is “{title}”, not “{article.title}”"] if wrong > headline_errors else []


def _distance(stored: Stored, article: Article) -> int:
    return edit_distance(comparable(_body(stored, article)), comparable(article.text))


def _body(stored: Stored, article: Article) -> str:
    """A document's text without its headline, where that stands in the text."""
    text, title = stored.document.text, stored.document.title
    for headline in (title, article.title):
        if text.startswith(headline):
            return text[len(headline) :]
    return text
