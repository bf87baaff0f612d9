"""What happens in the second tab: a text is checked sentence by sentence.

As in `ui.chat`, nothing here knows a component or trusts a value, and nothing is logged. The
text is compared on this machine and kept, with its verdicts, in memory only.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from assistant.claim_check import CheckedText, check_against
from ui.cited_source import CitedLibrary, cited_source
from ui.conversation import is_key
from ui.failure import failure_sentence
from ui.source_view import render_citation, render_given, render_message
from ui.wording import text

CHECK_LIMIT = 3000
"""Longest text to check in characters, about three pages; the command line takes more."""

EVIDENCE_LIMIT = 20_000
"""Longest evidence in characters."""

CHECK_TURN = 0
"""The turn number of a check's citations; the turns of a conversation count from 1."""

_CAPACITY = 200
"""Checks kept, one a browser tab; the least recently used goes first."""


class Checker(Protocol):
    """Judges sentences by the library."""

    def check(self, text: str) -> CheckedText:
        """Each sentence with its verdict."""
        ...


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was checked, and by what."""

    verdicts: CheckedText
    evidence: str = ""
    """The text it was judged by; empty where it was the library."""


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What came of a request to check."""

    checked: Checked | None
    error: str = ""
    """Why nothing was checked."""


class Checking:
    """The behaviour of the tab over a checker and a library."""

    def __init__(self, checker: Checker, library: CitedLibrary) -> None:
        self._checker = checker
        self._library = library
        self._checks: OrderedDict[str, Checked] = OrderedDict()
        self._lock = Lock()

    def refusal(self, claim: object, evidence: object, language: str) -> str:
        """Why this cannot be checked; '' where it can."""
        words, given = _text(claim), _text(evidence)
        if not words:
            return text("check_empty", language)
        if len(words) > CHECK_LIMIT:
            return text("check_long", language, length=len(words), limit=CHECK_LIMIT)
        if len(given) > EVIDENCE_LIMIT:
            return text("check_evidence_long", language, length=len(given), limit=EVIDENCE_LIMIT)
        return ""

    def check(self, claim: object, evidence: object, key: object, language: str) -> CheckOutcome:
        """Judge each sentence of `claim`, by `evidence` alone where there is any."""
        if refusal := self.refusal(claim, evidence, language):
            return CheckOutcome(None, refusal)
        words, given = _text(claim), _text(evidence)
        try:
            verdicts = check_against(words, [given]) if given else self._checker.check(words)
        except Exception as error:
            sentences = failure_sentence(error, "check_failed")
            return CheckOutcome(None, sentences[1 if language == "en" else 0])
        if not verdicts.claims:
            return CheckOutcome(None, text("check_nothing", language))
        checked = Checked(verdicts, given)
        if isinstance(key, str) and is_key(key):
            with self._lock:
                self._checks[key] = checked
                self._checks.move_to_end(key)
                while len(self._checks) > _CAPACITY:
                    self._checks.popitem(last=False)
        return CheckOutcome(checked)

    def latest(self, key: object) -> Checked | None:
        """The check that is on the screen of this browser tab."""
        with self._lock:
            return self._checks.get(key) if isinstance(key, str) else None

    def clear(self, key: object) -> None:
        """Forget it."""
        if isinstance(key, str):
            with self._lock:
                self._checks.pop(key, None)

    def citation_panel(self, number: object, whole: bool, key: object, language: str) -> str:
        """HTML of the source panel for a citation of the check."""
        checked = self.latest(key)
        cited = checked.verdicts.citations if checked else ()
        citation = next((known for known in cited if known.number == number), None)
        if checked is None or citation is None:
            return render_message(text("check_gone", language), language)
        if checked.evidence:
            return render_given(checked.evidence, citation, CHECK_TURN, language, whole)
        source = cited_source(self._library, citation)
        return render_citation(source, citation, CHECK_TURN, language, whole)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
