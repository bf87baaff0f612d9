"""Which text of a rule holds on a day: versions of one source, and files of one name, as a chain.

Two documents are texts of one rule if they have its name, its region and no other issuer; the
later one replaces the earlier from its first day. A rule also ends where another repeals it by
name. Nothing here reads a text: the dates are those of the documents' metadata.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.catalog_reader import VersionInfo
from knowledge.documents import PolicyDocument, ValidityStatus
from knowledge.repealed_elsewhere import SINCE, ended_by_code
from knowledge.rule_names import rule_name

# Of these only one can hold in a place, whoever is named as its author.
_STATUTE = re.compile(r"(?:法|条例|法典|编)$")
_RULE = re.compile(
    r"(?:规定|办法|细则|规则|解释|决定|标准|规范|准则|章程|制度|方案|规划|意见|指引|指南|目录|安排|通知)$"
    r"|解释[一二三四五六七八九十]+$"
)


@dataclass(frozen=True, slots=True)
class Life:
    """When one version held, as far as the library can tell."""

    begins: date
    """First day; `date.min` if unknown."""
    ends: date = date.max
    """First day on which it is replaced or repealed; `date.max` if it is not."""
    ended_by: int | None = None
    """Version that replaces or repeals it."""
    is_repealed: bool = False
    """True if another rule ended it, not a later text of the same."""


class VersionChains:
    """The versions of a library by rule and by day."""

    def __init__(self, versions: Mapping[int, VersionInfo], today: date) -> None:
        self._documents = {number: info.document for number, info in versions.items()}
        self._today = today
        begins, void = _begins(self._documents)
        self._chains = _chains(self._documents, begins)
        for chain in set(self._chains.values()):
            begins.update(_of_one_edition(chain, self._documents, begins))
        self._chains = _in_order(self._chains, begins)
        self._lives = {number: Life(day) for number, day in begins.items()}
        for chain in set(self._chains.values()):
            self._lives.update(_lives_within(chain, begins, void))
        self._repeal()
        self._end_by_code()

    def chain(self, version: int) -> tuple[int, ...]:
        """All versions of the rule that `version` is a text of, the oldest first."""
        return self._chains.get(version, (version,))

    def life(self, version: int) -> Life:
        """When the version held."""
        return self._lives[version]

    def standing_on(self, day: date) -> frozenset[int]:
        """Versions in force on `day`."""
        return frozenset(n for n in self._documents if self._stands(n, day))

    def usable(self) -> frozenset[int]:
        """Versions that a question without a date is answered from.

        A text past its own term stays, to be shown as lapsed. One that is not yet in force stays
        only if its rule has no other.
        """
        kept = {n for n in self._documents if not self._is_ended(n)}
        begun = {n for n in kept if self._lives[n].begins <= self._today}
        return frozenset(n for n in kept if n in begun or not begun.intersection(self.chain(n)))

    def former(self) -> frozenset[int]:
        """Of each rule the text before the present one; of a repealed rule its last."""
        found = set()
        for chain in set(self._chains.values()):
            ended = [n for n in chain if self._is_ended(n) and not self._is_void(n)]
            found.update(ended[-1:])
        return frozenset(found)

    def latest(self, version: int) -> int:
        """The last text of the rule that has begun, even if the rule is repealed by now."""
        chain = self.chain(version)
        begun = [n for n in chain if self._lives[n].begins <= self._today and not self._is_void(n)]
        return (begun or list(chain))[-1]

    def latest_edition(self, version: int) -> tuple[int, ...]:
        """The last text of the rule that has begun; all its parts, where each is a document."""
        latest = self.latest(version)
        begins = self._lives[latest].begins
        return tuple(
            n
            for n in self.chain(version)
            if n == latest
            or (self._lives[n].begins == begins and not self._is_void(n) and begins != date.min)
        )

    def upcoming(self, version: int) -> int | None:
        """A later text of the same rule that is not in force yet, or None."""
        return next((n for n in self.chain(version) if self._lives[n].begins > self._today), None)

    def status(self, version: int) -> ValidityStatus:
        """Whether the version holds today, by its own dates and by what replaces it."""
        document, life = self._documents[version], self._lives[version]
        if document.status == "repealed" or (life.is_repealed and life.ends <= self._today):
            return "repealed"
        if life.ends <= self._today:
            return "amended"
        if document.effective_until and document.effective_until < self._today:
            return "lapsed"
        if life.begins > self._today:
            return "not_yet_in_force"
        # The day of ingestion is past: what was to come may have begun.
        return "current" if document.status == "not_yet_in_force" else document.status

    # Inner steps --------------------------------------------------------------------------

    def _is_ended(self, version: int) -> bool:
        repealed = self._documents[version].status == "repealed"
        return repealed or self._lives[version].ends <= self._today

    def _is_void(self, version: int) -> bool:
        """True if a later reading of the same source replaces it from its first day."""
        life = self._lives[version]
        return life.ends <= life.begins and not life.is_repealed

    def _stands(self, version: int, day: date) -> bool:
        document, life = self._documents[version], self._lives[version]
        if not life.begins <= day < life.ends:
            return False
        if document.effective_until and document.effective_until < day:
            return False
        # When a text marked as repealed was repealed is not known: not later than today.
        return document.status != "repealed" or day < self._today

    def _repeal(self) -> None:
        """End the rules that other rules name as repealed."""
        by_name: dict[str, list[int]] = defaultdict(list)
        for number, document in self._documents.items():
            by_name[rule_name(document.title)].append(number)
            if document.document_number:
                by_name[document.document_number].append(number)
        for repealer, document in self._documents.items():
            if self._is_void(repealer):
                continue
            begins = self._lives[repealer].begins
            since = begins if begins != date.min else self._today
            for name in document.supersedes:
                for target in {*by_name.get(rule_name(name), ()), *by_name.get(name, ())}:
                    if target in self.chain(repealer) or not _same_place(
                        document, self._documents[target]
                    ):
                        continue
                    life = self._lives[target]
                    if life.begins < since < life.ends:
                        self._lives[target] = Life(life.begins, since, repealer, True)

    def _end_by_code(self) -> None:
        """End what the Civil Code repealed and no text of the library does."""
        for number, document in self._documents.items():
            life = self._lives[number]
            if ended_by_code(document) and life.begins < SINCE < life.ends:
                self._lives[number] = Life(life.begins, SINCE, None, True)


def _begins(documents: Mapping[int, PolicyDocument]) -> tuple[dict[int, date], set[int]]:
    """Of each version its first day, and the versions that never held.

    A later reading of a source that states no date begins when it was read. One that begins no
    later than the reading before it corrects that: the earlier one never held.
    """
    begins: dict[int, date] = {}
    void: set[int] = set()
    by_source: dict[str, list[int]] = defaultdict(list)
    for number in sorted(documents):
        document = documents[number]
        day = document.effective_from or document.published_on
        earlier = by_source[document.id]
        if day is None and earlier and document.retrieved_at:
            day = document.retrieved_at.date()
        begins[number] = day or date.min
        void.update(n for n in earlier if begins[n] >= begins[number])
        earlier.append(number)
    return begins, void


def _in_order(
    chains: Mapping[int, tuple[int, ...]], begins: Mapping[int, date]
) -> dict[int, tuple[int, ...]]:
    """Each chain with the oldest text first."""
    ordered = {
        chain: tuple(sorted(chain, key=lambda n: (begins[n], n))) for chain in set(chains.values())
    }
    return {number: ordered[chain] for number, chain in chains.items()}


def _of_one_edition(
    chain: tuple[int, ...], documents: Mapping[int, PolicyDocument], begins: Mapping[int, date]
) -> dict[int, date]:
    """The first day of the parts of one text, where a library holds each article on its own.

    Documents of one rule published on the same day are parts of one text, not versions of each
    other; the article that says when the text takes effect says it for all of them.
    """
    parts: dict[date, list[int]] = defaultdict(list)
    for number in chain:
        if published := documents[number].published_on:
            parts[published].append(number)
    return {
        number: max(begins[n] for n in numbers)
        for numbers in parts.values()
        if len({documents[n].id for n in numbers}) > 1
        for number in numbers
    }


def _lives_within(
    chain: tuple[int, ...], begins: Mapping[int, date], void: set[int]
) -> dict[int, Life]:
    """Of each version of one rule its life: to the first day of the next."""
    lives = {}
    for place, number in enumerate(chain):
        if number in void:
            lives[number] = Life(begins[number], begins[number])
            continue
        # A text of unknown date may be the newest: only one of its own source replaces it.
        successor = _next(chain, place, begins, void)
        if successor is not None:
            lives[number] = Life(begins[number], begins[successor], successor)
        else:
            lives[number] = Life(begins[number])
    return lives


def _next(
    chain: tuple[int, ...], place: int, begins: Mapping[int, date], void: set[int]
) -> int | None:
    """The first version after the one at `place` that begins later, None if there is none."""
    start = begins[chain[place]]
    for position in range(place + 1, len(chain)):
        number = chain[position]
        if begins[number] > start and number not in void:
            return number
    return None


def _chains(
    documents: Mapping[int, PolicyDocument], begins: Mapping[int, date]
) -> dict[int, tuple[int, ...]]:
    """Of each version all versions of its rule, the oldest first."""
    root = {number: number for number in documents}

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    def join(numbers: Iterable[int]) -> None:
        first, *others = numbers
        for number in others:
            root[find(number)] = find(first)

    by_source: dict[str, list[int]] = defaultdict(list)
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, document in documents.items():
        by_source[document.id].append(number)
        by_name[rule_name(document.title)].append(number)
    for numbers in by_source.values():
        join(numbers)
    for name, numbers in by_name.items():
        heads: list[int] = []
        for number in numbers:
            # Which of two texts is the newer cannot be told without both dates.
            if begins[number] == date.min:
                continue
            same = (n for n in heads if _one_rule(name, documents[number], documents[n]))
            if (head := next(same, None)) is None:
                heads.append(number)
            else:
                join((head, number))
    members: dict[int, list[int]] = defaultdict(list)
    for number in documents:
        members[find(number)].append(number)
    return {number: chain for chain in map(tuple, members.values()) for number in chain}


def _one_rule(name: str, one: PolicyDocument, other: PolicyDocument) -> bool:
    """True if two documents of the same name are texts of one rule."""
    if one.region != other.region:
        return False
    if _STATUTE.search(name):
        return True
    issuers, others = _issuers(one), _issuers(other)
    if issuers and others:
        return bool(issuers & others)
    return bool(_RULE.search(name))


def _issuers(document: PolicyDocument) -> frozenset[str]:
    """Issuers by the body they belong to: a congress and its standing committee are one."""
    return frozenset(
        re.sub(r"中华人民共和国|常务委员会$|第[一二三四五六七八九十]+届", "", name)
        for name in document.issuers
    )


def _same_place(repealer: PolicyDocument, repealed: PolicyDocument) -> bool:
    return None in (repealer.region, repealed.region) or repealer.region == repealed.region
