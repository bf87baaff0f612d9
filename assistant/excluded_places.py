"""「除了四川，其他省有没有……」: the places that a question leaves out."""

from __future__ import annotations

import re

from knowledge.regions import region_mentions

_OTHERS = re.compile(r"其他|其它|别的|另外|还有哪|剩下")
_OUT = r"(?:不要|不算|不看|除了|除开|除|撇开|排除|抛开)$"
_BEHIND = re.compile(r"^(?:省|市|自治区)?(?:以外|之外|外)?的?[，,、\s]*")


def without_excluded(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without the words that leave places out, and those places."""
    if not _OTHERS.search(text):
        return text, ()
    for start, end, region in region_mentions(text):
        before = re.search(_OUT, text[:start])
        if before is None or region.level == "country":
            continue
        behind = _BEHIND.match(text[end:])
        rest = text[: before.start()] + text[end + (behind.end() if behind else 0) :]
        if _OTHERS.search(rest):
            return rest, (region.name,)
    return text, ()
