"""Results as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from unicodedata import east_asian_width

from assistant.wording import Language
from evals.comparison import Comparison
from evals.intervals import Share
from evals.measure import Measure, worst_measures
from evals.result import CaseResult
from evals.run_record import RunRecord

# Failures printed; the run's record holds all.
_SHOWN = 30

_WORDS: dict[str, tuple[str, str]] = {
    "failures": ("未通过的用例", "Cases that failed"),
    "more": ("条见记录", "more in the record"),
    "none": ("全部用例通过。", "Every case is right."),
    "share": ("通过率", "Right"),
    "part": ("比例", "Share"),
    "interval": ("95% 区间", "95% interval"),
    "overall": ("总计", "overall"),
    "measures": ("测得（各组最差值）", "Measured (the worst of each group)"),
    "at_most": ("应不高于", "at most"),
    "at_least": ("应不低于", "at least"),
    "of_cases": ("用例数", "cases"),
    "declined": ("应拒答而拒答", "declined, of those to decline"),
    "over_refused": ("不应拒答而拒答", "declined, of those to answer"),
    "unfaithful": ("引文或数字无出处的用例", "cases with a quote or figure without source"),
    "latency": ("用时（毫秒）", "latency (ms)"),
    "passed": ("达到门槛", "Above the gate of"),
    "failed": ("未达到门槛", "Below the gate of"),
    "no_source": ("；引文或数字无出处的用例必须为 0", "; cases without source must be 0"),
    "gained": ("变为正确", "Now right"),
    "lost": ("变为错误", "Now wrong"),
    "reworded": ("结论相同、答复不同", "Same verdict, another answer"),
    "only": ("只在一边的用例", "Cases in one run only"),
    "chance": ("精确 McNemar 检验 p", "exact McNemar p"),
    "unlike": (
        "注意：两次运行的用例文件不同，题目可能有改动。",
        "Note: the two runs used different case files; a case may have changed.",
    ),
}


def render_run(record: RunRecord, language: Language) -> str:
    """Failures with their reasons, then the sums, then the gate."""
    say = _speaker(language)
    summary = record.summary
    failed = [result for result in record.results if not result.right]
    lines = [f"{say('failures')}: {len(failed)}" if failed else say("none")]
    for result in failed[:_SHOWN]:
        lines += _failure(result)
    if len(failed) > _SHOWN:
        lines.append(f"… {len(failed) - _SHOWN} {say('more')}")
    shares = {say("overall"): summary.overall, **summary.by_split}
    lines += ["", *_table(shares, say("share"), say("interval"))]
    lines += ["", *_table(summary.by_tag, say("share"), say("interval"))]
    lines += _measures(record, say)
    refusals = {
        say("declined"): summary.declined,
        say("over_refused"): summary.over_refused,
    }
    lines += ["", *_table(refusals, say("part"), say("interval"))]
    latency = summary.latency
    lines += [
        "",
        f"{say('unfaithful')}: {summary.unfaithful}",
        f"{say('latency')}: p50 {latency.p50:.1f}, p95 {latency.p95:.1f}, "
        f"max {latency.longest:.1f}",
        f"{say('passed' if record.passed else 'failed')} {record.conditions.gate:.1%}"
        + (say("no_source") if summary.unfaithful else ""),
    ]
    return "\n".join(lines)


def render_comparison(
    before: RunRecord, after: RunRecord, comparison: Comparison, language: Language
) -> str:
    """What changed from run A to run B, case by case."""
    say = _speaker(language)
    lines = list(_table({"A": comparison.before, "B": comparison.after}, "", say("interval")))
    lines.append(f"{say('chance')} = {comparison.p_value:.4f}")
    if before.conditions.cases_sha256 != after.conditions.cases_sha256:
        lines.append(say("unlike"))
    lines += ["", f"{say('gained')}: {len(comparison.gained)}"]
    lines += [f"  + {result.id}  {result.question}" for result in comparison.gained]
    lines += [f"{say('lost')}: {len(comparison.lost)}"]
    for result in comparison.lost:
        lines += _failure(result)
    lines.append(f"{say('reworded')}: {len(comparison.reworded)}")
    lines += [f"  ~ {id}" for id in comparison.reworded]
    alone = [*(f"A {id}" for id in comparison.only_before)]
    alone += [f"B {id}" for id in comparison.only_after]
    if alone:
        lines += [f"{say('only')}: {len(alone)}", *(f"  {name}" for name in alone)]
    return "\n".join(lines)


def _measures(record: RunRecord, say: Callable[[str], str]) -> Iterator[str]:
    """The worst value of each measure with its limit; nothing for a suite without measures."""
    worst = worst_measures(record.results)
    if not worst:
        return
    yield from ("", f"{say('measures')}:")
    width = max(_columns(entry.worst.name) for entry in worst)
    for entry in worst:
        measure = entry.worst
        mark = " " if measure.right else "✗"
        yield (
            f"{mark} {_padded(measure.name, width)}  {measure.value:8.4f}  "
            f"({_bound(measure, say)} {measure.limit:g}; {say('of_cases')} {entry.cases}"
            + (f"; {entry.case_id})" if entry.cases > 1 else ")")
        )


def _bound(measure: Measure, say: Callable[[str], str]) -> str:
    return say("at_most" if measure.at_most else "at_least")


def _failure(result: CaseResult) -> Iterator[str]:
    yield f"  ✗ {result.id} [{result.split}]  {result.question}"
    for problem in (*result.problems, *result.unfaithful):
        yield f"      {problem}"


def _table(shares: dict[str, Share], share: str, interval: str) -> Sequence[str]:
    """A row a share: name, hits of total, per cent, interval."""
    width = max((_columns(name) for name in shares), default=0)
    rows = [f"{_padded('', width)}  {share}  ({interval})" if share else f"({interval})"]
    for name, value in shares.items():
        low, high = value.interval
        shown = f"{value.value:6.1%}  ({low:.1%} – {high:.1%})" if value.total else "     –"
        rows.append(f"{_padded(name, width)}  {value.hits:>4}/{value.total:<4} {shown}")
    return rows


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _speaker(language: Language) -> Callable[[str], str]:
    """The words of this page in one language."""
    index = 1 if language == "en" else 0
    return lambda key: _WORDS[key][index]
