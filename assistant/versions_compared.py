"""「新旧版本有什么不同」「2019版和2024版的区别」: two texts of one rule, put side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.references import title_key
from knowledge.retrieval import named_versions
from knowledge.rule_names import bare_title, rule_name
from knowledge.snapshot import Snapshot
from knowledge.synonyms import is_said
from knowledge.tokenization import fold, tagged_words

_YEAR = r"((?:19|20)\d\d)年?(?:的?版本?)?"
_TWO = re.compile(
    rf"{_YEAR}(?:和|与|跟|同|、|到|比){_YEAR}"
    r"|新旧(?:两个?)?(?:版本?|条例|法|办法|规定)?|(?:前后|两|这两)(?:个)?版本?|修(?:订|改|正)前后"
)
_DIFFERS = re.compile(r"不同|区别|变化|差[别异]|比较|对比|改(?:了|动)|不一样|异同")
_ASKS = re.compile(
    r"(?:有|都|是|做|作|发生)*(?:了)?(?:什么|哪些|何|啥|多大)?(?:主要|具体)?的?(?:不同|区别|变化|差[别异]|改动|不一样|异同)(?:的地方|之处)?"
    r"|比较(?:一下)?|对比(?:一下)?|改(?:了|动)?(?:什么|哪些)|对|的|在|关于|上|方面|中|里|[？?。，,]"
)
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """Two texts of one rule, and what they are to be compared on."""

    older: int
    newer: int
    question: str
    """What each of them is asked; '' where no aspect is named."""
    aspect: str = ""

    def is_on_aspect(self, quoted: str) -> bool:
        """True if what was quoted names most of what the versions are compared on.

        On 工伤认定 nothing is said where 认定 alone stands.
        """
        words = [w for w, tag in tagged_words(self.aspect) if len(w) > 1 and tag[0] in "nvjl"]
        return not words or 2 * sum(is_said(word, fold(quoted)) for word in words) > len(words)


def versions_to_compare(text: str, snapshot: Snapshot) -> TwoVersions | None:
    """The two versions that `text` asks to compare; None if it asks for no such thing."""
    folded = fold(text)
    two = _TWO.search(folded)
    if two is None or not _DIFFERS.search(folded):
        return None
    named = named_versions(snapshot, text)
    chain = snapshot.chains.chain(named[-1]) if named else ()
    if len(chain) < 2:
        return None
    years = [int(year) for year in two.groups() if year]
    chosen = [v for v in chain if _year(v, snapshot) in years] if years else list(chain[-2:])
    if len(chosen) < 2:
        return None
    title = bare_title(snapshot.versions[chosen[-1]].document.title)
    aspect = _aspect(folded, title)
    return TwoVersions(
        chosen[0], chosen[-1], f"《{title}》{aspect}是怎么规定的" if aspect else "", aspect
    )


def _year(version: int, snapshot: Snapshot) -> int | None:
    document = snapshot.versions[version].document
    day = document.published_on or document.effective_from
    return day.year if day else None


def _aspect(folded: str, title: str) -> str:
    """The question without the rule, its versions and the words that ask."""
    rest = _TWO.sub("", folded)
    for name in (fold(title), title_key(title), fold(rule_name(title))):
        rest = rest.replace(f"《{name}》", "").replace(name, "")
    rest = _ASKS.sub("", rest).strip()
    return rest if len(rest) >= _SHORTEST else ""
