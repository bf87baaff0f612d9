"""「信访条例还有效吗」「…和…哪个有效」: what the library says of the force of a rule, and what it does not.

Whether a rule still holds is for its issuer to say. The library can quote since when it applies,
who repealed it (`assistant/validity_notes.py`), and which newer rule on the same subject it holds.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.cited_document import THIS_DOCUMENT
from assistant.citing import Citations
from assistant.issue_date import day_told
from assistant.quotation import escape
from assistant.rule_date import force_date
from assistant.rule_versions import force_versions, may_be_read, versions_named
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import PAST
from knowledge.regions import COUNTRY, region_mentions
from knowledge.retrieval import named_versions
from knowledge.rule_names import bare_title, rule_name, short_names
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_ASKS = re.compile(
    r"(?:还|现在|目前|如今|是否|是不是|仍然?|哪[个部]|究竟|到底)[^，,。？?]{0,8}(?:有效|作数|算数|管用|在用|施行着|生效)(?:吗|么|的)?[？?。]*$"
    r"|(?:失效|废止|废除|作废)了?(?:吗|没有|没|么)[？?。]*$|有没有(?:失效|废止|作废)|哪个(?:是)?(?:现行|有效)"
)
_NEVER = date.min
_BRACKETS = re.compile(r"[()（）]")
# 信访条例 and 信访工作条例 are on the same subject.
_FILLING = re.compile(r"工作|管理|暂行|试行|促进|若干|实施|(?:法|条例|办法|规定|细则)$")


def asks_in_force(text: str) -> bool:
    """True if it is asked whether a rule still holds."""
    return bool(_ASKS.search(fold(text)))


def _asks_of_rule(work: Work, snapshot: Snapshot) -> bool:
    """True if nothing but a rule's name is asked about: not a contract of which the rule speaks."""
    asked = work.text.replace(THIS_DOCUMENT, "") if work.cited else work.standalone
    rest = _BRACKETS.sub("", _ASKS.sub("", fold(asked)))
    for version in sorted(named_versions(snapshot, work.standalone)):
        title = snapshot.versions[version].document.title
        known = short_names(rule_name(title))
        for name in (fold(title), fold(bare_title(title)), rule_name(title), *known):
            rest = rest.replace(name, "").replace(_BRACKETS.sub("", name), "")
    for start, end, _ in reversed(region_mentions(rest)):
        rest = rest[:start] + rest[end:]
    # What is left may name a rule that the library does not hold (劳动法和).
    return not re.sub(
        r"[《》和与跟、，,的省市？?\s]|这?(?:两)?[个部份]|(?:法|条例|办法|规定)", "", rest
    )


def in_force_told(work: Work, snapshot: Snapshot, citations: Citations) -> str | None:
    """The words by which each rule that is named begins to apply; None if no rule is."""
    if not _asks_of_rule(work, snapshot):
        return None
    newest = {snapshot.chains.latest(v) for v in versions_named(work, snapshot)}
    own = [v for v in force_versions(work, snapshot) if v in snapshot.versions]
    named = list(dict.fromkeys([*own, *sorted(newest)])) if not work.places else own
    named = [v for v in named if may_be_read(work, snapshot, v)]
    texts = [dated for v in named if (dated := _dated(v, citations, snapshot))]
    if not texts:
        return None
    current = [v for v in named if snapshot.chains.status(v) not in PAST]
    others = [o for v in current for o in _on_the_same(v, snapshot) if o not in named]
    newer = [told for v in dict.fromkeys(others) if (told := _dated(v, citations, snapshot))]
    if newer:
        texts += [say("force_newer", work.language), *newer]
    if current:
        texts.append(say("force_unknown", work.language))
    return "\n\n".join(texts)


def _dated(version: int, citations: Citations, snapshot: Snapshot) -> str | None:
    """The name of a rule, then since when it applies."""
    told = force_date([version], citations, snapshot) or day_told(version, snapshot, citations)
    title = bare_title(snapshot.versions[version].document.title)
    return f"《{escape(title)}》\n\n{told}" if told else None


def _on_the_same(version: int, snapshot: Snapshot) -> list[int]:
    """Newer national rules whose name differs by a filling word alone."""
    document = snapshot.versions[version].document
    key = _FILLING.sub("", rule_name(document.title))
    return [
        other
        for other, info in snapshot.versions.items()
        if other != version
        and info.is_current
        and info.document.region in (None, COUNTRY)
        and document.region in (None, COUNTRY)
        and _FILLING.sub("", rule_name(info.document.title)) == key
        and rule_name(info.document.title) != rule_name(document.title)
        and (info.document.published_on or info.document.effective_from or _NEVER)
        > (document.published_on or document.effective_from or _NEVER)
    ]
