"""Which paragraph of the rules that were found answers a question that nothing stands before.

Some signs of each paragraph, weighed as `question_ranking.yaml` says: how near it is in meaning; how
much like the question others ask for it; whether its rule is of the place or the name asked for; and
whether it says the kind of thing that is asked for, in words of the question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.asked_units import asked_units
from assistant.question import ParsedQuestion
from assistant.ranked import Closeness, Ranked, Weights, best_first, probability, reread, weights_in
from assistant.rule_blocks import Block
from assistant.rule_figure import answers_within
from assistant.rule_ranking import (
    UNWRITTEN,
    AskedFor,
    Similarities,
    asked_kind,
    of_article,
    of_paragraph,
    pairs_of,
    share_said,
)
from assistant.rule_scope import asks_sanction, sanctions
from knowledge.figures import find_figures
from knowledge.regions import COUNTRY, applies_to, without_places
from knowledge.tokenization import fold

FILE = Path(__file__).with_name("question_ranking.yaml")
"""Made by `python -m evals.learning.question_ranking`."""
# What an article opens with (第十二条之一) is no figure that it gives.
_NUMBER = re.compile(r"^第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?")
_ASKS_FIGURE = re.compile(r"多少|几|多久|多长|多大|何时|什么时候")
ASKS_PAPERS = re.compile(r"带(?:什么|哪些|啥)|(?:什么|哪些|啥)(?:材料|证|手续|东西)")
PAPERS = re.compile(
    r"(?:提交|提供|出具|持|凭|携带)[^。；]{0,30}(?:证|证明|材料|文件|户口簿|申请书)"
)
_ASKS_SPOT = re.compile(r"去哪|到哪|往哪|找谁|找哪|上哪")
_SPOT = re.compile(
    r"向[^，。；]{2,30}(?:申请|提出|报告|举报|投诉|提交|申报|反映|求助|登记|起诉)"
    r"|到[^，。；]{2,20}(?:办理|登记|申请|领取)|所在地|住所地"
)
BODY = re.compile(
    r"由[^，。；]{2,24}(?:负责|承担|主管|批准|认定|确认|审批|决定|代为|组织|办理|管理|受理|实施|核|担任|行使|会同|制定)"
    r"|(?:部门|机关|机构|政府|委员会|单位)(?:应当)?(?:负责|主管|会同|批准|认定|审批)"
)
_DENIES = re.compile(r"不得|禁止|严禁|不应当|不予|无权")
# The first articles say why there is a rule, what it is on, and on which principles it rests.
_PREAMBLE = re.compile(r"第[一二三]条[\s\S]*(?:制定本|适用本|本(?:条例|法|办法)所称|遵循|原则)")


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question, with what it names."""

    parsed: ParsedQuestion
    places: tuple[str, ...]
    named: frozenset[str]
    """The documents it names."""
    chosen: Block | None = None
    """The paragraph that its words lead to."""


@dataclass(frozen=True, slots=True)
class QuestionRanking:
    """Ranks paragraphs."""

    similarities: Similarities
    asked_for: AskedFor
    closely: Closeness
    weights: Weights = field(default_factory=lambda: weights_in(FILE))

    def ranked(self, asked: QuestionAsked, blocks: Sequence[Block]) -> list[Ranked]:
        """The paragraphs, best first."""
        ranked = best_first(blocks, self._signs(asked, blocks), self.weights["ranking"])
        return reread(ranked, asked.parsed.text, self.closely, self.weights["rereading"])

    def probability(self, ranked: Sequence[Ranked]) -> float:
        """How probably the first of some paragraphs answers, 0 to 1."""
        return probability(ranked, self.weights)

    def is_written_about(self, one: Ranked) -> bool:
        """True if somebody has written down what people ask of the law of a paragraph."""
        return one.signs["everyday_article"] != UNWRITTEN

    def _signs(self, asked: QuestionAsked, blocks: Sequence[Block]) -> list[dict[str, float]]:
        text = asked.parsed.text
        folded, bare = fold(text), without_places(text)
        (near,) = self.similarities((text,), [block.opening for block in blocks])
        full, placeless = self.asked_for((text, bare), sorted({b.document.id for b in blocks}))
        written = {document for document, _, _ in full}
        kind, form = asked_kind(text, blocks), asked.parsed.form
        units = asked_units(folded)
        pairs = pairs_of(folded)
        asks_figure, asks_papers = _ASKS_FIGURE.search(folded), ASKS_PAPERS.search(folded)
        asks_spot = form == "where" or _ASKS_SPOT.search(folded)
        punished = asks_sanction(folded)
        chosen = asked.chosen.passages[0].id if asked.chosen else None
        found = []
        for number, block in enumerate(blocks):
            whole, region = block.whole.text, block.document.region
            said, title = fold(whole), fold(block.document.title)
            is_known, is_local = block.document.id in written, region not in (None, COUNTRY)
            is_own = is_local and any(applies_to(region, place) for place in asked.places)
            is_named, punishes = block.document.id in asked.named, sanctions(block)
            found.append(
                {
                    "near": near[number],
                    "everyday": of_paragraph(full, block) if is_known else UNWRITTEN,
                    "everyday_article": of_article(full, block) if is_known else UNWRITTEN,
                    "everyday_bare": of_article(placeless, block) if is_known else UNWRITTEN,
                    "of_place": float(is_own),
                    "of_other_place": float(is_local and not is_own),
                    "named": float(is_named),
                    "other_named": float(bool(asked.named) and not is_named),
                    "title_pairs": share_said(pairs, title),
                    "pairs": share_said(pairs, said),
                    "chosen_article": float(block.passages[0].id == chosen),
                    "figure": float(bool(asks_figure and find_figures(_NUMBER.sub("", whole)))),
                    "unit": float(bool(units) and answers_within(block, folded, units)),
                    "sanction": float(punished and punishes),
                    "unasked_sanction": float(punishes and not punished),
                    "denies": float(form == "yes_no" and bool(_DENIES.search(whole))),
                    "body": float(form == "who" and bool(BODY.search(whole))),
                    "spot": float(bool(asks_spot and _SPOT.search(whole))),
                    "papers": float(bool(asks_papers and PAPERS.search(whole))),
                    "ask": float(bool(kind and kind.search(whole))),
                    "preamble": float(bool(_PREAMBLE.match(whole))),
                    "length": math.log(1 + len(whole)),
                }
            )
        return found
