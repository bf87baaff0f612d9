"""A figure computed from the articles of rules (27个月 − 21个月 = 6个月), each input quoted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from os.path import commonprefix

from assistant.asked_units import asked_units
from assistant.calculation import calculation
from assistant.citing import Citations
from assistant.derived_figures import Derivation
from assistant.found import Found
from assistant.question import parse_question
from assistant.quotation import escape, place_mark, quoted
from assistant.rule_figure import rule_figure
from assistant.rule_reading import RuleReader, named_in
from assistant.work import Work
from knowledge.figures import Figure, find_figures
from knowledge.regions import find_regions
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# The operand itself has to stand by the figure, so that fewer other words need to.
_ENOUGH_FOR_OPERAND = 0.45


@dataclass(frozen=True, slots=True)
class RuleComputing:
    """Computes from the articles that a reader finds."""

    reader: RuleReader

    def computed(
        self,
        work: Work,
        wanted: Derivation,
        snapshot: Snapshot,
        citations: Citations,
    ) -> str | None:
        """The calculation, then the sentences of its inputs; None if an input is not to be had."""
        found: list[tuple[Found, Figure]] = []
        for operand in wanted.operands:
            figured = self._operand(work, wanted, operand, snapshot)
            if figured is None:
                return None
            found.append(figured)
        places = {(f.block.document.id, f.quotes[0].start + g.start) for f, g in found}
        # Of limits (不超过6个月) the difference is that of what they are limited to.
        figures = [replace(figure, qualifier="") for _, figure in found]
        shown = calculation(wanted.operation, figures)
        if shown is None or len(places) < len(found):
            return None
        blocks: dict[str, None] = {}
        marks: dict[str, None] = {}
        for one, _ in found:
            piece, block = one.quotes[0], one.block
            passage = block.passage_at(piece.start)
            text = quoted(block.document, passage, piece.start, piece.text, citations)
            number = citations.cite_span(
                block.document, passage, piece.start, piece.end, piece.text
            )
            marks[f"[{number}]"] = None
            blocks[text + place_mark(block.document, work.language, work.places)] = None
        head = f"**{escape(shown)}**{''.join(marks)}"
        return "\n\n".join([head, *blocks])

    def _operand(
        self, work: Work, wanted: Derivation, operand: str, snapshot: Snapshot
    ) -> tuple[Found, Figure] | None:
        """The figure of one of the things that the question names."""
        question = parse_question(wanted.asked_of(operand))
        regions = find_regions(operand)
        places = tuple(r.name for r in regions) or work.places
        core, _, blocks = self.reader.search.searched(
            work, question, snapshot, places, work.evidence
        )
        rivals = tuple(o for o in wanted.operands if o != operand)
        names = [(), ()] if regions else [(operand, *rivals), _told_apart((operand, *rivals))]
        found = None
        for own in dict.fromkeys(names):
            found = found or rule_figure(
                question,
                core,
                blocks,
                places,
                named_in(question.text, snapshot),
                asked_units(fold(wanted.rest)),
                own,
                _ENOUGH_FOR_OPERAND,
            )
        if found is None or (regions and found.block.document.region not in places):
            return None
        figures = [f for f in find_figures(found.quotes[0].text) if f.start == found.value_start]
        return (found, figures[0]) if figures else None


def _told_apart(operands: tuple[str, ...]) -> tuple[str, ...]:
    """What tells the operands apart: 一级互助站, 二级互助站 → 一级, 二级."""
    common = len(commonprefix([operand[::-1] for operand in operands]))  # noqa: RUF071
    return tuple(operand[: max(len(operand) - common, 2)] for operand in operands)
