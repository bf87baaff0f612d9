"""柳埠街道 is no 鹤鸣街道: what another street or town reports is no answer for the one that is named.

Provinces, cities and counties are known by name (`knowledge/regions.py`); those below them are not.
"""

from __future__ import annotations

import re

from assistant.answer import Answer
from assistant.topic_change import whether
from assistant.wording import say
from assistant.work import Work
from knowledge.regions import region_mentions
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

_SUFFIX = re.compile(r"街道(?!办)|街道办|(?<![城乡村集小])镇(?!里|上|政府|级|江|静|定|压)")
# 各街道, 跨街道: no names.
_NO_NAME = re.compile(
    r"各|哪|每|本|该|其|全|几|某|所|户|城|乡|老|示范|当地|外地|我|你|他|周边|附近|一|两|这|那|多|新建|试点|跨|助|救|中心|重点"
    r"|和|或|与|在|到|由|是|有|把|向|给|让|被|对|去|找|问|想|要|能|会|不|没|的|了|吗|呢|请|个|名|位|家|报|及|区|县|市|省|级|为|从|经|往"
)


def offices_named(text: str) -> frozenset[str]:
    """The proper names of streets and towns in a text: 柳埠街道, or the end of a longer one (桥岭街道)."""
    folded = fold(text)
    regions = [(start, end) for start, end, _ in region_mentions(folded)]
    found = set()
    for match in _SUFFIX.finditer(folded):
        start = match.start() - 2
        name = folded[max(0, start) : match.start()]
        is_region = any(begin < match.end() and start < end for begin, end in regions)
        is_name = re.fullmatch(r"[一-鿿]{2}", name) and not _NO_NAME.search(name)
        if start >= 0 and is_name and not is_region:
            found.add(name + match[0].removesuffix("办"))
    return frozenset(found)


def of_the_named(work: Work, answer: Answer) -> Answer:
    """`answer`, or that nothing was found where it is of other streets or towns alone than the named one."""
    named = offices_named(work.text) if answer.citations else frozenset()
    if not named:
        return answer
    said = fold(" ".join(" ".join((c.title, *c.heading_path, c.quote)) for c in answer.citations))
    if any(name in said for name in named) or not offices_named(said):
        return answer
    return work.answer("no_evidence", say("nothing", work.language))


def told_whether(work: Work, answer: Answer) -> Answer:
    """`answer`, or that nothing was found where a turn asks whether (能代领吗) what no quote speaks of."""
    done = whether(work.asked.text) if work.asked.history and answer.citations else ""
    said = fold(" ".join(c.quote for c in answer.citations))
    if (
        not done
        or is_said(done, said)
        or any(done[i : i + 2] in said for i in range(len(done) - 1))
    ):
        return answer
    return work.answer("no_evidence", say("nothing", work.language))
