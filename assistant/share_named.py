"""How much of what a question names is named by some words: is it on this very roster or table?"""

from __future__ import annotations

import re
from collections.abc import Set

from assistant.question import parse_question
from assistant.question_words import WEAK
from knowledge.synonyms import compounds_in, is_said

# Synonyms of parts are sought in no longer words.
_LONGEST = 12
# 一盏, 每个: how many of it.
_COUNTS = re.compile(r"[一二两三四五六七八九十每几\d]+[一-鿿]")


def share_named(
    question: str, words: str, ignored: Set[str], weak: Set[str] = frozenset()
) -> float | None:
    """Share, by weight, of the terms of a folded question that the folded `words` say; None without any.

    `ignored` terms do not count, `weak` ones only where there are no others.
    """
    for name in compounds_in(question):
        # 老龄补贴 is a 高龄津贴, and neither 老龄 nor 补贴 is.
        if is_said(name, words):
            question = question.replace(name, " ")
    terms = [
        term
        for term in parse_question(question).terms
        if len(term.word) > 1
        and term.word not in WEAK
        and term.word not in ignored
        and not _COUNTS.fullmatch(term.word)
    ]
    terms = [term for term in terms if term.word not in weak] or terms
    total = sum(term.weight for term in terms)
    if not total:
        return None
    return sum(term.weight * said(term.word, words) for term in terms) / total


def said(word: str, words: str) -> float:
    """How much of a word is said: 职业教育部际会议 may be cut into 教育部, which is not there."""
    if word in words or (len(word) <= _LONGEST and is_said(word, words)):
        return 1.0
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return sum(pair in words for pair in pairs) / len(pairs) if pairs else float(word in words)
