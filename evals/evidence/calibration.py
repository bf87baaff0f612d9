"""Does a probability of .7 mean seven of ten? The curve of `assistant.sufficiency`, as a page.

A reliability diagram: DeGroot and Fienberg, The comparison and evaluation of forecasters, The
Statistician 32 (1983).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from assistant.sufficiency import model
from assistant.wording import Language
from evals.report_files import write_files
from evals.retrieval.plots import calibration_plot, has_plots

_BINS = 10


@dataclass(frozen=True, slots=True)
class Weighed:
    """One question: how likely its evidence was called enough, and whether it was."""

    probability: float
    enough: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose probability lies in [low, high)."""

    low: float
    high: float
    questions: int
    predicted: float
    """Mean probability."""
    observed: float
    """Share whose evidence held the answer."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """What declining below a probability does."""

    threshold: float
    declined: float
    """Share of the questions without an answer that are declined."""
    lost: float
    """Share of the questions with one that are declined too."""


def bins(weighed: Sequence[Weighed], count: int = _BINS) -> tuple[Bin, ...]:
    """The points of the curve; empty bins are left out."""
    found = []
    for place in range(count):
        own = [w for w in weighed if min(int(w.probability * count), count - 1) == place]
        if own:
            found.append(
                Bin(
                    place / count,
                    (place + 1) / count,
                    len(own),
                    sum(w.probability for w in own) / len(own),
                    sum(w.enough for w in own) / len(own),
                )
            )
    return tuple(found)


def calibration_error(found: Sequence[Bin]) -> float:
    """Mean distance of the curve from the diagonal, each bin by its questions (0 is best)."""
    total = sum(one.questions for one in found)
    return sum(one.questions * abs(one.predicted - one.observed) for one in found) / max(total, 1)


def thresholds(weighed: Sequence[Weighed]) -> tuple[Threshold, ...]:
    """At .1, .2 … .9: what is declined rightly, and what is lost."""
    poor = [w.probability for w in weighed if not w.enough]
    good = [w.probability for w in weighed if w.enough]
    return tuple(
        Threshold(at / 10, _below(poor, at / 10), _below(good, at / 10)) for at in range(1, 10)
    )


def render_calibration(weighed: Sequence[Weighed], language: Language) -> str:
    """The curve and the thresholds for a terminal."""
    found = bins(weighed)
    title = "判断“依据是否充分”的校准" if language == "zh" else "Calibration of “enough evidence”"
    lines = [f"{title} (n={len(weighed)}, ECE {calibration_error(found):.3f})"]
    lines += [
        f"  {one.low:.1f}–{one.high:.1f}  n={one.questions:<4} "
        f"{one.predicted:.2f} → {one.observed:.2f}"
        for one in found
    ]
    heads = (
        "阈值  拒答（无答案）  误拒（有答案）" if language == "zh" else "threshold  declined  lost"
    )
    lines.append(heads)
    lines += [
        f"  {one.threshold:.1f}      {one.declined:.3f}         {one.lost:.3f}"
        for one in thresholds(weighed)
    ]
    return "\n".join(lines)


def write_calibration(folder: Path, weighed: Sequence[Weighed], language: Language) -> Path:
    """Write `calibration.html` and `calibration.json` into a run's folder; the page's path.

    Raises AssistantError if they cannot be written.
    """
    found = bins(weighed)
    page = folder / "calibration.html"
    fields = {
        "threshold": model().threshold,
        "error": calibration_error(found),
        "bins": [asdict(one) for one in found],
        "thresholds": [asdict(one) for one in thresholds(weighed)],
    }
    plot = calibration_plot([(b.predicted, b.observed) for b in found]) if has_plots() else ""
    image = f'<img alt="calibration" src="{plot}">' if plot else ""
    body = f"<pre>{escape(render_calibration(weighed, language))}</pre>"
    text = f'<!doctype html><meta charset="utf-8"><title>calibration</title>{image}{body}'
    write_files(folder, {"calibration.json": json.dumps(fields, indent=1), page.name: text})
    return page


def _below(chances: Sequence[float], threshold: float) -> float:
    return sum(chance < threshold for chance in chances) / max(len(chances), 1)
