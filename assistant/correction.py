"""不是四川，是重庆: what was meant instead."""

from __future__ import annotations

import re

_WRONG = r"(?:(?:哦|噢|啊|唉|哎)*(?:不对)?[，,]?(?:看|说|搞|打|问|弄)(?:串|错|反|混)(?:行|了|字)*|说错了?|打错了?|搞错了?|问错了?|弄错了?|写错了?|不对|不是(?=[，,])|错了|更正(?:一下)?|纠正(?:一下)?|不好意思|抱歉|不是这个|no|sorry|wrong)"
_MEANT = r"(?:我)?(?:是)?(?:(?:想|要)?(?:问|说|指|看|查|了解|知道)|要)的(?:其实|应该)?(?:是)?|我是?(?:想|要)?(?:问|说|指)(?:一?下|的)?(?:是)?"
_STOP = r"[，,。；;、\s]+"
_NOT_THEN = re.compile(
    rf"^(?:{_WRONG}{_STOP})?(?:{_MEANT})?(?:不是|并非|不要|别说|没问)(?P<wrong>[^，,。；;]{{1,16}}?)(?:{_STOP}|(?=而是))(?:我)?(?:而)?(?:{_MEANT}|应该是|要的?是|是|换成|改成|要)(?P<meant>.+)$"
)
_THEN_NOT = re.compile(
    rf"^(?:{_WRONG}{_STOP})?(?:{_MEANT}|是|应该是|要)(?P<meant>[^，,。；;]{{1,30}}?)(?:{_STOP})?(?:而)?(?:不是|不要|没问|并非)(?P<wrong>[^，,。；;吗？?]{{1,16}})$"
)
_SIMPLY = re.compile(
    rf"^(?:{_WRONG}(?:了)?(?:{_STOP}|，)(?:{_MEANT}|应该是|是|要的?是|改成|换成)?|{_MEANT})(?P<meant>.+)$"
)
_ENGLISH = re.compile(
    r"^(?:no|sorry|wrong|actually)?[,. ]*(?:i (?:meant|mean|was asking about|asked about)|not [\w ]{1,24}[,;] ?(?:but |i (?:meant|mean) )?)\s*(?P<meant>.+?)(?:,? not (?P<wrong>.+))?$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"什么|哪|谁|怎|多少|几|否")


def meant_instead(text: str) -> str | None:
    """What `text` corrects the question before to; None if it corrects nothing."""
    said = text.strip().rstrip("。.！!")
    for pattern in (_NOT_THEN, _THEN_NOT, _SIMPLY, _ENGLISH):
        if (match := pattern.match(said)) and not _ASKS.match(match["meant"]):
            return match["meant"].strip(" ，,、")
    return None
