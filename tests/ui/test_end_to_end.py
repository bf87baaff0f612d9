"""The real program, the real assistant, a real browser: what a newcomer does."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.bundled_model import prepare_bundled_model
from tests.ui.test_page import CHROMIUM, FLAGS, WAIT_MS, Tab

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.skipif(CHROMIUM is None, reason="no `chromium` on this machine"),
]
SCREENSHOTS = os.environ.get("POLICY_ASSISTANT_TEST_SCREENSHOTS")


@pytest.fixture(scope="module")
def address(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `policy-assistant serve` over a new home with the starter policies."""
    prepare_bundled_model(model_home, lambda sentence: None)
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(model_home / "models", home / "models")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)],
        env={**os.environ, "POLICY_ASSISTANT_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stderr is not None
    said: list[str] = []
    for line in program.stderr:
        said.append(line)
        if f"http://127.0.0.1:{port}" in line:
            break
    else:
        pytest.fail("the page did not come up: " + "".join(said))
    yield f"http://127.0.0.1:{port}"
    program.terminate()
    program.wait(15)


@pytest.fixture
def tab(address: str) -> Iterator[Tab]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(WAIT_MS)
        opened = Tab(page)
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(address) else opened.outside.append(request.url)
            ),
        )
        page.goto(address)
        # The library is listed last: only then has the page been drawn whole.
        page.locator("#source-panel", has_text="共 4 份文件").wait_for()
        yield opened
        browser.close()


def test_an_answer_opens_its_quote_inside_the_document(tab: Tab) -> None:
    turn = tab.ask("广西医院社工2027年的目标")

    assert "全覆盖" in turn.locator(".answer-text").inner_text()
    tab.page.click("#citation-1-1")
    quote = tab.page.locator("#cited-quote").first
    quote.wait_for()
    panel = tab.page.locator("#source-panel")
    assert "二级以上" in quote.inner_text()
    assert "广西推进医疗机构社会工作实施方案" in panel.inner_text()
    # The quote stands inside its surroundings: the step of the year before is there as well.
    assert "2026年" in panel.inner_text()
    assert tab.outside == []


def test_a_place_that_the_library_does_not_cover_is_declined_by_name(tab: Tab) -> None:
    turn = tab.ask("云南的社工目标是什么")

    assert "云南" in turn.locator(".answer-text").inner_text()
    assert tab.page.locator("#status-1.no_evidence").count() == 1
    assert turn.locator("[id^=citation-]").count() == 0


def test_a_declined_question_shows_where_to_read_on_and_opens_it(tab: Tab) -> None:
    turn = tab.ask("天津基地的联系电话是多少")

    assert tab.page.locator("#status-1.no_evidence").count() == 1
    assert "不是回答" in turn.locator(".leads").inner_text()
    tab.page.click("#lead-1-1")
    quote = tab.page.locator("#cited-quote").first
    quote.wait_for()
    assert "天津" in tab.page.locator("#source-panel").inner_text()
    assert " ".join(quote.inner_text().split())[:20] in turn.locator("#lead-1-1").inner_text()


def test_the_region_filter_keeps_answers_to_that_region(tab: Tab) -> None:
    tab.choose("#region-filter", "四川")
    turn = tab.ask("经费怎么保障")

    text = turn.inner_text()
    assert "四川" in text
    assert "年度预算" not in text  # what Guangxi says


def test_a_follow_up_is_understood_in_its_conversation(tab: Tab) -> None:
    tab.ask("广西的经费怎么保障")
    turn = tab.ask("那四川呢")

    assert "资金资源" in turn.locator(".answer-text").inner_text()
