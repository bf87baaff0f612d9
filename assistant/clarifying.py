"""「补贴」「社工政策」: too open to answer; one question back, with choices from the library."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.definition import defined_word
from assistant.question import ParsedQuestion
from assistant.quotation import escape, named
from assistant.wording import Language
from knowledge.documents import PolicyDocument, ScoredPassage
from knowledge.figures import find_figures
from knowledge.regions import COUNTRY
from knowledge.rule_names import bare_title
from knowledge.tokenization import fold

_WRAPPING = re.compile(
    r"^(?:请问|想(?:了解|知道|问)(?:一下)?|说说|讲讲|介绍(?:一下)?|看看|关于|有关|都?有(?:哪些|什么|啥)|哪些|什么)+"
    r"|(?:都?有(?:哪些|什么|啥)|是什么|呢|吗|的|情况|方面|相关|有关|问题|内容|政策|规定|文件|法规|方案)+$"
)
_INTERROGATIVE = re.compile(r"多少|几|哪|什么|谁|何|怎|如何|为什么|是否|吗|能|可以")
_TOPIC, _WHOLE = 4, 12
# A topic that stands in fewer documents is narrow enough to answer.
_DOCUMENTS, _CHOICES = 3, 4
_ASK = (
    "“{topic}”在资料库的多份文件中都有规定，请说明想了解的是哪一份文件、哪个地区或哪个方面，例如：",
    "Several documents in the library deal with “{topic}”. Which document, place or aspect "
    "is meant? For example:",
)
_ASK_ANY = (
    "资料库里有多份政策文件，请说明想了解的是哪一份文件、哪个地区或哪个方面，例如：",
    "The library holds several policies. Which document, place or aspect is meant? For example:",
)
_ASPECTS = (
    "也可以写明要问的方面：服务内容、目标、经费、条件、程序或期限。",
    "Or name the aspect: services, targets, funding, conditions, procedure or time limits.",
)


def open_topic(question: ParsedQuestion) -> str | None:
    """The bare topic of a question that asks nothing of it ('' for 有什么政策); None otherwise."""
    if question.regions or question.years or question.english or len(question.text) > _WHOLE:
        return None
    if question.references.articles or question.form not in ("general", "list"):
        return None
    if defined_word(question.text):
        return None
    topic = fold(question.text).strip(" ？?。！!，,")
    while (cut := _WRAPPING.sub("", topic).strip()) != topic:
        topic = cut
    if len(topic) > _TOPIC or _INTERROGATIVE.search(topic) or not _is_word(topic):
        return None
    return topic


def clarifying_question(
    topic: str,
    found: Sequence[tuple[ScoredPassage, PolicyDocument]],
    language: Language,
) -> str | None:
    """The question back, with documents of the library to choose from.

    None if the topic stands in so few documents that it can be answered.
    """
    titles: dict[str, str] = {}
    for result, document in found:
        speaks = not topic or topic in fold(result.passage.text_for_search)
        # A figure in a title is no figure of an answer and must not look like one.
        if speaks and not find_figures(document.title):
            titles.setdefault(bare_title(document.title), _choice(document, topic))
    if len(titles) < _DOCUMENTS:
        return None
    english = int(language == "en")
    ask = (_ASK if topic else _ASK_ANY)[english].format(topic=escape(topic))
    choices = "\n".join(f"- {choice}" for choice in list(titles.values())[:_CHOICES])
    return f"{ask}\n\n{choices}\n\n{_ASPECTS[english]}"


def _choice(document: PolicyDocument, topic: str) -> str:
    place = "" if document.region in (None, COUNTRY) else f"（{escape(document.region or '')}）"
    name = named(bare_title(document.title)) + place
    return f"{name}中的“{escape(topic)}”" if topic else name


def _is_word(topic: str) -> bool:
    return not topic or bool(re.fullmatch(r"[㐀-鿿]+", topic))
