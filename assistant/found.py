"""What a reading of the rules found: the words to quote, and what is said before them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evidence import Statement
from assistant.rule_blocks import Block, Piece


@dataclass(frozen=True, slots=True)
class Found:
    """An answer found in one paragraph of a rule."""

    block: Block
    quotes: tuple[Piece, ...]
    """What is quoted, in reading order."""
    score: float
    """How far it carries the question, 0 to about 1.3."""
    value: str = ""
    """Words of the first quote that are said first (三十日), or ''."""
    value_start: int = -1
    """Where the figure of `value` starts in the first quote."""
    before: Found | None = None
    """What is quoted ahead of it: how to apply, ahead of the steps of the approval."""
    beside: tuple[Found, ...] = ()
    """Paragraphs that carry the question nearly as well; they follow."""
    is_paragraph: bool = False
    """True if no form of the question led here: it is the paragraph with most of its words."""

    def statements(self) -> list[Statement]:
        """What is quoted, as sentences for a table."""
        return [
            Statement(
                passage=self.block.passage_at(piece.start),
                document=self.block.document,
                start_char=piece.start,
                end_char=piece.end,
                text=piece.text,
                score=self.score,
                coverage=1.0,
                own_coverage=1.0,
                breadth=1.0,
                has_years=True,
                figures=(),
            )
            for piece in self.quotes
        ]
