"""What a reader must know of the force of the texts that an answer quotes.

An answer from a text that is replaced, repealed, past its term or not yet in force says so, and
quotes the words that replace, repeal or announce it; so does one whose rule is about to change.
"""

from __future__ import annotations

from assistant.citing import Citations
from assistant.dated_quote import cite_words, dated_span, repeal_span
from assistant.quotation import escape
from assistant.rule_versions import names_missing_rule
from assistant.wording import Language, say
from assistant.work import Work
from knowledge.regions import COUNTRY, find_regions
from knowledge.repealed_elsewhere import ended_by_code, is_interpretation
from knowledge.retrieval import named_versions
from knowledge.rule_names import bare_title
from knowledge.sentences import Span
from knowledge.snapshot import Snapshot


def validity_notes(citations: Citations, snapshot: Snapshot, language: Language) -> str:
    """A line for each cited text that is not simply in force; '' if all are.

    The words that the lines quote are noted in `citations`.
    """
    marks: dict[int, list[int]] = {}
    for number, document in list(citations.documents.items()):
        version = snapshot.version_of_document(document)
        if version is not None:
            marks.setdefault(version, []).append(number)
    lines = [
        _note(version, "".join(f"[{n}]" for n in numbers), citations, snapshot, language)
        for version, numbers in marks.items()
    ]
    return "\n\n".join(line for line in lines if line)


def _note(
    version: int, marks: str, citations: Citations, snapshot: Snapshot, language: Language
) -> str:
    status = snapshot.chains.status(version)
    upcoming = snapshot.chains.upcoming(version)
    if status == "amended":
        by = _dated(snapshot.chains.latest(version), citations, snapshot)
        return say("note_amended", language, marks=marks, by=by)
    if status == "repealed":
        by = _repealing(version, citations, snapshot, language)
        return say("note_repealed", language, marks=marks, by=by)
    if status in ("lapsed", "not_yet_in_force"):
        return say(f"note_{status}", language, marks=marks)
    if upcoming is not None:
        by = _dated(upcoming, citations, snapshot)
        return say("note_upcoming", language, marks=marks, by=by)
    return ""


def _dated(version: int, citations: Citations, snapshot: Snapshot) -> str:
    """The words of another version that give its date, quoted and cited."""
    document = snapshot.catalog.document(snapshot.versions[version].document.id, version)
    return _quoted(version, dated_span(document) if document else None, citations, snapshot)


def _repealing(version: int, citations: Citations, snapshot: Snapshot, language: Language) -> str:
    """The words that repeal a text, quoted and cited; '' where the library does not hold them."""
    repealer = snapshot.chains.life(version).ended_by
    if repealer is None and ended_by_code(snapshot.versions[version].document):
        of_court = is_interpretation(snapshot.versions[version].document)
        return say("by_supreme_court" if of_court else "by_civil_code", language)
    if repealer is None or repealer not in snapshot.versions:
        return ""
    document = snapshot.catalog.document(snapshot.versions[repealer].document.id, repealer)
    title = snapshot.versions[version].document.title
    span = (repeal_span(document, title) or dated_span(document)) if document else None
    return _quoted(repealer, span, citations, snapshot)


def _quoted(version: int, span: Span | None, citations: Citations, snapshot: Snapshot) -> str:
    described = snapshot.versions[version].document
    document = snapshot.catalog.document(described.id, version)
    name = f"《{escape(bare_title(described.title))}》"
    if document is None or span is None:
        return name
    number = cite_words(citations, snapshot, document, version, span)
    return f"{name}：“{escape(' '.join(span.of(document.text).split()))}”[{number}]"


def place_note(work: Work, snapshot: Snapshot) -> str:
    """What to know where the place asked for has no rule of its own among those quoted."""
    if names_missing_rule(work, snapshot):
        return say("note_not_held", work.language)
    quoted = [document.region for document in work.citations.documents.values()]
    if not work.places or any(region != COUNTRY for region in quoted):
        return ""
    if named_versions(snapshot, work.text):
        return ""
    told = [d.title for d in work.citations.documents.values()]
    told += [citation.quote for citation in work.citations.citations]
    named = {region.name for text in told for region in find_regions(text)}
    if named.issuperset(work.places):
        # 支持西安机场利用第五航权: the rule itself is on the place.
        return ""
    return say("note_national", work.language, place="、".join(work.places))
