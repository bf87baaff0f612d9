"""Words that a question puts in quotation marks: “专业社工+志愿服务” is meant as it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Statement
from knowledge.tokenization import fold

# Shorter ones are names that stand everywhere (“三区”).
_QUOTED = re.compile(r"[“\"「‘]([^”\"」’《》]{5,30})[”\"」’]")
_BETWEEN = re.compile(r"[\s“”\"「」‘’]")


def with_quoted(question: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements that hold what `question` quotes; all where none does or nothing is quoted."""
    words = [_bare(words) for words in _QUOTED.findall(question)]
    holding = tuple(s for s in statements if words and all(w in _bare(s.text) for w in words))
    return holding or tuple(statements)


def _bare(text: str) -> str:
    return _BETWEEN.sub("", fold(text))
