"""The answer's Markdown and any foreign text → HTML that cannot carry anything but text.

Documents and questions are untrusted. Links, images and HTML are not part of the dialect:
`[x](javascript:…)` and `<img onerror>` come out as the characters they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

MarkRenderer = Callable[[int], str | None]
"""Citation number → the HTML of its mark, or None where there is no such citation."""

_MARK = re.compile(r"\[(\d{1,3})\]")
_OFF = (
    "link",
    "image",
    "autolink",
    "reference",
    "html_block",
    "html_inline",
    "entity",
    # Four spaces open a paragraph in many Chinese documents; they are not code.
    "code",
    # Keeps `\[1\]` apart from the text around it: an escaped mark is not a citation.
    "text_join",
)


def escape(value: object) -> str:
    """Text for any place in HTML, attributes included; lone surrogates become `?`."""
    return html.escape(str(value).encode("utf-8", "replace").decode("utf-8"), quote=True)


class _AnswerRenderer(RendererHTML):
    """Renders text tokens with their citation marks."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Plain text, `[n]` replaced by what the mark renderer gives."""
        mark: MarkRenderer = env["mark"]
        parts: list[str] = []
        done = 0
        content = tokens[idx].content
        for match in _MARK.finditer(content):
            rendered = mark(int(match.group(1)))
            if rendered is None:
                continue
            parts += [escape(content[done : match.start()]), rendered]
            done = match.end()
        parts.append(escape(content[done:]))
        return "".join(parts)

    def text_special(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A character that was escaped with a backslash."""
        return escape(tokens[idx].content)

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A table scrolls inside its own frame, never the page."""
        return '<div class="table-frame" tabindex="0"><table>\n'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Closes what `table_open` opened."""
        return "</table></div>\n"


_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_AnswerRenderer)
    .enable("table")
    .disable(list(_OFF))
)


def answer_html(markdown: str, mark: MarkRenderer) -> str:
    """HTML of an answer: paragraphs, lists, tables, bold, and the citation marks of `mark`."""
    clean = markdown.encode("utf-8", "replace").decode("utf-8")
    return str(_MARKDOWN.render(clean, {"mark": mark}))
