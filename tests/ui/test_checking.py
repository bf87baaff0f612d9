"""The second tab without a browser: what is checked, refused, shown and forgotten."""

from __future__ import annotations

import html
import logging
import re

import pytest

from tests.ui.fakes import FUNDING, HOSTILE, TARGET, FakeChecker, FakeLibrary
from ui.check_rendering import render_check, render_check_hint
from ui.checking import CHECK_LIMIT, EVIDENCE_LIMIT, Checked, Checking
from ui.conversation import new_key

KEY = "0123456789abcdef" * 2
ALTERED = FUNDING.replace("1260", "1300")


@pytest.fixture
def checking() -> Checking:
    return Checking(FakeChecker(), FakeLibrary())


def check(checking: Checking, claim: str, evidence: str = "") -> Checked:
    outcome = checking.check(claim, evidence, KEY, "zh")
    assert outcome.checked, outcome.error
    return outcome.checked


def shown(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def test_each_sentence_has_its_sign_its_problem_and_its_source(checking: Checking) -> None:
    page = render_check(check(checking, TARGET + ALTERED), "zh")
    first, second = re.findall(r'<li class="claim .*?</li>(?=<li class="claim|</ol>)', page)
    assert "claim supported" in first and "✓ 有依据" in shown(first)
    assert "claim unsupported" in second and "✗ 未得到支持" in shown(second)
    assert '<span class="said">1300万元</span>' in second
    assert "依据中是“1260万元”" in shown(second)
    assert 'data-turn="0" data-number="2"' in second
    assert "共 2 句：1 句有依据，1 句未得到支持。" in shown(page)
    assert 'id="citation-0-1"' in page


def test_what_nothing_bears_on_has_no_source(checking: Checking) -> None:
    page = render_check(check(checking, "月球基地的厨师每天做八百份饺子。"), "zh")
    assert "没有找到依据" in shown(page)
    assert "data-action" not in page


def test_the_verdicts_are_said_in_english(checking: Checking) -> None:
    page = shown(render_check(check(checking, TARGET + ALTERED), "en"))
    assert "Sentences: 2. Supported: 1. Not supported: 1." in page
    assert "differs from the evidence" in page


def test_a_citation_opens_in_its_document(checking: Checking) -> None:
    check(checking, ALTERED)
    panel = checking.citation_panel(1, False, KEY, "zh")
    assert FUNDING in shown(panel)
    assert "江民发〔2026〕8号" in panel
    assert 'data-turn="0" data-number="1" data-whole="1"' in panel


def test_given_evidence_is_all_that_counts_and_can_be_opened(checking: Checking) -> None:
    evidence = "站点的说明。每站每年补助五万元。其余从略。"
    checked = check(checking, "每站每年补助五万元。" + TARGET, evidence)
    page = shown(render_check(checked, "zh"))
    assert "只按所给依据核对" in page
    assert "所给的依据" in page
    assert "1 句有依据，1 句未得到支持" in page
    assert "效力未注明" not in page
    panel = checking.citation_panel(1, False, KEY, "zh")
    assert ">每站每年补助五万元。</mark>" in panel
    assert "其余从略" in panel


@pytest.mark.parametrize(
    ("claim", "evidence", "sentence"),
    [
        ("", "", "请先粘贴"),
        ("  \n", "依据", "请先粘贴"),
        (None, 5, "请先粘贴"),
        ("字" * (CHECK_LIMIT + 1), "", str(CHECK_LIMIT + 1)),
        (TARGET, "字" * (EVIDENCE_LIMIT + 1), str(EVIDENCE_LIMIT + 1)),
        ("？！", "", "没有可以核对的句子"),
        ("坏索引。", "", "index rebuild"),
        ("意外：王小明。", "", "没能完成核对"),
    ],
)
def test_what_cannot_be_checked_is_one_sentence(
    checking: Checking,
    claim: object,
    evidence: object,
    sentence: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        outcome = checking.check(claim, evidence, KEY, "zh")
    assert outcome.checked is None
    assert sentence in outcome.error
    assert checking.latest(KEY) is None
    assert "王小明" not in caplog.text and "secret" not in caplog.text
    assert 'role="alert"' in render_check_hint("zh", outcome.error)


def test_the_longest_text_is_still_checked(checking: Checking) -> None:
    check(checking, TARGET + "字" * (CHECK_LIMIT - len(TARGET)))


def test_hostile_text_is_shown_as_its_characters(checking: Checking) -> None:
    page = render_check(check(checking, f"省级财政 {HOSTILE}", f"省级财政 {HOSTILE}"), "zh")
    assert "<img" not in page
    assert HOSTILE in shown(page)
    assert "<img" not in checking.citation_panel(1, False, KEY, "zh")


def test_a_check_is_forgotten_and_seen_by_its_own_tab_only(checking: Checking) -> None:
    check(checking, TARGET)
    assert "已过期" in checking.citation_panel(1, False, new_key(), "zh")
    assert "已过期" in checking.citation_panel(9, False, KEY, "zh")
    checking.clear(KEY)
    assert checking.latest(KEY) is None
    assert "已过期" in checking.citation_panel(1, False, KEY, "zh")
