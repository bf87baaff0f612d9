"""Which place has most: 哪个省投入的经费最多. Asked of each place how much it has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Statement
from assistant.figure_choice import best_figure
from assistant.needs import Need
from assistant.question import ParsedQuestion, parse_question
from knowledge.regions import COUNTRY
from knowledge.tokenization import fold

# A bare 谁 may be anybody: who inherits most.
_PLACE = (
    r"(?:(?:[这那]?几个(?:省市?|市|地方?)[里中]?)谁"
    r"|(?:[这那]?几个(?:省市?|市|地方?)[里中]?)?哪(?:一?个|几个|些)?(?:省份?|地方|地区|市|里|儿)|什么地方)"
)
_MOST = r"最(?:多|少|高|低|大|小)"
_ASKS_MOST = re.compile(
    rf"^(?:请问|目前|现在|全国|各地)?{_PLACE}的?(?P<thing>[^，。；？?最]{{2,14}}?){_MOST}[？?呢啊]*$"
    rf"|^(?P<named>[^，。；？?最]{{2,14}}?){_MOST}的?(?:是|为|有)?{_PLACE}[？?呢啊]*$"
)


def asked_of_each(question: ParsedQuestion) -> ParsedQuestion | None:
    """投入的经费有多少, if it is asked which place has most or least of it; else None."""
    match = _ASKS_MOST.search(fold(question.text).replace(" ", ""))
    if match is None or question.english:
        return None
    return parse_question(f"{match['thing'] or match['named']}有多少")


def figures_by_place(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """For each place the sentence whose figure answers best, in the order of `statements`."""
    of_place: dict[str, list[Statement]] = {}
    for statement in statements:
        region = statement.document.region
        if region is not None and region != COUNTRY:
            of_place.setdefault(region, []).append(statement)
    best = (best_figure(question, needs, own) for own in of_place.values())
    return tuple(found[0] for found in best if found)
