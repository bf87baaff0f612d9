"""What is said so far, as Markdown: pieces are only ever added to its end."""

from __future__ import annotations

from assistant.generative_units import Unit
from assistant.quotation import escape


class Layout:
    """The text of one written answer while it grows."""

    def __init__(self) -> None:
        self.text = ""
        """All of it, as the reader has it."""
        self._last = ""
        self._pending: list[Unit] = []
        """Headings and lead-ins that wait for something to stand under them."""
        self._width = 0
        """Columns of the table that is open; 0 outside tables."""

    def announce(self, unit: Unit) -> None:
        """Hold a heading or a lead-in until something follows it."""
        if unit.kind == "heading":
            self._pending = []
        self._pending.append(unit)

    def withdraw(self) -> None:
        """Forget what was announced: nothing of it is carried."""
        self._pending = []

    def sentence(self, unit: Unit, text: str, marks: str, *, is_verbatim: bool = False) -> str:
        """The piece that adds a sentence or an item with its marks."""
        piece = self._announced()
        kind = "item" if unit.kind == "item" else "sentence"
        opens = unit.opens_line or is_verbatim or self._last not in ("sentence", "item")
        body = " ".join(escape(text).split())
        if opens:
            gap = "\n" if kind == self._last == "item" else "\n\n"
            piece += (gap if self.text or piece else "") + ("- " if kind == "item" else "") + body
        else:
            piece += body
        self._last, self._width = kind, 0
        return self._add(f"{piece}{marks}")

    def row(self, header: list[str], cells: list[str]) -> str:
        """The piece that adds a table row, under its header if it is the first."""
        piece = ""
        if not self._width or self._last != "row":
            piece = self._announced()
            self._width = len(header)
            piece += "\n\n" if self.text or piece else ""
            piece += _line(header) + "\n|" + " --- |" * len(header)
        cells = [*cells, *[""] * self._width][: self._width]
        self._last = "row"
        return self._add(f"{piece}\n{_line(cells)}")

    def block(self, text: str) -> str:
        """The piece that adds finished Markdown as a paragraph of its own."""
        self._pending, self._last, self._width = [], "block", 0
        return self._add(("\n\n" if self.text else "") + text)

    def _announced(self) -> str:
        out = ""
        for unit in self._pending:
            words = escape(unit.text)
            words = f"**{words}**" if unit.kind == "heading" else words
            out += ("\n\n" if self.text or out else "") + words
        if self._pending:
            self._last = "announced"
        self._pending = []
        return out

    def _add(self, piece: str) -> str:
        self.text += piece
        return piece


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
