"""「要交多少钱」 where nothing is to be paid: the rule that says so has no figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.synonyms import is_said
from knowledge.tokenization import fold

_FEE = re.compile(
    r"(?:要|需要?|得|该|会|应)?(?:交|缴|付|收|花)(?:纳|取)?(?:多少|几)(?:块|元)?(?:钱|费用?)?|(?:收费|费用|手续费|工本费)(?:是|要)?多少(?:钱)?|多少(?:钱|费用)"
)
_FREE = re.compile(
    r"不(?:得|应|再)?(?:向[^，。；]{1,16})?(?:收取?|缴纳?|交纳?)|免费|无偿|免收|免交|免缴|免予[收缴交]"
)


def whether_free(question: str) -> str:
    """The question, asked whether anything is to be paid; '' if it does not ask for a fee."""
    folded = fold(question)
    return _FEE.sub("要收费吗", question, count=1) if _FEE.search(folded) else ""


def says_free(text: str, things: Sequence[str], titles: str = "") -> bool:
    """True if a sentence of the text says of all `things` that nothing is to be paid for them.

    What a thing belongs to may stand in the `titles` of the texts instead.
    """
    things = [thing for thing in things if not is_said(thing, fold(titles))]
    sentences = re.split(r"[。；;\n]", fold(text))
    return any(
        _FREE.search(sentence) and all(is_said(thing, sentence) for thing in things)
        for sentence in sentences
    )
