"""The conversation → HTML. Everything that was typed or read is escaped here or in markup."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.personal_data import PersonalKind
from assistant.privacy import kind_names, without_marks
from ui.choices import clarification
from ui.conversation import Turn
from ui.help_block import render_help, split_help
from ui.markup import MarkRenderer, answer_html, escape
from ui.source_list import citation_label, render_leads, render_mark, render_sources
from ui.wording import EXAMPLE_QUESTIONS, text


def render_header(language: str) -> str:
    """HTML of the page's name."""
    return (
        f'<a class="skip" href="#question" data-action="skip">{escape(text("skip", language))}</a>'
        f"<h1>{escape(text('title', language))}</h1>"
        f'<p class="tagline">{escape(text("tagline", language))}</p>'
    )


def render_modes(language: str) -> str:
    """HTML of the two tabs. The script moves the selection; arrow keys work as in any tab list."""
    tabs = "".join(
        f'<button type="button" role="tab" id="tab-{mode}" class="tab" data-action="mode" '
        f'data-mode="{mode}" aria-controls="{mode}-view" aria-selected="{selected}">'
        f"{escape(text(f'mode_{mode}', language))}</button>"
        for mode, selected in (("ask", "true"), ("check", "false"))
    )
    label = escape(text("modes", language))
    return f'<div class="tabs" role="tablist" aria-label="{label}">{tabs}</div>'


def render_hint(language: str, error: str = "", personal: Sequence[PersonalKind] = ()) -> str:
    """HTML under the question box: what is wrong with the question, a warning of the personal
    data in it, or the privacy note."""
    if error:
        return f'<p class="error" role="alert">{escape(error)}</p>'
    if personal:
        kinds = kind_names(tuple(personal), language)
        sentence = text("personal_typed", language, kinds=kinds)
        return f'<p class="warning" role="status">{escape(sentence)}</p>'
    return f'<p class="privacy">{escape(text("privacy", language))}</p>'


def render_welcome(language: str) -> str:
    """HTML of the empty conversation: what to ask, with example questions."""
    items = "".join(
        f'<li><button type="button" class="example" data-action="example" data-index="{index}">'
        f'<span class="example-kind">{escape(text(f"example_{kind}", language))}</span>'
        f"<span>{escape(question)}</span></button></li>"
        for index, (kind, question) in enumerate(EXAMPLE_QUESTIONS)
    )
    return (
        f'<section class="welcome"><h2>{escape(text("welcome", language))}</h2>'
        f"<p>{escape(text('welcome_detail', language))}</p>"
        f'<p class="examples-label">{escape(text("examples", language))}</p>'
        f'<ul class="examples">{items}</ul></section>'
    )


def render_turns(turns: Sequence[Turn], language: str) -> str:
    """HTML of turns, oldest first."""
    return "".join(render_turn(turn, language) for turn in turns)


def render_turn(turn: Turn, language: str) -> str:
    """HTML of one question with its answer."""
    scope = ""
    if turn.scope:
        scope = f'<p class="scope">{escape(text("scope", language, scope=turn.scope))}</p>'
    if turn.personal:
        kinds = kind_names(turn.personal, language)
        hidden = text("personal_hidden", language, kinds=kinds)
        scope += f'<p class="hidden-note">{escape(hidden)}</p>'
    busy = "true" if turn.phase == "running" else "false"
    return (
        f'<article class="turn" data-turn="{turn.number}" data-phase="{turn.phase}" '
        f'aria-busy="{busy}"><div class="asked"><h2 class="unseen">{escape(text("you", language))}'
        f'</h2><p class="asked-text">{escape(turn.question)}</p>{scope}</div>'
        f'<div class="answer"><h2 class="unseen">{escape(text("answer", language))}</h2>'
        f"{_reply(turn, language)}</div></article>"
    )


def copied_text(answer: Answer, question: str, language: str) -> str:
    """What the copy button gives: question, answer, sources, and the label of generated text."""
    lines = [question, "", answer.text]
    if answer.mode == "generative" and answer.citations:
        lines += ["", text("copied_generated", language)]
    if answer.citations:
        lines += ["", text("citations", language)]
        lines += [
            f"[{citation.number}] {citation_label(citation, language)}\n    {citation.quote}"
            for citation in answer.citations
        ]
    if answer.leads:
        lines += ["", text("leads", language)]
        lines += [f"- {citation_label(lead, language)}\n    {lead.quote}" for lead in answer.leads]
    return "\n".join(lines)


def _reply(turn: Turn, language: str) -> str:
    if turn.answer:
        return _answer(turn, turn.answer, language)
    help_block, streamed = _parts(turn, turn.text, _plain_mark, language)
    if turn.failure:
        message = turn.failure[1 if language == "en" else 0]
        badge = _badge("failed", text("failed", language), turn)
        sentence = f'<div class="verdict">{badge}</div><p role="alert">{escape(message)}</p>'
        # Whatever failed afterwards, the hotlines stay.
        return help_block + sentence
    if turn.phase == "running":
        stage = text(f"stage_{turn.stage or 'question'}", language)
        line = f'<p class="stage"><span class="pulse" aria-hidden="true"></span>{escape(stage)}</p>'
        return f'{help_block}<div class="answer-text streaming">{streamed}</div>{line}'
    stopped = f'<p class="next">{escape(text("stopped", language))}</p>'
    return f'{help_block}<div class="answer-text">{streamed}</div>{stopped}'


def _parts(turn: Turn, words: str, mark: MarkRenderer, language: str) -> tuple[str, str]:
    """HTML of the hotlines at the head of an answer, and of the rest.

    Here, and nowhere else, personal data takes the place of its marks again.
    """
    head, rest = split_help(words)
    help_block = render_help(head, language) if head else ""
    return help_block, answer_html(turn.mask.restored(rest), mark)


def _answer(turn: Turn, answer: Answer, language: str) -> str:
    known = {citation.number: citation for citation in answer.citations}

    def mark(number: int) -> str | None:
        citation = known.get(number)
        return render_mark(turn.number, citation, language) if citation else None

    status = text(f"status_{answer.status}", language)
    badge = _badge(answer.status, status, turn)
    mode = ""
    if answer.citations:
        label = escape(text(f"mode_{answer.mode}", language))
        mode = f'<span class="mode {answer.mode}">{label}</span>'
    understood = ""
    # Hidden personal data is no difference worth telling.
    if answer.standalone_question.strip() not in ("", turn.question, without_marks(turn.question)):
        sentence = text("understood_as", language, question=answer.standalone_question)
        understood = f'<p class="understood">{escape(sentence)}</p>'
    copy = escape(copied_text(answer, turn.question, language))
    done = text("done", language, status=status, count=len(answer.citations))
    asked_back = clarification(answer)
    help_block, body = _parts(turn, asked_back.text, mark, language)
    if help_block:
        done = text("done_crisis", language) + done
    return (
        f'{help_block}<div class="verdict">{badge}{mode}<button type="button" class="plain copy" '
        f'data-action="copy" data-copy="{copy}" data-done="{escape(text("copied", language))}" '
        f'data-failed="{escape(text("copy_failed", language))}">{escape(text("copy", language))}'
        f"</button></div>{understood}"
        f'<div class="answer-text">{body}</div>'
        f"{_choices(turn, asked_back.choices, language)}"
        f"{render_leads(turn.number, answer.leads, language)}{_next_step(turn, answer, language)}"
        f"{render_sources(turn.number, answer.citations, language)}"
        f'<p class="unseen" role="status">{escape(done)}</p>'
    )


def _choices(turn: Turn, choices: Sequence[str], language: str) -> str:
    if not choices:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="choice" data-action="choose" '
        f'data-turn="{turn.number}" data-index="{index}">{escape(choice)}</button></li>'
        for index, choice in enumerate(choices)
    )
    label = escape(text("choices", language))
    return f'<ul class="choices" aria-label="{label}">{buttons}</ul>'


def _badge(kind: str, label: str, turn: Turn) -> str:
    return f'<span class="badge {kind}" id="status-{turn.number}">{escape(label)}</span>'


def _plain_mark(number: int) -> str:
    return f'<span class="mark pending">[{number}]</span>'


def _next_step(turn: Turn, answer: Answer, language: str) -> str:
    """What the reader can do now, where the answer is not a full one."""
    sentences: list[str] = []
    buttons: list[tuple[str, str]] = []
    if answer.status == "no_evidence":
        if turn.scope:
            sentences.append(text("next_scoped", language, scope=turn.scope))
            buttons.append(("widen", text("widen", language)))
        sentences.append(text("next_no_evidence", language))
        buttons.append(("library", text("open_library", language)))
    elif answer.status == "partial":
        sentences.append(text("next_partial", language))
    elif answer.status == "out_of_scope":
        sentences.append(text("next_out_of_scope", language))
    if not sentences:
        return ""
    actions = "".join(
        f'<button type="button" class="plain" data-action="{action}" data-turn="{turn.number}">'
        f"{escape(label)}</button>"
        for action, label in buttons
    )
    return f'<div class="next"><p>{escape(" ".join(sentences))}</p><p>{actions}</p></div>'
