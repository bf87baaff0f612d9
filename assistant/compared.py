"""A comparison with what was asked before: 和广西比呢, 两地相比哪个多, 和去年比."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followup_words import CLOSING, POINTING
from assistant.question import ParsedQuestion
from assistant.replacement import frame_of, joined
from assistant.turn import Turn
from knowledge.regions import region_mentions

_CUE = re.compile(
    r"相比(?:之下|较)?|比较(?:一下)?|对比(?:一下)?|(?<!占)比(?=去年|前年|上年|往年)|(?<!占)比(?:起来|一下|一比)?(?=$|[，,呢怎哪]|谁|有)|有?(?:什么|啥|何|哪些)?(?:区别|不同|差别|差异)"
    r"|(?:哪个|哪里|哪边|谁)(?:的)?(?:更|比较)?(?:多|高|大|好|早|晚|长|少|低|小|强|全)(?:一?些|一?点)?|一样吗|是否(?:一样|相同)|相同吗"
    r"|\bcompared?\b|\bdifferen\w+|\bversus\b|\bvs\b|which (?:one )?is (?:more|higher|larger|bigger)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"两地|两者|二者|两个(?:地方|省|省份|地区|方案|政策|文件)?|两(?:省|部|份)(?:法|文件|条例)?|它们俩?|它俩|他们|这两(?:个|地|部|份)?(?:地方|省|法|条例)?"
    r"|三地|三者|三省|三个(?:地方|省)?|\b(?:they|them|both|the two)\b",
    re.IGNORECASE,
)
_TIMES_COMPARED = re.compile(r"，和\S{2,4}相比$")
# A longer question on two times says itself what it compares.
_SHORT = 12
_THREE = re.compile(r"三")
_EARLIER_TIME = re.compile(r"(?:和|与|跟|同|比|较)?(去年|前年|上一?年|往年|上年度?|今年)")
_FILLING = re.compile(
    r"[和与跟同及、，,的呢吗是了？?\s]|以及|之间|起来|情况|分别|各自|结果|如何|怎么样|怎样|\b(?:how|do|does|it|with|to|and|between|the|what|is|are)\b",
    re.IGNORECASE,
)
_ITSELF = re.compile(r"[省市]|自治区|这边|那边")


def compared(rest: str, now: ParsedQuestion, turns: Sequence[Turn]) -> str | None:
    """`rest` with the places or documents it is to be compared with; None if it compares none."""
    last = turns[-1]
    if not _CUE.search(rest):
        return None
    time = _EARLIER_TIME.search(rest)
    if time and not now.regions and len(rest) <= _SHORT:
        frame = _TIMES_COMPARED.sub("", CLOSING.sub("", last.question))
        return f"{frame}，和{time.group(1)}相比"
    own = _own_words(rest)
    places = _places(rest, turns)
    if len(places) > 1:
        # A question that names its places and its subject needs nothing of the ones before.
        if len(now.regions) > 1 and own:
            return None
        frame = own if own and now.terms else frame_of(last)
        return f"比较{joined(places)}的{frame}"
    documents = _documents(turns, 2)
    if len(documents) > 1 and not own:
        frame = last.question
        for name in documents:
            frame = frame.replace(name, "")
        return f"比较{joined(documents)}：{frame}"
    return None


def _places(rest: str, turns: Sequence[Turn]) -> list[str]:
    """Places named now, and those asked about before, oldest first, as many as are compared."""
    named = list(dict.fromkeys(region.name for _, _, region in region_mentions(rest)))
    if len(named) > 1:
        return named
    wanted = 3 if _THREE.search(rest) else 2
    before: list[str] = []
    for turn in reversed(turns):
        for region in reversed(turn.places):
            if region.name not in (*named, *before) and len(named) + len(before) < wanted:
                before.insert(0, region.name)
    return before + named


def _documents(turns: Sequence[Turn], wanted: int) -> list[str]:
    found: list[str] = []
    for turn in reversed(turns):
        for name in reversed(turn.documents):
            if name not in found and len(found) < wanted:
                found.insert(0, name)
    return found


def _own_words(rest: str) -> str:
    """What `rest` itself asks to compare (两地的经费哪个多 → 经费)."""
    for start, end, _ in reversed(region_mentions(rest)):
        rest = rest[:start] + rest[end:]
    for pattern in (_CUE, _TOGETHER, POINTING, _ITSELF):
        rest = pattern.sub("", rest)
    return _FILLING.sub("", rest)
