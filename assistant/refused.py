"""Questions that are answered without a search: on a place, a time or a rule that the library lacks."""

from __future__ import annotations

import re

from assistant.answer import Answer
from assistant.refusal import judge_region
from assistant.rules_in_time import has_text_of_then
from assistant.topic_change import lacks_subject
from assistant.wording import say
from assistant.work import Work
from knowledge.regions import applies_to, asked_region, region_mentions
from knowledge.retrieval import named_versions
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# Shorter ones may be what a rule is called among colleagues (未保法).
_RULE_TITLE = re.compile(r"《([^《》]{4,60}(?:法|条例|办法|规定|细则))》")
# A question on a place names it so early.
_OPENING = 3


def refused(work: Work, snapshot: Snapshot) -> Answer | None:
    """The answer that says what the library lacks; None for a question to look up."""
    return (
        _by_place(work, snapshot)
        or _by_filter(work)
        or _by_time(work, snapshot)
        or _by_title(work, snapshot)
    )


def _by_place(work: Work, snapshot: Snapshot) -> Answer | None:
    assert work.parsed is not None
    if not snapshot.dense.size:
        return work.answer("no_evidence", say("library_empty", work.language))
    if lacks_subject(work.parsed) and not (work.places or work.asked.document_ids):
        return work.answer("clarify", say("no_subject", work.language))
    verdict = judge_region(work.parsed, work.places, snapshot.documents())
    if verdict.enough:
        return None
    return work.answer("no_evidence", say("no_region", work.language, place=verdict.place))


def _by_filter(work: Work) -> Answer | None:
    """A refusal if another place is asked about than the one that is filtered for.

    What holds in the one is no answer for the other.
    """
    assert work.parsed is not None
    filtered = asked_region(work.asked.region)
    places = [m for m in region_mentions(fold(work.text)) if m[2].level != "country"]
    if filtered is None or not places or places[0][0] > _OPENING:
        # 跟广东比怎么样: asked of the place that is filtered for.
        return None
    named = tuple(dict.fromkeys(region.name for _, _, region in places))
    if any(applies_to(name, filtered) or applies_to(filtered, name) for name in named):
        return None
    place = "、".join(named)
    text = say("other_place_filtered", work.language, filtered=filtered, place=place)
    return work.answer("no_evidence", text)


def _by_time(work: Work, snapshot: Snapshot) -> Answer | None:
    """A refusal if the library lacks the text of then of the rule that is named."""
    if has_text_of_then(work, snapshot):
        return None
    return work.answer("no_evidence", say("no_version", work.language))


def _by_title(work: Work, snapshot: Snapshot) -> Answer | None:
    """A refusal if a rule is named by its title and the library holds none of that name.

    Another rule on the same subject is not what was asked for.
    """
    assert work.parsed is not None
    named = _RULE_TITLE.search(work.text)
    if not named or work.parsed.form == "clause" or named_versions(snapshot, work.text):
        return None
    if any(named[1] in document.title for document in snapshot.documents()):
        return None
    return work.answer("no_evidence", say("no_document", work.language))
