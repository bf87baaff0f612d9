"""「除了四川，其他省有没有……」: the places that a question leaves out."""

from __future__ import annotations

import re

from knowledge.regions import region_mentions

_OTHERS = re.compile(r"(?:其他|其它|别的|另外|剩下)(?:的)?(?:省|地方|地区|城市|几个|各)|还有哪")
_OUT = re.compile(r"(?:不要|不算|不看|(?<!免)(?<!解)(?<!消)除了?|除开|撇开|排除|抛开)$")
_JOINS = re.compile(r"(?:省|市|自治区)?(?:和|与|跟|及|、)?")
_BEHIND = re.compile(
    r"(?:省|市|自治区)?(?:(?:以外|之外|外)的?[，,、\s]*|[，,、\s]+|(?=其他|其它|别的|还有哪))"
)


def without_excluded(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without the words that leave places out, and those places.

    Only places themselves are left out: 除了四川医务社工 leaves out a kind of work.
    """
    mentions = [m for m in region_mentions(text) if m[2].level != "country"]
    for index, (start, end, region) in enumerate(mentions):
        out = _OUT.search(text[:start])
        if out is None:
            continue
        names = [region.name]
        for other_start, other_end, other in mentions[index + 1 :]:
            if not _JOINS.fullmatch(text[end:other_start]):
                break
            names.append(other.name)
            end = other_end
        behind = _BEHIND.match(text, end)
        rest = text[: out.start()] + text[behind.end() :] if behind else text
        if behind and _OTHERS.search(rest):
            return rest, tuple(names)
    return text, ()


def is_excluded(region: str | None, excluded: tuple[str, ...]) -> bool:
    """True if a rule of `region` is one of a place left out, or of a city in it."""
    return region is not None and any(region.startswith(name) for name in excluded)
