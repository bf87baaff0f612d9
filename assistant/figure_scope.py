"""Is the figure of a sentence that of what is asked about, or of all, of others, of more years?"""

from __future__ import annotations

import re

from assistant.evidence import Statement
from assistant.question import ParsedQuestion
from assistant.question_terms import place_names
from knowledge.regions import COUNTRY
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

# 禁毒社工有多少人.
_FIELD_ASKED = re.compile(
    r"(老年|儿童|妇女|学校|医务|灾害|信访|禁毒|社区矫正|新就业群体|残疾人|司法|企业|青少年)(?:领域)?(?:的)?(?:社工|社会工作者|社会工作专业人才)[^，。？?]{0,8}(?:多少|几)"
)
_ASKS_SINCE = re.compile(r"以来|起|至今|开始|到现在|到目前|\bsince\b")
# 全国有多少社工; not 在全国率先.
_NATIONAL = re.compile(r"(?:全国|我国|全中国)(?!率先|首|领先|第一|头一)")


def is_of_others(question: ParsedQuestion, statement: Statement) -> bool:
    """True for figures of another field, of a province for a city, of a place for the country.

    And for what has come together since a year, where that of the year itself is asked for.
    """
    asked = fold(question.text)
    field = _FIELD_ASKED.search(asked)
    if field and not _speaks_of_field(field[1], statement):
        return True
    if not statement.passage.article and _is_of_the_province(question, statement):
        return True
    return _is_since(question, statement) or _is_of_a_part(asked, statement)


def _is_of_the_province(question: ParsedQuestion, statement: Statement) -> bool:
    """True for a number of the province, where that of one of its cities is asked for."""
    place = statement.document.region
    cities = [r for r in question.regions if r.city and r.province == place and r.name != place]
    return bool(cities) and not any(
        name in statement.text for city in cities for name in place_names(city) if name != place
    )


def _is_of_a_part(asked: str, statement: Statement) -> bool:
    """True for a number of one place, where that of the whole country is asked for."""
    place = statement.document.region
    local = place is not None and place != COUNTRY
    return local and bool(_NATIONAL.search(asked)) and not _NATIONAL.search(statement.text)


def _speaks_of_field(field: str, statement: Statement) -> bool:
    """False for the number of all social workers where those of one field are asked for."""
    texts = (statement.text, *statement.above)
    return any(is_said(field, fold(text)) for text in texts)


def _is_since(question: ParsedQuestion, statement: Statement) -> bool:
    """True for what has come together since a year, where that of the year itself is asked for."""
    if question.cumulative or _ASKS_SINCE.search(question.text):
        return False
    return any(re.search(rf"{year}年(?:以来|起|至今)", statement.text) for year in question.years)
