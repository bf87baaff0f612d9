"""Time grows with the length of a text, whatever is repeated in it: no pattern takes its square."""

from __future__ import annotations

import pytest

from tests.fuzz.growth import STEPS
from tests.fuzz.runner import Runner

SHORT, LONG = 5_000, 40_000
"""Characters. Eight times the text may take eight times the time: twice that is allowed for."""
QUICK_SECONDS = 0.5
"""For the long text: the square of it at a megabyte is minutes still, but no hang."""
# What ran away once, or might: what patterns repeat, with something at the end that they lack.
RUNS = (
    " ", "\u3000", "\u00a0", "\t", "\n", "第", "一", "1", "1,", "1.", "1/", "年", "2024-1-", "、", "，", "。", "：", "（", "(", "〔", "《",
    "【", "“", "#", "|", "- ", "`", "袁", "渊", "院", "员", "附", "附件1\n", "第一条 某\n", "一、某\n", "（一）某\n", "# 某\n", "| 某 |\n",
    "（转自", "来源：", "某\n", "某，某某某某某某某某某某某某某某某某某某某\n", "a", "a ", "A-1", "“十", "¥", "省", "返回首页", "打印", "发文字号",
    "发文字号：", "上一篇", "某印发", "人民代表大会", "自2024年", "到", "开展", "说", "<b>", "<br>", "&", "[", "{", "a: ",
)  # fmt: skip


STEEP = 16
TAKES = 3
"""Of each length, once it seems steep: other programs on the machine only ever make one slower."""


def steepness(runner: Runner, step: str, run: str) -> float:
    """How many times longer the long text takes than the short one; 0 for one that is quick."""
    short, long = ((run * (length // len(run) + 1))[:length] + "x" for length in (SHORT, LONG))
    label = f"{step}: {run!r} repeated"
    # Most take no time to speak of and need one measurement.
    seconds = runner.seconds(step, long, label)
    if seconds <= QUICK_SECONDS:
        return 0.0
    quickest = runner.seconds(step, short, label)
    for _ in range(TAKES - 1):
        if seconds / quickest <= STEEP:
            break
        seconds = min(seconds, runner.seconds(step, long, label))
        quickest = min(quickest, runner.seconds(step, short, label))
    return seconds / quickest


@pytest.mark.parametrize("step", STEPS)
def test_time_grows_with_the_text(runner: Runner, step: str) -> None:
    found = {run: steepness(runner, step, run) for run in RUNS}
    assert {run: times for run, times in found.items() if times > STEEP} == {}
