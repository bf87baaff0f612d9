"""Ranked passages → sentences, scored by how well each answers the question.

The score of a sentence is the share of the question's subject words that it carries, each
weighted by how rare it is in the library; words that stand only in its heading, title or
neighbours count in part, because they say what the sentence is about. Years, places and the
kind of figure asked for are conditions, not words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.furniture import is_furniture
from assistant.measures import fits_measure
from assistant.needs import Need, need_hit
from assistant.question import ParsedQuestion
from assistant.question_terms import place_names
from assistant.question_words import HEADING_CUES
from assistant.surroundings import YEAR, Surroundings, speaks_of_years
from knowledge.documents import Passage, PolicyDocument, ScoredPassage
from knowledge.facts import fact_cue
from knowledge.figures import Figure, find_figures
from knowledge.regions import COUNTRY, applies_to, find_regions
from knowledge.sentences import Span, sentences
from knowledge.tokenization import fold

# A sentence that lacks what the form of the question asks for keeps this share of its score.
_WITHOUT_YEAR, _WITHOUT_FIGURE, _WITHOUT_PURPOSE = 0.35, 0.45, 0.75
# What a passage loses for each unit of cosine that it is further than the nearest.
_SIMILARITY_WEIGHT = 3.0
_ACROSS_LANGUAGES = 0.025
# A document of no known place, in a question on a place that the passage does not name.
_OTHER_PLACE = 0.4
_NOTHING_ASKED = 0.35
_FOUND = 0.5
_HEADING_BONUS = 0.2
_LOCAL_RULE = 0.1
_ANNOUNCES, _LEADS_LIST = 0.5, 0.15
_CUE_BONUS, _RANK_BONUS, _FIGURE_BONUS, _PLACE_BONUS = 0.08, 0.12, 0.1, 0.2
_ACTOR_BONUS, _PLACES_BONUS = 0.12, 0.4
# Who acts, and who is served, as policies name them.
_ACTOR = re.compile(
    r"各方|双方|三方|(?:由|与|和|、|会同|负责)[^，。；]{0,40}(?:部门|委|部|局|厅|机构|大学|学院|医院|单位|组织|政府|办公室)"
)
_SERVED = re.compile(
    r"(?:为|面向|对|针对|服务于|帮助|惠及|重点)[^，。；]{0,40}"
    r"(?:群体|群众|家庭|人群|患者|家属|老年人|残疾人|儿童|未成年人|妇女|人员)"
)
_PURPOSE = re.compile(r"旨在|为了|目的|目标是|是要|以便|从而|推动|促进|提供有力|作用|意义")
# 为什么 may be answered by any reason; 意义 only by what is said to be one.
_NAMED_PURPOSE = re.compile(r"目的|意义|作用|宗旨")
# Who gives a reason says so: 既有……作依据, 因为, 负责人认为.
_WHY = re.compile(r"为什么|为何|为啥|\bwhy\b")
_REASON = re.compile(r"依据|因为|由于|认为|是因|缘于|出于")
DEFINES = re.compile(
    r"是指|指的是|，指(?![导定派挥引])|所称|以下简称|(?<![立随当])即(?![可将使便时])"
)
# 残疾人包括哪些类别: the sentence that says what it comprises.
COMPRISES = r"(?:共?分为|包括|包含|划分为|主要有|有下列|有以下)"
ASKS_WHAT_OF = re.compile(rf"([一-鿿]{{2,8}}?)(?:都|主要|一般|共)?(?:{COMPRISES}|有)(?:哪|什么|几)")
# A title in its text is no shorter.
_SHORTEST_TITLE = 8
# 问：证件过期了怎么办？ tells nothing; what stands behind it does.
_ASKED = re.compile(r"\s*(?:问|Q)\d*\s*[：:][^。]*[？?]?\s*$")
_ASKS_SITE = re.compile(
    r"(?<![强好差难错弱])在哪(?!个|些|几)|哪里|哪儿|地点|地址|何处|什么地方|\bwhere\b"
)
_SITE = re.compile(r"(?:地点|地址|校址|院址)(?:设?在|为|是|：)|位于|坐落|设在")
# Names of places as lists of them are written: 吴忠市红寺堡区、同心县.
_PLACE = re.compile(
    r"[一-鿿]{2}(?:省|市|县|区|州|镇|乡|街道)(?=[一-鿿]{2,4}(?:省|市|县|区|州)|[、，。等和及（])"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the library with how well it answers the question."""

    passage: Passage
    document: PolicyDocument
    """Without its text."""
    start_char: int
    """In the document's text."""
    end_char: int
    text: str
    """Verbatim: the document's text between the positions."""
    score: float
    """Higher is better; 1 is a sentence that carries every word of the question."""
    coverage: float
    """Share of the question's weight carried by the sentence with its surroundings, 0 to 1."""
    own_coverage: float
    """Share carried by the sentence itself."""
    breadth: float
    """Share of the subject words, each counted once, that stand in or around the sentence."""
    has_years: bool
    """True if every year asked for stands in the sentence or above it."""
    figures: tuple[Figure, ...]
    """Figures of the kind asked for."""
    all_figures: tuple[Figure, ...] = ()
    similarity: float | None = None
    """Cosine between question and passage."""

    @property
    def above(self) -> tuple[str, ...]:
        """What stands above the sentence: the words that introduce it, and its headings."""
        return (self.passage.lead_in, *self.passage.heading_path)


def is_title(statement: Statement) -> bool:
    """True for the title of a document itself, which says nothing."""
    title, text = fold(statement.passage.title), fold(statement.text.strip("# "))
    return len(text) > _SHORTEST_TITLE and text.rstrip("。") in title


def score_statements(
    question: ParsedQuestion,
    needs: Sequence[Need],
    results: Sequence[tuple[ScoredPassage, PolicyDocument]],
    dated: Mapping[str, str] | None = None,
) -> tuple[Statement, ...]:
    """All sentences of the passages, the best first; equal ones in reading order.

    `dated` gives, by the id of a passage, the sentence before it whose year still holds where it begins.
    """
    nearest = max((result.similarity or 0.0 for result, _ in results), default=0.0)
    statements = [
        replace(statement, similarity=_comparable(result.similarity, question.english))
        for place, (result, document) in enumerate(results)
        for statement in _statements_of(
            question,
            needs,
            result.passage,
            document,
            _RANK_BONUS / (1 + place)
            - _SIMILARITY_WEIGHT * (nearest - (result.similarity or nearest)),
            (dated or {}).get(result.passage.id, ""),
        )
        if not _ASKED.match(statement.text)
    ]
    return tuple(sorted(statements, key=lambda statement: -statement.score))


def whole_statement(passage: Passage, document: PolicyDocument, span: Span) -> Statement:
    """A sentence of `passage` that is known to answer, however it was found."""
    return Statement(
        passage=passage,
        document=document,
        start_char=passage.start_char + span.start,
        end_char=passage.start_char + span.end,
        text=span.of(passage.text),
        score=1.0,
        coverage=1.0,
        own_coverage=1.0,
        breadth=1.0,
        has_years=True,
        figures=(),
    )


def _is_narrowed(question: ParsedQuestion) -> bool:
    """True if a question without subject words still says what it is about."""
    return bool(question.years or question.regions or question.facets or question.measure)


def _comparable(similarity: float | None, english: bool) -> float | None:
    """A cosine as it would be for a Chinese question: across languages they come out lower."""
    return similarity + _ACROSS_LANGUAGES if similarity is not None and english else similarity


def _statements_of(
    question: ParsedQuestion,
    needs: Sequence[Need],
    passage: Passage,
    document: PolicyDocument,
    bonus: float,
    dated: str,
) -> list[Statement]:
    around = Surroundings.of(passage)
    places = [fold(name) for region in question.regions for name in place_names(region)]
    total = sum(need.weight for need in needs)
    out = []
    for span in sentences(passage.text):
        text = span.of(passage.text)
        if not any(map(str.isalnum, text)) or is_furniture(text):
            continue
        folded = fold(text)
        # 到2025年，…。…达到55%: the year holds until another is named.
        dated = folded if YEAR.search(folded) else dated
        own = sum(need.weight * need_hit(need, folded) for need in needs)
        context = sum(need.weight * around.hit(need, folded) for need in needs)
        # Without subject words (广西2026年的任务), the year and the place decide alone.
        coverage = context / total if total > _NOTHING_ASKED else float(_is_narrowed(question))
        if document.region is None and places and not any(p in folded + around.all for p in places):
            coverage *= _OTHER_PLACE
        elif document.region in (None, COUNTRY) and _names_others(question, text):
            # 支持郑州机场…: what a national document gives one place is given to no other.
            coverage *= _OTHER_PLACE
        figures = tuple(find_figures(text))
        statement = Statement(
            passage=passage,
            document=document,
            start_char=passage.start_char + span.start,
            end_char=passage.start_char + span.end,
            text=text,
            score=coverage + bonus,
            coverage=coverage,
            own_coverage=own / total if total else 0.0,
            breadth=_breadth(needs, around, folded),
            has_years=speaks_of_years(question, folded, around, dated, document),
            figures=tuple(figure for figure in figures if fits_measure(figure, question)),
            all_figures=figures,
        )
        out.append(replace(statement, score=_conditioned(question, statement)))
    return out


def _names_others(question: ParsedQuestion, text: str) -> bool:
    """True if a sentence names places, and none around or within those that are asked about."""
    asked = [region.name for region in question.regions if region.level != "country"]
    named = (
        [region.name for region in find_regions(text) if region.level != "country"] if asked else []
    )
    within = (applies_to(a, b) or applies_to(b, a) for a in named for b in asked)
    return bool(named) and not any(within)


def _breadth(needs: Sequence[Need], around: Surroundings, sentence: str) -> float:
    subject = [need for need in needs if not need.is_weak]
    if not subject:
        return 1.0
    return sum(around.hit(need, sentence) >= _FOUND for need in subject) / len(subject)


def _conditioned(question: ParsedQuestion, statement: Statement) -> float:
    """The score after what the form of the question asks for."""
    score = statement.score + 0.15 * statement.own_coverage
    if not statement.has_years:
        score *= _WITHOUT_YEAR
    if statement.text.rstrip().endswith(("：", ":")) and question.form != "list":
        # It only announces what follows.
        score *= _ANNOUNCES
    if statement.text.rstrip().endswith(("：", ":")) and question.form == "list":
        score += _LEADS_LIST
    if question.form in ("figure", "date"):
        score = score + _FIGURE_BONUS if statement.figures else score * _WITHOUT_FIGURE
    if _asks_who(question) and is_of_form(question, statement.text):
        score += _ACTOR_BONUS
    if question.form == "purpose":
        if _WHY.search(question.text) and _REASON.search(statement.text):
            score += _PLACE_BONUS
        if _PURPOSE.search(statement.text):
            score += _PLACE_BONUS
        elif _NAMED_PURPOSE.search(question.text):
            score *= _WITHOUT_PURPOSE
    if question.form == "definition" and DEFINES.search(statement.text):
        score += _PLACE_BONUS
    if question.form == "where" and is_of_form(question, statement.text):
        score += _PLACES_BONUS
    if question.form == "list" and _lists(question, statement):
        score += _PLACES_BONUS
    if not question.regions and statement.document.region not in (None, COUNTRY):
        # Asked of no place, a rule of one place is only an example of the general one.
        score -= _LOCAL_RULE
    heading = " ".join(statement.passage.heading_path)
    asked = "served" if question.asks_served else question.form
    if any(
        cue in HEADING_CUES and HEADING_CUES[cue].search(heading)
        for cue in (asked, *question.facets)
    ):
        score += _HEADING_BONUS
    for kind in question.facets:
        if fact_cue(kind, statement.text):
            score += _CUE_BONUS
    return score


def is_of_form(question: ParsedQuestion, text: str) -> bool:
    """True if a sentence can say who or where, if that is asked; of other forms always."""
    if question.form == "where":
        is_site = _ASKS_SITE.search(question.text) and _SITE.search(text)
        return len(_PLACE.findall(text)) > 1 or bool(is_site)
    if _asks_who(question):
        return bool((_SERVED if question.asks_served else _ACTOR).search(text))
    return True


def _asks_who(question: ParsedQuestion) -> bool:
    # 服务对象是哪些人 names a kind of fact, and still asks for people.
    return question.form == "who" and (question.asks_served or not question.facets)


def _lists(question: ParsedQuestion, statement: Statement) -> bool:
    """True if the sentence says what the thing asked about comprises."""
    asked = ASKS_WHAT_OF.search(fold(question.text))
    if asked is None:
        return False
    return bool(re.search(re.escape(asked[1]) + COMPRISES, fold(statement.text)))
