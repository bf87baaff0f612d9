"""Plots as SVG, drawn with matplotlib (extra `evals`); words in them are Latin, as the fonts
that come with it hold no Chinese."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

from evals.result import CaseResult
from evals.retrieval.coverage import CONTEXTS
from evals.retrieval.sums import Figure, is_covered

_STEP = 50
_INK, _MARK = "#1f3b57", "#b3452c"


def has_plots() -> bool:
    """Whether matplotlib is installed."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        return False
    return True


def coverage_plot(runs: Mapping[str, Sequence[CaseResult]]) -> str:
    """Share of questions whose answer has been read against characters of context; a data URI."""
    figure, axes = _axes("characters of context", "answer coverage")
    places = list(range(0, CONTEXTS[-1] + 1, _STEP))
    for name, results in runs.items():
        shares = [
            sum(is_covered(result, place) for result in results) / max(len(results), 1)
            for place in places
        ]
        axes.plot(places, shares, label=name)
    for context in CONTEXTS:
        axes.axvline(context, color="#999999", linewidth=0.6, linestyle=":")
    axes.set_ylim(0, 1.02)
    axes.legend(frameon=False, loc="lower right")
    return _uri(figure)


def metrics_plot(found: Sequence[Figure]) -> str:
    """Each figure with its interval, and its target where it has one; a data URI."""
    figure, axes = _axes("", "")
    for place, entry in enumerate(reversed(found)):
        axes.plot([entry.low, entry.high], [place, place], color=_INK, linewidth=2)
        axes.plot([entry.value], [place], "o", color=_INK)
        if entry.target is not None:
            axes.plot([entry.target], [place], "|", color=_MARK, markersize=16, markeredgewidth=2)
    axes.set_yticks(range(len(found)), [entry.name for entry in reversed(found)])
    axes.set_xlim(0, 1.02)
    axes.set_xlabel("mean, 95 % bootstrap interval; | target")
    return _uri(figure)


def latency_plot(results: Sequence[CaseResult]) -> str:
    """Share of questions answered within so many milliseconds; a data URI."""
    figure, axes = _axes("milliseconds (embedding of the question included)", "share of questions")
    times = sorted(result.latency_ms for result in results)
    axes.step(times, [(at + 1) / len(times) for at in range(len(times))], color=_INK)
    axes.set_ylim(0, 1.02)
    axes.set_xlim(left=0)
    return _uri(figure)


def calibration_plot(points: Sequence[tuple[float, float]]) -> str:
    """Share observed against probability predicted, beside the diagonal; a data URI."""
    figure, axes = _axes("predicted probability", "share observed")
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=0.8, linestyle=":")
    axes.plot([x for x, _ in points], [y for _, y in points], "o-", color=_INK)
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    return _uri(figure)


def _axes(x: str, y: str) -> tuple[Any, Any]:
    # Not pyplot: it keeps every figure in memory and looks for a screen.
    from matplotlib.figure import Figure as Canvas

    figure = Canvas(figsize=(7, 3.6), layout="constrained")
    axes = figure.add_subplot()
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _uri(figure: Any) -> str:
    """The figure as a data URI of SVG: in an <img>, it can run nothing."""
    import matplotlib

    out = io.BytesIO()
    # A fixed salt and no date: the same figures give the same file.
    with matplotlib.rc_context({"svg.hashsalt": "policy-assistant"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode("ascii")
