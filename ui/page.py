"""The page's components and how they are wired to `Chat`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import gradio as gr

from ui.chat import Chat, Progress
from ui.check_view import CheckView
from ui.checking import CHECK_TURN, Checking
from ui.rendering import (
    render_header,
    render_hint,
    render_modes,
    render_turns,
    render_welcome,
)
from ui.wording import LANGUAGES, text

_FILES = files("ui")

_ATTACH = "\nwindow.policyPage.attach(element, trigger, watch);"

# Read by HTML.__getattr__: a custom event exists where its name stands quoted in js_on_load.
_EVENTS = "\n// events: 'cite' 'document' 'library' 'example' 'widen' 'choose'"

_ON_LOAD = """() => {
  document.documentElement.lang = "zh-CN";
  let key = sessionStorage.getItem("conversation");
  if (!/^[0-9a-f]{32}$/.test(key ?? "")) {
    const random = crypto.getRandomValues(new Uint8Array(16));
    key = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
    sessionStorage.setItem("conversation", key);
  }
  return [key, sessionStorage.getItem("language") ?? "%s"];
}"""

_ON_SWITCH = """(key, language, region) => {
  const next = language === "en" ? "zh" : "en";
  sessionStorage.setItem("language", next);
  document.documentElement.lang = next === "en" ? "en" : "zh-CN";
  return [key, next, region];
}"""


# A file pasted by mistake is cut in the browser, far above the limit that is explained.
_ON_ASK = """async (question, region, document, key, language) => [
  (question ?? "").slice(0, 100000), region, document, ...(await window.policyPage.session(language))
]"""
_ON_EXAMPLE = "(key, language) => window.policyPage.session(language)"
_ON_OPENED = "() => { window.policyPage.opened = true; }"

# Shut until the documents of the region are there: Gradio's list breaks where its choices are
# changed while it stands open.
_ON_REGION = "() => ({ interactive: false, __type__: 'update' })"

_ON_TYPED = """(question, ...rest) => [(question ?? "").slice(0, 2000), ...rest]"""

_ON_EXPORT = "(words, language) => window.policyPage.save(words, language)"


class Page:
    """The components and their wiring."""

    def __init__(self, chat: Chat, checking: Checking, language: str) -> None:
        self._chat = chat
        self._checking = checking
        start = language if language in LANGUAGES else "zh"
        script = _FILES.joinpath("page.js").read_text(encoding="utf-8") + _ATTACH + _EVENTS
        with gr.Blocks(
            analytics_enabled=False, title=text("title", start), fill_width=True
        ) as self.blocks:
            self._lay_out(start, script)
            self._wire(start)

    def _lay_out(self, language: str, script: str) -> None:
        def html(value: str, elem_id: str) -> gr.HTML:
            return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=script)

        def button(key: str, elem_id: str, **options: Any) -> gr.Button:
            return gr.Button(text(key, language), elem_id=elem_id, **options)

        self.key = gr.Textbox(visible=False)
        self.exported = gr.Textbox(visible=False)
        self.language = gr.Textbox(language, visible=False)
        with gr.Column(elem_id="app"):
            with gr.Row(elem_id="top"):
                self.header = html(render_header(language), "brand")
                self.library = button("library", "open-library", size="sm")
                self.new = button("new_chat", "new-chat", size="sm")
                self.large = button("large_type", "large-type", size="sm")
                self.switch = button("other_language", "language-switch", size="sm")
            with gr.Row(elem_id="body"):
                with gr.Column(elem_id="chat"):
                    with gr.Row(elem_id="mode-row"):
                        self.modes = html(render_modes(language), "modes")
                        self.export = button("export", "export", size="sm")
                    with gr.Column(elem_id="ask-view"):
                        with gr.Row(elem_id="filters"):
                            self.region = gr.Dropdown(elem_id="region-filter", container=False)
                            self.document = gr.Dropdown(elem_id="document-filter", container=False)
                        with gr.Column(elem_id="talk"):
                            self.history = html("", "history")
                            self.live = html(render_welcome(language), "live")
                        with gr.Column(elem_id="composer"):
                            with gr.Row(elem_id="ask"):
                                self.question = gr.Textbox(
                                    elem_id="question", lines=1, max_lines=5, container=False
                                )
                                self.send = button("send", "send", variant="primary")
                                self.stop = button("stop", "stop", visible=False)
                            self.hint = html(render_hint(language), "hint")
                    self.check = CheckView(self._checking, self._chat, language, html)
                self.panel = html("", "source-panel")

    def _wire(self, start: str) -> None:
        session = [self.key, self.language]
        drawn = [self.history, self.live, self.question, self.hint, self.send, self.stop]
        labels = [
            self.header,
            self.modes,
            self.library,
            self.export,
            self.new,
            self.large,
            self.switch,
            self.region,
            self.document,
            self.panel,
        ]
        everything = [*session, *drawn, *labels, *self.check.drawn]
        # Private endpoints can still be called; each does no more than the page does.
        # preprocess=False: the values are checked in Chat, not against a list of choices
        # that the server forgets when a laptop sleeps.
        quiet: dict[str, Any] = {
            "api_visibility": "private",
            "show_progress": "hidden",
            "preprocess": False,
        }
        typed = [self.question, self.region, self.document, *session]
        conversation = (self.live, self.history)
        # "multiple": after a stop the next question need not wait for a model that is silent.
        ask: dict[str, Any] = {**quiet, "trigger_mode": "multiple"}
        sent = [self.send.click, self.question.submit]
        gr.on(sent, self._ask, typed, drawn, js=_ON_ASK, **ask)
        self.question.input(
            self._typed,
            [self.question, self.hint, self.language],
            self.hint,
            js=_ON_TYPED,
            **{**quiet, "trigger_mode": "always_last"},
        )
        self.live.example(self._example, session, drawn, js=_ON_EXAMPLE, **ask)
        for html in conversation:
            html.widen(self._widen, session, drawn, **ask)
            html.choose(self._choose, session, drawn, **ask)
        # No `cancels`: Gradio closes the browser's event stream as it cancels, and what the
        # same click had to say is lost now and then. Chat ends a stopped answer itself.
        self.stop.click(self._stopped, session, drawn, **quiet)
        self.new.click(self._cleared, session, [*drawn, self.panel], **quiet)
        self.switch.click(self._redraw, [*session, self.region], everything, js=_ON_SWITCH, **quiet)

        self.check.wire(session, quiet)
        self.export.click(self._export, session, [self.exported, self.hint], **quiet).then(
            None, [self.exported, self.language], None, js=_ON_EXPORT
        )

        for html in (*conversation, self.check.result, self.panel):
            html.cite(self._cite, session, self.panel, **quiet)
            html.library(self._list, session, self.panel, **quiet)
        self.library.click(self._list, session, self.panel, **quiet)
        self.panel.document(self._open_document, session, self.panel, **quiet)
        self.region.input(None, None, self.document, js=_ON_REGION)
        self.region.input(self._narrow, [self.region, self.language], self.document, **quiet)
        opened = self.blocks.load(self._opened, session, everything, js=_ON_LOAD % start, **quiet)
        opened.then(None, None, None, js=_ON_OPENED)

    def _ask(
        self, question: Any, region: Any, document: Any, key: Any, language: Any
    ) -> Iterator[tuple[Any, ...]]:
        yield from self._draw(self._chat.ask(question, region, document, key, language), language)

    def _example(self, key: Any, language: Any, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        index = _detail(event, "index")
        yield from self._draw(self._chat.ask_example(index, key, language), language)

    def _widen(self, key: Any, language: Any, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        number = _detail(event, "turn")
        yield from self._draw(self._chat.ask_widened(number, key, language), language)

    def _choose(self, key: Any, language: Any, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        number, index = _detail(event, "turn"), _detail(event, "index")
        yield from self._draw(self._chat.ask_choice(number, index, key, language), language)

    def _typed(self, question: Any, shown: Any, language: Any) -> Any:
        """A warning as soon as something personal stands in the box."""
        hint = render_hint(language, personal=self._chat.personal_kinds(question))
        # Drawn again only where it changes: a screen reader would say it with every letter.
        return gr.skip() if hint == shown else hint

    def _export(self, key: Any, language: Any) -> tuple[str, str]:
        words = self._chat.export(key, language)
        error = "" if words else text("nothing_to_export", language)
        return words, render_hint(language, error)

    def _draw(self, progress: Iterator[Progress], language: Any) -> Iterator[tuple[Any, ...]]:
        """`Progress` → updates of history, live, question, hint, send, stop."""
        first = True
        for step in progress:
            if not step.accepted:
                skip = gr.skip()
                yield skip, skip, skip, render_hint(language, step.error), skip, skip
                return
            history = render_turns(step.turns[:-1], language) if first else gr.skip()
            yield (
                history,
                render_turns(step.turns[-1:], language) or render_welcome(language),
                gr.update(value="") if first else gr.skip(),
                render_hint(language) if first else gr.skip(),
                *_buttons(step.running, language),
            )
            first = False

    def _conversation(self, key: Any, language: Any) -> tuple[Any, ...]:
        """History, live, question, hint, send, stop of a conversation at rest."""
        turns = self._chat.turns(key)
        live = render_turns(turns[-1:], language) or render_welcome(language)
        question = gr.update(
            placeholder=text("placeholder", language), label=text("question", language)
        )
        hint = render_hint(language)
        return render_turns(turns[:-1], language), live, question, hint, *_buttons(False, language)

    def _stopped(self, key: Any, language: Any) -> tuple[Any, ...]:
        return self._conversation(key, language)

    def _cleared(self, key: Any, language: Any) -> tuple[Any, ...]:
        self._chat.clear(key)
        return *self._conversation(key, language), self._chat.library_panel(language)

    def _cite(self, key: Any, language: Any, event: gr.EventData) -> str:
        whole = _detail(event, "whole") is True
        turn, number = _detail(event, "turn"), _detail(event, "number")
        if turn == CHECK_TURN:
            return self._checking.citation_panel(number, whole, key, language)
        return self._chat.citation_panel(turn, number, whole, key, language)

    def _open_document(self, _key: Any, language: Any, event: gr.EventData) -> str:
        return self._chat.document_panel(_detail(event, "id"), language)

    def _list(self, _key: Any, language: Any) -> str:
        return self._chat.library_panel(language)

    def _narrow(self, region: Any, language: Any) -> Any:
        choices = self._chat.document_choices(region, language)
        return gr.update(choices=choices, value="", interactive=True)

    def _opened(self, key: Any, language: Any) -> tuple[Any, ...]:
        language = language if language in LANGUAGES else "zh"
        return self._redraw(self._chat.key(key), language, "")

    def _redraw(self, key: Any, language: Any, region: Any) -> tuple[Any, ...]:
        """Everything on the page, in `language`."""
        regions = self._chat.region_choices(language)
        documents = self._chat.document_choices(region, language)
        return (
            key,
            language,
            *self._conversation(key, language),
            render_header(language),
            render_modes(language),
            *(text(name, language) for name in ("library", "export", "new_chat", "large_type")),
            text("other_language", language),
            gr.update(choices=regions, label=text("region", language), value=region or ""),
            gr.update(
                choices=documents, label=text("document", language), value="", interactive=True
            ),
            self._chat.library_panel(language),
            *self.check.redraw(key, language),
        )


def _buttons(running: bool, language: Any) -> tuple[Any, Any]:
    """Send and stop: one of them is on the page."""
    return (
        gr.update(visible=not running, value=text("send", language)),
        gr.update(visible=running, value=text("stop", language)),
    )


def _detail(event: gr.EventData, name: str) -> object:
    """One value of what the browser sent along with an event, or None."""
    data = event._data
    return data.get(name) if isinstance(data, dict) else None
