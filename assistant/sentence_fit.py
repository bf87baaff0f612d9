"""Whether a sentence can be an answer at all: it holds what is asked for, of the place and the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Statement
from assistant.question import ParsedQuestion
from assistant.question_ranking import ASKS_PAPERS, PAPERS
from assistant.question_terms import place_names
from assistant.rule_scope import asks_sanction, is_sanction
from assistant.sentence_ranking import RankedSentence
from knowledge.regions import COUNTRY
from knowledge.tokenization import fold

_ASKS_SUM = re.compile(
    r"[补给发赔罚贷领拿交缴花投奖][^，。？?]{0,4}多少(?![人名个家次天年月日])|多少钱|几[块元]"
)
_SUM_UNITS = frozenset({"元", "%", "成", "倍"})


def may_answer(question: ParsedQuestion, places: Sequence[str], first: RankedSentence) -> bool:
    """False without the papers, the sanction, the sum of money or the year that are asked for.

    And for a figure in a sentence that shares no two characters with the question: 伙食补贴 for 船票.
    """
    statement = first.statement
    asked, said = fold(question.text), fold(statement.text)
    if question.form == "figure" and not (first.signs["pairs"] or first.signs["own_coverage"]):
        return False
    if ASKS_PAPERS.search(asked) and not PAPERS.search(said):
        return False
    if asks_sanction(asked) and not is_sanction(said):
        return False
    is_sum = question.form == "figure" and question.measure == "money"
    if (is_sum or _ASKS_SUM.search(asked)) and not _holds_sum(statement):
        return False
    if not statement.has_years and any(str(year) in asked for year in question.years):
        return False
    return _is_on_places(question, places, statement)


def _holds_sum(statement: Statement) -> bool:
    return any(
        figure.kind in ("money", "percent") or figure.unit in _SUM_UNITS
        for figure in statement.all_figures
    )


def _is_on_places(question: ParsedQuestion, places: Sequence[str], statement: Statement) -> bool:
    """True for a national document that names the places that are asked about, if any are.

    A place's own documents name it in every sentence or in none, and are found by their words. Where no
    place is asked about they tell what is done there, but no figure, which would be taken for all.
    """
    passage, document = statement.passage, statement.document
    is_national = document.region in (None, COUNTRY)
    if not places:
        of_country = any(region.level == "country" for region in question.regions)
        return is_national or not (of_country or question.form in ("figure", "date"))
    said = fold("".join((passage.title, *passage.heading_path, passage.lead_in, passage.text)))
    names = (place_names(r) for r in question.regions if r.level != "country")
    is_named = all(any(fold(name) in said for name in own) for own in names)
    return is_national and is_named
