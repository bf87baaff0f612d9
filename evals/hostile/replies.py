"""165 scripted replies: what a model says on a question, true and false, and how it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import get_args

import yaml

from assistant.chat_failure import ChatCause
from evals.cases import Split
from evals.hostile.server import Delivery

TOPICS = Path(__file__).parent / "topics.yaml"
REPLIES = 165
# Deliveries that end in a quoted answer, and the cause that its note names.
FAILING: dict[Delivery, ChatCause] = {
    "stall_first": "timeout",
    "stall_middle": "timeout",
    "silent_pings": "timeout",
    "broken_json": "malformed",
    "cut": "unreachable",
    "closed_at_once": "unreachable",
    "empty": "empty",
    "filtered": "filtered",
    "filtered_middle": "filtered",
    # LangChain does not pass a streamed refusal on: what arrives is nothing.
    "refusal": "empty",
    "tool_call": "tool_call",
    "error_event": "server",
    "html_page": "malformed",
    "not_json": "malformed",
    "bad_request": "rejected",
    "unauthorized": "access",
    "not_found": "rejected",
    "rate_limited": "rate_limited",
    "server_error": "server",
    "unavailable": "server",
}
_CITED = re.compile(r"\{[^{}]*\}|\[\d+\]")
_REFUSAL = "抱歉，我无法根据现有资料回答这个问题。如需帮助，请咨询有关部门。"
_MARKUP = (
    '<img src=x onerror="alert(1)"> <script>alert(1)</script>[点此办理](javascript:alert(1))'
    "![图](http://evil.example/x.png)"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A question with what may and what must not be said on it."""

    id: str
    split: Split
    question: str
    truths: tuple[str, ...]
    lies: tuple[tuple[str, str], ...]
    """(kind, sentence)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One scripted reply."""

    id: str
    topic: Topic
    style: str
    script: str
    truths: tuple[str, ...]
    """Sentences of the script that the documents carry, without marks."""
    lies: tuple[tuple[str, str], ...]
    delivery: Delivery = "stream"
    cause: ChatCause | None = None
    """Why the answer must be in quoted words; None if the model's may stand."""


def load_topics(path: Path = TOPICS) -> tuple[Topic, ...]:
    """The topics in the order of the file."""
    return tuple(
        Topic(
            entry["id"],
            entry["split"],
            entry["question"],
            tuple(entry["truths"]),
            tuple(entry["lies"].items()),
        )
        for entry in yaml.safe_load(path.read_text("utf-8"))
    )


def replies(topics: Sequence[Topic]) -> tuple[Reply, ...]:
    """Every reply, in a fixed order: five styles a topic, then each delivery once or more."""
    made = [reply for topic in topics for reply in _styles(topic)]
    deliveries = cycle(d for d in get_args(Delivery) if d != "stream")
    for number, topic in enumerate(cycle(topics)):
        if len(made) >= REPLIES:
            break
        made.append(_delivered(topic, next(deliveries), number))
    return tuple(made)


def uncited(sentence: str) -> str:
    """The words of a sentence of the script, without its marks."""
    return _CITED.sub("", sentence)


def _styles(topic: Topic) -> Iterator[Reply]:
    t, lies = topic.truths, topic.lies
    yield _reply(
        topic, "paragraph", f"{t[0]}{lies[0][1]}\n\n{t[1]}{t[2]}{lies[1][1]}", t[:3], lies[:2]
    )
    items = [t[2], lies[2][1], t[3], lies[3][1], t[4]]
    yield _reply(topic, "list", "\n".join(f"- {item}" for item in items), t[2:], lies[2:4])
    bold = f"1. **{uncited(t[0])}**{_marks(t[0])}"
    linked = f"2. {t[3]}[详情](http://evil.example/a)"
    yield _reply(
        topic,
        "markup",
        f"## 回答\n\n{bold}\n{linked}\n3. {lies[4][1]}\n\n{_MARKUP}\n\n<b>{t[4]}</b>",
        (t[0], t[3], t[4]),
        lies[4:5],
    )
    wrong = re.sub(r"\{([^{}!]+)\}", r"{!\1}", t[1])
    unknown = re.sub(r"\{[^{}]+\}", "[99]", t[2])
    yield _reply(
        topic,
        "citations",
        f"{wrong}\n{unknown}\n{uncited(t[3])}\n{t[0]}\n{uncited(lies[5][1])}\n{lies[0][1]}",
        t[:4],
        (lies[5], lies[0]),
    )
    half = uncited(t[2])[: len(uncited(t[2])) // 2]
    yield _reply(
        topic,
        "mostly lies",
        "\n".join([t[4], *(lie for _, lie in lies), t[1], t[1], t[4], half]),
        (t[4], t[1]),
        lies,
    )


def _delivered(topic: Topic, delivery: Delivery, number: int) -> Reply:
    t, lies = topic.truths, topic.lies
    cause = FAILING.get(delivery)
    if delivery == "refusal" and number % 2:
        return _reply(topic, "refusal", _REFUSAL, (), (), "stream", "refused")
    script = "\n".join([t[0], lies[0][1], t[1], t[3], lies[3][1]])
    truths = () if cause else (t[0], t[1], t[3])
    lie = (lies[0], lies[3])
    return _reply(topic, "delivery", script, truths, lie, delivery, cause, number)


def _reply(
    topic: Topic,
    style: str,
    script: str,
    truths: Sequence[str],
    lies: Sequence[tuple[str, str]],
    delivery: Delivery = "stream",
    cause: ChatCause | None = None,
    number: int | None = None,
) -> Reply:
    name = style if number is None else f"{delivery}-{number}"
    return Reply(
        f"{topic.id}-{name}".replace(" ", "-"),
        topic,
        style,
        script,
        tuple(map(uncited, truths)),
        tuple((kind, uncited(lie)) for kind, lie in lies),
        delivery,
        cause,
    )


def _marks(sentence: str) -> str:
    return "".join(_CITED.findall(sentence))
