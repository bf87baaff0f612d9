"""Which texts in time a question is answered from: those in force, of a day, or one edition."""

from __future__ import annotations

from datetime import date

from assistant.asked_date import Edition, asked_date
from assistant.work import Work
from knowledge.retrieval import named_versions
from knowledge.snapshot import Snapshot


def date_rules(work: Work, snapshot: Snapshot) -> None:
    """Note in `work` the time of the rules asked for and the question without it.

    A day given beside the question is stronger than one in its words. An edition is one of the
    versions of the rule that the question names; without a named rule its year is content.
    """
    asked = asked_date(work.standalone, snapshot.today)
    work.text, work.as_of = asked.text, work.asked.as_of or asked.day
    if work.asked.as_of is not None:
        return
    work.is_former = asked.is_former
    edition = asked.edition
    if asked.day is not None and not has_text_of_then(work, snapshot):
        # 2020年的…法: no text of the library was in force then, but one may be of that year.
        edition = Edition(asked.day.year, is_revision=False)
        if versions := _of_edition(edition, _chain_named(work.text, snapshot), snapshot):
            work.versions, work.as_of = versions, None
        return
    if edition is None:
        return
    named = _chain_named(work.text, snapshot)
    if not named:
        work.text = work.standalone
        return
    work.versions = _of_edition(edition, named, snapshot)
    if work.versions:
        return
    work.lacks_edition = edition.is_revision
    work.as_of = _last_day(edition, snapshot.today)
    if not work.lacks_edition and not has_text_of_then(work, snapshot):
        # 1998年颁布的…: the year of the first wording may only tell which rule is meant.
        work.as_of = None


def has_text_of_then(work: Work, snapshot: Snapshot) -> bool:
    """False if the question names a rule of which the library holds no text of the time."""
    if work.lacks_edition:
        return False
    if work.as_of is None and not work.is_former:
        return True
    named = _chain_named(work.text, snapshot)
    allowed = snapshot.allowed(as_of=work.as_of, former=work.is_former)
    return not named or allowed is None or any(allowed[version] for version in named)


def _chain_named(text: str, snapshot: Snapshot) -> tuple[int, ...]:
    """All versions of the rules whose title stands in `text`."""
    found: dict[int, None] = {}
    for version in named_versions(snapshot, text):
        found.update(dict.fromkeys(snapshot.chains.chain(version)))
    return tuple(found)


def _of_edition(edition: Edition, versions: tuple[int, ...], snapshot: Snapshot) -> tuple[int, ...]:
    """The versions that were made or began in the edition's year, or on its day."""
    for field in ("published_on", "effective_from"):
        found = [
            version
            for version in versions
            if (day := getattr(snapshot.versions[version].document, field)) is not None
            and (day == edition.day if edition.day else day.year == edition.year)
        ]
        if found:
            return tuple(found)
    return ()


def _last_day(edition: Edition, today: date) -> date:
    return min(edition.day or date(edition.year, 12, 31), today)
