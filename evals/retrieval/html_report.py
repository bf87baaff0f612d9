"""A retrieval run as one HTML page beside its record: figures, plots, failures.

<run>/report.html     nothing in it is loaded from elsewhere, nothing in it runs
<run>/metrics.json    the same figures for programs
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

from assistant.wording import Language
from evals.intervals import percentile
from evals.report_files import write_files
from evals.result import CaseResult
from evals.retrieval.ablation import SHOWN, AblationRow
from evals.retrieval.asking import KEY
from evals.retrieval.plots import coverage_plot, has_plots, latency_plot, metrics_plot
from evals.retrieval.sums import Figure, figure_fields, figures
from evals.run_record import RunRecord

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("检索评测", "Retrieval evaluation"),
    "metric": ("指标", "Metric"),
    "value": ("均值", "Mean"),
    "interval": ("95% 自助法区间", "95 % bootstrap interval"),
    "questions": ("题数", "Questions"),
    "target": ("目标", "Target"),
    "coverage": (
        "等量上文下的答案覆盖率：读到前若干字时答案已出现的题目比例",
        "Answer coverage at equal context: share of questions whose answer stands within the "
        "first characters of the passages",
    ),
    "latency": ("用时", "Time"),
    "failures": ("首位未命中的题目", "Questions without a right passage at rank 1"),
    "question": ("问题", "Question"),
    "gold": ("应命中", "Gold"),
    "rank": ("名次", "Rank"),
    "first": ("实际首位", "Rank 1"),
    "answer": ("答案", "Answer"),
    "conditions": ("运行条件", "Conditions"),
    "no_plots": (
        "未安装 matplotlib，没有图。请运行 pip install 'policy-assistant[evals]'。",
        "matplotlib is not installed, so there are no plots. Run: "
        "pip install 'policy-assistant[evals]'.",
    ),
    "ablation": ("逐项消融", "Ablation: one row a part"),
    "difference": ("hit@1 与首行之差", "hit@1 against the first row"),
    "more": ("其余见 cases.jsonl", "the rest is in cases.jsonl"),
}
_MOST_FAILURES = 500
_STYLE = """
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;
margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1b2733;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;
padding:.35rem .6rem;border-bottom:1px solid #d8dee4;overflow-wrap:anywhere}
td.n,th.n{text-align:right;white-space:nowrap}.miss{color:#b3452c;font-weight:600}
img{max-width:100%}small{color:#51606e}
"""
_Say = Callable[[str], str]


def write_report(
    folder: Path,
    record: RunRecord,
    language: Language = "zh",
    ablation: Sequence[AblationRow] = (),
) -> Path:
    """Write `report.html` and `metrics.json` into a run's folder; returns the page's path.

    Raises AssistantError if they cannot be written.
    """
    conditions = record.conditions
    found = figure_fields(conditions.suite, record.results, conditions.seed)
    fields = {
        "suite": conditions.suite,
        "split": conditions.split,
        "figures": found,
        "ablation": [row.fields() for row in ablation],
    }
    page = folder / "report.html"
    text = json.dumps(fields, ensure_ascii=False, indent=1)
    write_files(
        folder, {"metrics.json": text + "\n", page.name: render_page([record], language, ablation)}
    )
    return page


def render_page(
    records: Sequence[RunRecord], language: Language = "zh", ablation: Sequence[AblationRow] = ()
) -> str:
    """The page of one run, or of several suites: figures of each, one coverage plot of all."""
    index = 1 if language == "en" else 0

    def say(key: str) -> str:
        return _WORDS[key][index]

    names = " · ".join(record.conditions.suite for record in records)
    body = [f"<h1>{say('title')}: {escape(names)}</h1>"]
    if not has_plots():
        body.append(f"<p class=miss>{escape(say('no_plots'))}</p>")
    for record in records:
        body += _figures(record, say)
    body += _ablation(ablation, say)
    body.append(f"<h2>{say('coverage')}</h2>")
    body += _plot(coverage_plot, {r.conditions.suite: _own(r.results) for r in records})
    for record in records:
        body += _latency(record, say)
        body += _failures(record, say)
    lang = "en" if language == "en" else "zh-CN"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "img-src data:; style-src 'unsafe-inline'\">"
        f"<title>{say('title')}: {escape(names)}</title><style>{_STYLE}</style></head><body>"
        + "\n".join(body)
        + "</body></html>\n"
    )


def _own(results: Sequence[CaseResult]) -> list[CaseResult]:
    return [result for result in results if KEY in result.detail]


def _figures(record: RunRecord, say: _Say) -> Iterator[str]:
    conditions = record.conditions
    found = figures(conditions.suite, record.results, conditions.seed)
    yield f"<h2>{escape(conditions.suite)} ({escape(conditions.split)})</h2>"
    yield from _conditions(record, say)
    head = [say("metric"), say("value"), say("interval"), say("questions"), say("target")]
    yield _table(head, (_figure_row(figure) for figure in found), numbers=range(1, 5))
    if found:
        yield from _plot(metrics_plot, found)


def _figure_row(figure: Figure) -> list[str]:
    value = f"{figure.value:.4f}"
    if figure.reaches is False:
        value = f'<span class="miss">✗ {value}</span>'
    target = "" if figure.target is None else f"≥ {figure.target:g}"
    interval = "" if math.isnan(figure.low) else f"{figure.low:.3f} – {figure.high:.3f}"
    return [escape(figure.name), value, interval, str(figure.questions), target]


def _conditions(record: RunRecord, say: _Say) -> Iterator[str]:
    conditions = record.conditions
    changed = " + uncommitted changes" if conditions.uncommitted_changes else ""
    values = [
        f"{conditions.started}",
        f"version {conditions.version}",
        f"commit {conditions.commit or '–'}{changed}",
        f"model {conditions.model}",
        f"seed {conditions.seed}",
        f"data {conditions.cases_sha256[:16]}",
        json.dumps(conditions.settings, ensure_ascii=False),
    ]
    yield f"<p><small>{say('conditions')}: {escape(' · '.join(values))}</small></p>"


def _latency(record: RunRecord, say: _Say) -> Iterator[str]:
    times = [result.latency_ms for result in _own(record.results)]
    if times:
        shown = ", ".join(
            f"p{share * 100:.0f} {percentile(times, share):.1f} ms" for share in (0.5, 0.95)
        )
        yield f"<h2>{say('latency')}: {escape(record.conditions.suite)} ({shown})</h2>"
        yield from _plot(latency_plot, _own(record.results))


def _failures(record: RunRecord, say: _Say) -> Iterator[str]:
    failed = [result for result in _own(record.results) if not result.right]
    yield f"<h2>{say('failures')}: {escape(record.conditions.suite)} ({len(failed)})</h2>"
    head = ["id", say("question"), say("gold"), say("answer"), say("rank"), say("first")]
    yield _table(head, (_failure_row(result) for result in failed[:_MOST_FAILURES]), numbers=[4])
    if len(failed) > _MOST_FAILURES:
        yield f"<p>{say('more')} (+{len(failed) - _MOST_FAILURES}).</p>"


def _failure_row(result: CaseResult) -> list[str]:
    detail = result.detail[KEY]
    first = detail["first"] or {"title": "", "text": "; ".join(result.problems)}
    answers = "；".join(" / ".join(group) for group in detail["answers"])
    named = f"{first['title']}　{first['text']}" if first["title"] else first["text"]
    hit = detail["hits"][0] if detail["hits"] else "–"
    return [
        escape(result.id),
        escape(result.question),
        escape("; ".join(detail["gold"])),
        escape(answers),
        str(detail["rank"] or "–"),
        f"<small>{escape(hit)}</small><br>{escape(named)}",
    ]


def _ablation(rows: Sequence[AblationRow], say: _Say) -> Iterator[str]:
    if not rows:
        return
    yield f"<h2>{say('ablation')}</h2>"
    cells = (
        [
            escape(row.name),
            *(f"{row.values[name][0]:.3f}" for name in SHOWN),
            "{:+.3f} ({:+.3f} – {:+.3f})".format(*row.difference),
            f"{row.p50_ms:.1f}",
            f"{row.p95_ms:.1f}",
        ]
        for row in rows
    )
    head = ["", *SHOWN, say("difference"), "p50 ms", "p95 ms"]
    yield _table(head, cells, numbers=range(1, len(head)))


def _plot(draw: Callable[..., str], data: object) -> Iterator[str]:
    if has_plots():
        yield f'<p><img alt="" src="{draw(data)}"></p>'


def _table(head: Sequence[str], rows: Iterator[list[str]], numbers: Sequence[int]) -> str:
    """Cells of `rows` are HTML already; those in the columns `numbers` stand on the right."""

    def cells(tag: str, values: Sequence[str]) -> str:
        return "".join(
            f"<{tag} class=n>{value}</{tag}>" if at in numbers else f"<{tag}>{value}</{tag}>"
            for at, value in enumerate(values)
        )

    lines = [f"<tr>{cells('th', head)}</tr>", *(f"<tr>{cells('td', row)}</tr>" for row in rows)]
    return f"<table>{''.join(lines)}</table>"
