"""The second tab's components and how they are wired to `Checking`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from ui.chat import Chat
from ui.check_rendering import render_check, render_check_hint, render_check_intro
from ui.checking import CHECK_LIMIT, Checking
from ui.wording import text

# A book pasted by mistake is cut in the browser, well above the limits that are explained, so
# that the gate need not drop the request without a word.
_ON_CHECK = """(claim, evidence, key, language) =>
  [(claim ?? "").slice(0, 60000), (evidence ?? "").slice(0, 60000), key, language]"""
_ON_TYPED = """(claim, evidence, shown, language) =>
  [(claim ?? "").slice(0, 3000), (evidence ?? "").slice(0, 3000), shown, language]"""


class CheckView:
    """Laid out inside the page's Blocks."""

    def __init__(
        self,
        checking: Checking,
        chat: Chat,
        language: str,
        html: Callable[[str, str], gr.HTML],
    ) -> None:
        self._checking = checking
        self._chat = chat
        with gr.Column(elem_id="check-view"), gr.Column(elem_id="check-scroll"):
            self.intro = html(render_check_intro(language), "check-intro")
            with gr.Column(elem_id="check-form"):
                self.claim = gr.Textbox(elem_id="check-text", lines=3, max_lines=10)
                self.evidence = gr.Textbox(elem_id="check-evidence", lines=1, max_lines=6)
                with gr.Row(elem_id="check-buttons"):
                    self.check = gr.Button(
                        text("check", language), elem_id="check", variant="primary"
                    )
                    self.clear = gr.Button(text("clear", language), elem_id="check-clear")
                self.hint = html("", "check-hint")
            self.result = html("", "check-result")

    @property
    def drawn(self) -> list[Any]:
        """What `redraw` gives the values of, in its order."""
        return [
            self.intro,
            self.claim,
            self.evidence,
            self.check,
            self.clear,
            self.hint,
            self.result,
        ]

    def wire(self, session: list[Any], quiet: dict[str, Any]) -> None:
        """Connect the components; `session` is the key and the language."""
        typed = [self.claim, self.evidence]
        checked = [self.hint, self.result, self.check]
        gr.on(
            [self.check.click, self.claim.submit],
            self._check,
            [*typed, *session],
            checked,
            js=_ON_CHECK,
            **quiet,
        )
        self.clear.click(self._clear, session, [*typed, *checked], **quiet)
        gr.on(
            [self.claim.input, self.evidence.input],
            self._typed,
            [*typed, self.hint, session[1]],
            self.hint,
            js=_ON_TYPED,
            **{**quiet, "trigger_mode": "always_last"},
        )

    def redraw(self, key: Any, language: Any) -> tuple[Any, ...]:
        """Everything of this tab in `language`, the verdicts included; what was typed stays."""
        return (
            render_check_intro(language),
            gr.update(
                label=text("check_text", language), placeholder=text("check_text_hint", language)
            ),
            gr.update(
                label=text("check_evidence", language),
                placeholder=text("check_evidence_hint", language),
            ),
            _button(language),
            text("clear", language),
            render_check_hint(language),
            render_check(self._checking.latest(key), language),
        )

    def _check(
        self, claim: Any, evidence: Any, key: Any, language: Any
    ) -> Iterator[tuple[Any, Any, Any]]:
        skip = gr.skip()
        refusal = self._checking.refusal(claim, evidence, language)
        if refusal:
            yield render_check_hint(language, refusal), skip, skip
            return
        yield render_check_hint(language, busy=True), skip, _button(language, busy=True)
        outcome = self._checking.check(claim, evidence, key, language)
        if outcome.error:
            yield render_check_hint(language, outcome.error), skip, _button(language)
            return
        personal = self._chat.personal_kinds(claim)
        hint = render_check_hint(language, personal=personal)
        yield hint, render_check(outcome.checked, language), _button(language)

    def _clear(self, key: Any, language: Any) -> tuple[Any, ...]:
        self._checking.clear(key)
        empty = gr.update(value="")
        return empty, empty, render_check_hint(language), "", _button(language)

    def _typed(self, claim: Any, evidence: Any, shown: Any, language: Any) -> Any:
        """A warning as soon as something personal stands in the boxes."""
        words = [part for part in (claim, evidence) if isinstance(part, str)]
        kinds = self._chat.personal_kinds("\n".join(words)[: 2 * CHECK_LIMIT])
        hint = render_check_hint(language, personal=kinds)
        # Drawn again only where it changes: a screen reader would say it with every letter.
        return gr.skip() if hint == shown else hint


def _button(language: Any, busy: bool = False) -> Any:
    return gr.update(value=text("check", language), interactive=not busy)
