"""What the reader is told of the part a chat model had in an answer. No note holds a figure."""

from __future__ import annotations

from assistant.chat_failure import ChatCause
from assistant.wording import Language

_CAUSES: dict[ChatCause, tuple[str, str]] = {
    "not_installed": (
        "缺少对话模型所需的软件包（可用 policy-assistant doctor 查看）",
        "a package that the chat model needs is missing (see policy-assistant doctor)",
    ),
    "misconfigured": (
        "对话模型的设置不正确（可用 policy-assistant doctor 查看）",
        "the chat model is not set up rightly (see policy-assistant doctor)",
    ),
    "unreachable": (
        "与对话模型的服务连接失败或中断",
        "the model server could not be reached, or the connection was lost",
    ),
    "timeout": ("对话模型没有及时作答", "the model did not answer in time"),
    "rate_limited": (
        "对话模型的服务正忙或已达用量上限",
        "the model server is busy or its quota is used up",
    ),
    "access": (
        "对话模型的服务拒绝了访问，请检查密钥",
        "the model server refused access; check the key",
    ),
    "rejected": (
        "对话模型的服务不接受这次请求，请检查模型名称和地址",
        "the model server did not accept the request; check the model's name and address",
    ),
    "server": ("对话模型的服务出错", "the model server failed"),
    "malformed": (
        "对话模型的服务返回了无法读取的内容",
        "the model server sent something that cannot be read",
    ),
    "filtered": (
        "对话模型的服务没有放行这次回答",
        "the model server's content filter withheld the reply",
    ),
    "refused": ("对话模型没有作答", "the model declined to answer"),
    "empty": ("对话模型没有返回内容", "the model sent nothing"),
    "tool_call": ("对话模型没有返回文字", "the model sent no text"),
    "unfounded": (
        "对话模型所写的大部分内容在资料中没有依据，已删去",
        "most of what the model wrote has no support in the library and was left out",
    ),
    "language": (
        "模型撰写的回答目前只能用中文核对",
        "what a model writes can be checked in Chinese only",
    ),
}
_FALLBACK = (
    "说明：{cause}，以下为资料原文摘录。",
    "Note: {cause}; here are the documents' own words.",
)
_REMOVED = (
    "说明：对话模型写的内容中有{count}句在资料中没有依据，已删去。",
    "Note: {count} of the model's sentences had no support in the library and were left out.",
)
_CORRECTED = (
    "说明：对话模型写的内容中有{count}句与资料不符，已按资料改正。",
    "Note: {count} of the model's sentences differed from the library and were put right by its "
    "words.",
)
_CUT = (
    "说明：对话模型的回答过长，只保留了前面的部分。",
    "Note: the model's reply was too long; only its beginning is kept.",
)
# In words: a figure in a note would look like one of the library's.
_COUNTS_ZH = ("", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")
_COUNTS_EN = ("", *"one two three four five six seven eight nine ten".split())


def fallback_note(cause: ChatCause, language: Language) -> str:
    """Why the answer is in quoted words."""
    index = _index(language)
    return _FALLBACK[index].format(cause=_CAUSES[cause][index])


def cause_in_words(cause: ChatCause, language: Language) -> str:
    """The cause as part of a sentence."""
    return _CAUSES[cause][_index(language)]


def change_notes(removed: int, corrected: int, is_cut: bool, language: Language) -> str:
    """What was done to the model's sentences; '' if nothing."""
    index = _index(language)
    notes = [
        sentence[index].format(count=_in_words(count, index))
        for sentence, count in ((_REMOVED, removed), (_CORRECTED, corrected))
        if count
    ]
    if is_cut:
        notes.append(_CUT[index])
    return "\n\n".join(notes)


def _in_words(count: int, index: int) -> str:
    words = _COUNTS_EN if index else _COUNTS_ZH
    return words[count] if count < len(words) else ("many", "许多")[1 - index]


def _index(language: Language) -> int:
    return 1 if language == "en" else 0
