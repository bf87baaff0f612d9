"""Is one answer right? A pure comparison of an answer with its case's expectation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Answer
from evals.cases import Alternatives, EvalCase, Expectation

_MARK = re.compile(r"\[(\d{1,3})\]")
_VERDICT = re.compile(r"\s*\*\*(是|否)\*\*")
"""A citation mark. Three digits at most, so that a bracketed year is not taken for one."""


def judge(case: EvalCase, answer: Answer) -> tuple[str, ...]:
    """What is wrong with `answer` as a reply to `case`; empty means right.

    Texts are compared without white space and bold marks. Besides the case's expectation,
    an answer's citations must hold together: every [n] mark has a citation, every citation
    is used, and an answer that states something cites something.
    """
    expect = case.expect
    problems = [*_text_problems(expect, answer), *_citation_problems(expect, answer)]
    if answer.status not in expect.status:
        problems.insert(0, f"status is {answer.status}, expected {' or '.join(expect.status)}")
    return tuple(problems)


def _text_problems(expect: Expectation, answer: Answer) -> Iterator[str]:
    text = _comparable(answer.text)
    for options in expect.required:
        if not _holds_any(text, options):
            yield f"the answer lacks {_shown(options)}"
    for word in expect.forbidden:
        if _comparable(word) in text:
            yield f"the answer holds {word}, which it must not"
    first_line = next((line for line in answer.text.splitlines() if line.strip()), "")
    if expect.first and _comparable(expect.first) not in _comparable(first_line):
        yield f"the first line lacks {expect.first}"
    verdict = _VERDICT.match(first_line)
    if expect.verdict and verdict and verdict[1] != expect.verdict:
        yield f"the verdict is {verdict[1]}, expected {expect.verdict}"


def _citation_problems(expect: Expectation, answer: Answer) -> Iterator[str]:
    numbers = [citation.number for citation in answer.citations]
    used = {int(mark) for mark in _MARK.findall(answer.text)}
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        yield f"citation {number} is given twice"
    for number in sorted(used - set(numbers)):
        yield f"the mark [{number}] has no citation"
    for number in sorted(set(numbers) - used):
        yield f"citation {number} is not used in the text"
    if answer.status in ("answered", "partial") and not numbers:
        yield "the answer cites nothing"
    for claim in answer.claims:
        if not claim.citations or not set(claim.citations) <= set(numbers):
            yield f"a claim has no valid citation: {claim.text}"

    quotes = [_comparable(citation.quote) for citation in answer.citations]
    for options in expect.quote:
        if not any(_holds_any(quote, options) for quote in quotes):
            yield f"no quote holds {_shown(options)}"
    if expect.regions:
        for citation in answer.citations:
            if citation.region not in expect.regions:
                yield f"citation {citation.number} is from {citation.region or 'no region'}"


def _holds_any(text: str, options: Alternatives) -> bool:
    return any(_comparable(option) in text for option in options)


def _comparable(text: str) -> str:
    """`text` without white space, bold marks and differences of letter case."""
    return "".join(text.replace("**", "").split()).casefold()


def _shown(options: Alternatives) -> str:
    return " or ".join(options)
