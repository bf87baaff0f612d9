"""The comparison for a terminal, and as one HTML page and a file of figures beside its record.

<run>/peers.html     nothing in it is loaded from elsewhere, nothing in it runs
<run>/peers.json     the same figures for programs
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from assistant.wording import Language
from evals.peers.standing import COVERAGES, QUALITIES, Bounds, Standing
from evals.report_files import write_files

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("与同类系统的对比", "Beside its peers"),
    "same": (
        "同样的文档、同样的问题、同一个向量模型、同一次运行；每个系统在自己的进程中。"
        "coverage@n：读到检索结果的前 n 字时答案已出现的题目比例。",
        "The same documents, questions and embedding model, in the same run, each system in a "
        "process of its own. coverage@n: share of questions whose answer stands within the first "
        "n characters of what was retrieved.",
    ),
    "system": ("系统", "System"),
    "pieces": ("段数", "Pieces"),
    "index": ("建库秒数（其中向量）", "Index s (of it embedding)"),
    "cpu": ("处理器 p50 ms", "Processor p50 ms"),
    "memory": ("内存 MiB（模型以外）", "Memory MiB (beyond the model)"),
    "margin": (
        "领先：本项目 − 对方，95% 配对自助法区间",
        "Lead: this project − peer, 95 % paired bootstrap",
    ),
    "questions": ("题", "questions"),
    "setup": ("设置", "Set-up"),
}
_STYLE = """
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;
margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b2733;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem}
div{overflow-x:auto}table{border-collapse:collapse}
th,td{text-align:right;padding:.35rem .6rem;border-bottom:1px solid #d8dee4;white-space:nowrap}
th:first-child,td:first-child{text-align:left}.ours td{font-weight:600}
.lead{color:#1c6b3a}.behind{color:#b3452c;font-weight:600}small{color:#51606e}
"""


def render_standings(rows: Sequence[Standing], language: Language) -> str:
    """Tables for a terminal: qualities and costs, then the leads, for each data set."""
    say = _speaker(language)
    lines: list[str] = []
    for suite, group in groupby(rows, key=lambda row: row.suite):
        own = list(group)
        width = max(len(row.system) for row in own)
        lines += ["", f"{suite} ({own[0].questions} {say('questions')})"]
        head = "  ".join(f"{_short(name):>7}" for name in QUALITIES)
        lines.append(
            f"{'':<{width}}  {head}   p50 ms   p95 ms   cpu ms  index s (embed)      MiB  pieces"
        )
        for row in own:
            means = "  ".join(f"{row.values[name][0]:7.3f}" for name in QUALITIES)
            index = f"{row.index_seconds:7.1f} ({row.embed_seconds:.0f})"
            lines.append(
                f"{row.system:<{width}}  {means}  {row.p50_ms:7.1f}  {row.p95_ms:7.1f}  "
                f"{row.cpu_ms:7.1f}  "
                f"{index:<15}  {_mib(row):>7}  {row.passages:>6}"
            )
        lines += ["", say("margin")]
        for row in own:
            if not row.is_product:
                shown = "  ".join(
                    f"{_short(name)} {_lead(row.margins[name])}" for name in ("hit@1", *COVERAGES)
                )
                lines.append(f"{row.system:<{width}}  {shown}")
    return "\n".join(lines)


def write_standings(folder: Path, rows: Sequence[Standing], language: Language) -> Path:
    """Write `peers.html` and `peers.json` into a run's folder; returns the page's path.

    Raises AssistantError if they cannot be written.
    """
    page = folder / "peers.html"
    text = json.dumps([row.fields() for row in rows], ensure_ascii=False, indent=1)
    write_files(folder, {"peers.json": text + "\n", page.name: render_page(rows, language)})
    return page


def render_page(rows: Sequence[Standing], language: Language) -> str:
    """The page: for each data set a table of qualities and costs, and one of leads."""
    say = _speaker(language)
    body = [f"<h1>{say('title')}</h1>", f"<p>{say('same')}</p>"]
    for suite, group in groupby(rows, key=lambda row: row.suite):
        own = list(group)
        body.append(f"<h2>{escape(suite)} ({own[0].questions} {say('questions')})</h2>")
        head = [say("system"), *QUALITIES, "p50 ms", "p95 ms", say("cpu")]
        head += [say("index"), say("memory"), say("pieces")]
        body += _table(head, own)
        body.append(f"<p>{say('margin')}</p>")
        names = ("hit@1", *COVERAGES)
        body.append("<div><table><tr>" + "".join(f"<th>{x}</th>" for x in ("", *names)) + "</tr>")
        for row in own:
            if not row.is_product:
                cells = "".join(_lead_cell(row.margins[name]) for name in names)
                body.append(f"<tr><td>{escape(row.system)}</td>{cells}</tr>")
        body.append("</table></div>")
    body.append(f"<h2>{say('setup')}</h2><ul>")
    setups = dict.fromkeys((row.system, row.setup) for row in rows)
    body += [f"<li>{escape(name)}: {escape(setup)}</li>" for name, setup in setups]
    body.append("</ul>")
    lang = "en" if language == "en" else "zh-CN"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{say('title')}</title><style>{_STYLE}</style></head><body>"
        + "\n".join(body)
        + "</body></html>\n"
    )


def _table(head: Sequence[str], rows: Sequence[Standing]) -> Iterator[str]:
    yield "<div><table><tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"
    for row in rows:
        cells = [escape(row.system)]
        for name in QUALITIES:
            mean, low, high = row.values[name]
            cells.append(f"{mean:.3f}<br><small>{low:.3f} – {high:.3f}</small>")
        cells += [f"{row.p50_ms:.1f}", f"{row.p95_ms:.1f}", f"{row.cpu_ms:.1f}"]
        cells += [f"{row.index_seconds:.1f} ({row.embed_seconds:.1f})", _mib(row)]
        cells.append(str(row.passages))
        mark = " class=ours" if row.is_product else ""
        yield f"<tr{mark}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</table></div>"


def _lead_cell(bounds: Bounds) -> str:
    mark = "lead" if bounds[1] > 0 else "behind" if bounds[0] < 0 else ""
    return f'<td class="{mark}">{_lead(bounds)}</td>'


def _lead(bounds: Bounds) -> str:
    return "{:+.3f} ({:+.3f} – {:+.3f})".format(*bounds)


def _short(name: str) -> str:
    return name.replace("coverage@", "c@")


def _mib(row: Standing) -> str:
    return "–" if row.memory_mib is None else f"{row.memory_mib:.0f}"


def _speaker(language: Language) -> Callable[[str], str]:
    index = 1 if language == "en" else 0
    return lambda key: _WORDS[key][index]
