"""The suite `privacy`: personal data is masked, what looks like it is not."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.privacy import Mask, without_marks
from evals.privacy.items import LOOK_ALIKES, TEMPLATES, PrivacyItem, look_alikes, privacy_items
from evals.result import CaseResult
from evals.runner import Progress
from evals.workspace import Workspace

if TYPE_CHECKING:
    from evals.suites import SplitChoice

# Characters around a piece that may go with it, such as the 号 of a house without number.
_SLACK = 3
_NUMBERS = frozenset("identity old_identity mobile landline card qq".split())


class PrivacySuite:
    """200 seeded pieces of personal data beside Chinese characters, and 100 look-alikes.

    A text is right if none of its pieces is left, its place stays and it can be restored; a
    look-alike, if nothing of it is masked. No library and no model are needed.
    """

    name = "privacy"
    gate = 0.95

    def digest(self) -> str:
        """Of the files of cases; the values are drawn with a fixed seed."""
        texts = TEMPLATES.read_bytes() + LOOK_ALIKES.read_bytes()
        return hashlib.sha256(texts).hexdigest()

    def run(
        self, workspace: Workspace, *, split: SplitChoice, seed: int, progress: Progress
    ) -> tuple[CaseResult, ...]:
        """One result a text. `seed` changes nothing: the items are fixed, and masks do not mix."""
        items = [
            item for item in (*privacy_items(), *look_alikes()) if split in ("all", item.split)
        ]
        results = []
        for done, item in enumerate(items, start=1):
            results.append(judged(item))
            progress(done, len(items))
        return tuple(results)


def judged(item: PrivacyItem) -> CaseResult:
    """The result of one text."""
    mask = Mask()
    started = time.perf_counter()
    masked = mask.masked(item.text)
    elapsed = (time.perf_counter() - started) * 1000
    problems = tuple(_problems(item, mask, masked.text))
    return CaseResult(
        id=item.id,
        split=item.split,
        tags=("masked",) if item.secrets else ("look-alike",),
        question=item.text,
        right=not problems,
        problems=problems,
        latency_ms=round(elapsed, 3),
        detail={"masked": masked.text, "kinds": list(masked.kinds), "pieces": len(item.secrets)},
    )


def _problems(item: PrivacyItem, mask: Mask, masked: str) -> Iterator[str]:
    if not item.secrets:
        if masked != item.text:
            yield f"masked without need: {masked}"
        return
    rest = without_marks(masked)
    for kind, value in item.secrets:
        if _is_left(kind, value, rest):
            yield f"{kind} {value} is left: {masked}"
    if item.place and item.place not in rest:
        yield f"the place {item.place} is gone: {masked}"
    if mask.restored(masked) != item.text:
        yield "what was masked cannot be restored"
    lost = len(item.text) - len(rest) - sum(len(value) for _, value in item.secrets)
    if lost > _SLACK * len(item.secrets):
        yield f"{lost} characters more than the personal data are gone: {masked}"


def _is_left(kind: str, value: str, rest: str) -> bool:
    """True if the value, or so much of it that it can be guessed, still stands in `rest`."""
    if kind in _NUMBERS:
        digits = re.sub(r"\D", "", value)
        left = re.sub(r"\D", "", rest)
        return any(digits[i : i + 5] in left for i in range(len(digits) - 4))
    if kind == "surname":
        return re.search(rf"{value}(?:阿姨|奶奶|大爷|叔叔)", rest) is not None
    if kind in ("name", "short_name"):
        return value in rest or (value[1:] in rest and len(value) > 2)
    return value in rest
