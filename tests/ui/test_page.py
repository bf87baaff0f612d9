"""The real page in headless Chromium, over the made-up library."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.ui.fakes import FUNDING, HOSTILE, RIVER, TARGET, FakeAssistant, FakeChecker, FakeLibrary
from ui.app import address, bind, page_server

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS = 15_000
_SMALL = """[...document.querySelectorAll('#app :is(button, summary, textarea, input, .call)')]
    .filter((e) => e.offsetParent)
    .map((e) => [e.id || e.className, e.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no `chromium` on this machine"),
]


@dataclass
class Site:
    url: str
    assistant: FakeAssistant
    library: FakeLibrary


@dataclass
class Tab:
    """One page with what a user does on it."""

    page: sync_api.Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str, phase: str = "done") -> sync_api.Locator:
        number = self.page.locator(".turn").count() + 1
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        turn = self.page.locator(f'.turn[data-turn="{number}"][data-phase="{phase}"]')
        turn.wait_for()
        return turn

    def choose(self, dropdown: str, label: str) -> None:
        self.page.click(f"{dropdown} input")
        self.page.get_by_role("option", name=label).click()

    def overflow(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    assistant, library = FakeAssistant(), FakeLibrary()
    listener = bind("127.0.0.1", 0)
    server = page_server(assistant, library, FakeChecker())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield Site(address(listener), assistant, library)
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def open_tab(browser: sync_api.Browser, site: Site, width: int, height: int) -> Tab:
    page = browser.new_page(viewport={"width": width, "height": height})
    tab = Tab(page)
    page.set_default_timeout(WAIT_MS)
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((site.url, "data:", "blob:"))
            else tab.outside.append(request.url)
        ),
    )
    page.on("pageerror", lambda error: tab.errors.append(str(error)))
    page.goto(site.url)
    page.wait_for_selector(".shelf", state="attached")
    return tab


@pytest.fixture
def tab(browser: sync_api.Browser, site: Site) -> Iterator[Tab]:
    tab = open_tab(browser, site, 1280, 800)
    yield tab
    assert tab.outside == []
    assert tab.errors == []
    tab.page.close()


@pytest.fixture
def phone(browser: sync_api.Browser, site: Site) -> Iterator[Tab]:
    tab = open_tab(browser, site, 390, 844)
    yield tab
    assert tab.outside == []
    tab.page.close()


def test_ask_read_the_answer_and_open_its_source(tab: Tab) -> None:
    turn = tab.ask("江原医院社工2027年的目标")
    sync_api.expect(turn.locator(".answer-text")).to_contain_text(TARGET)
    sync_api.expect(tab.page.locator("#status-1")).to_have_text("有依据")
    tab.page.click("#citation-1-1")
    quote = tab.page.locator("#cited-quote")
    sync_api.expect(quote).to_have_text(TARGET)
    sync_api.expect(quote).to_be_in_viewport()
    sync_api.expect(tab.page.locator("#source-title")).to_have_text(RIVER.title)
    sync_api.expect(tab.page.locator("#source-panel")).to_contain_text("到2026年")
    tab.page.get_by_role("button", name="显示全文").click()
    sync_api.expect(tab.page.get_by_role("button", name="只看引用部分")).to_be_attached()
    sync_api.expect(quote).to_be_in_viewport()


def test_a_mark_in_the_text_opens_its_source_by_keyboard_and_escape_closes_it(tab: Tab) -> None:
    tab.ask("哪些文件提到经费")
    mark = tab.page.locator('.answer-text button.mark[data-number="1"]')
    mark.focus()
    tab.page.keyboard.press("Enter")
    sync_api.expect(tab.page.locator("#cited-quote")).to_have_text(FUNDING)
    sync_api.expect(tab.page.locator("#source-title")).to_be_focused()
    tab.page.keyboard.press("Escape")
    sync_api.expect(tab.page.locator(".shelf").first).to_be_visible()
    sync_api.expect(mark).to_be_focused()


def test_citations_of_an_earlier_turn_open_also_after_a_reload(tab: Tab) -> None:
    tab.ask("江原医院社工2027年的目标")
    tab.ask("哪些文件提到经费")
    tab.page.click("#citation-1-1")
    sync_api.expect(tab.page.locator("#cited-quote")).to_have_text(TARGET)
    tab.page.reload()
    tab.page.locator(".turn").nth(1).wait_for()
    tab.page.click("#citation-1-1")
    sync_api.expect(tab.page.locator("#cited-quote")).to_have_text(TARGET)


def test_a_refusal_names_the_region_filter_and_offers_to_widen(tab: Tab, site: Site) -> None:
    tab.choose("#region-filter", "湖西")
    tab.ask("2027年的目标")
    assert site.assistant.asked[-1].region == "湖西"
    sync_api.expect(tab.page.locator("#status-1")).to_have_text("库中没有依据")
    sync_api.expect(tab.page.locator(".turn .next")).to_contain_text("这次只在“湖西”内查找")
    tab.page.get_by_role("button", name="放宽范围再问").click()
    sync_api.expect(tab.page.locator("#status-2")).to_have_text("有依据")
    assert site.assistant.asked[-1].region is None


def test_a_question_before_the_page_is_drawn_is_answered(
    browser: sync_api.Browser, site: Site
) -> None:
    page = browser.new_page()
    page.set_default_timeout(WAIT_MS)
    asked = len(site.assistant.asked)
    with site.library.busy():
        page.goto(site.url)
        page.fill("#question textarea", "江原医院社工2027年的目标")
        page.press("#question textarea", "Enter")
        sync_api.expect(page.locator(".welcome, .turn")).to_be_visible()
        assert len(site.assistant.asked) == asked
    page.locator('.turn[data-turn="1"][data-phase="done"]').wait_for()
    sync_api.expect(page.locator(".shelf").first).to_be_attached()
    sync_api.expect(page.locator(".turn")).to_have_count(1)
    sync_api.expect(page.locator("#question textarea")).to_have_value("")
    page.reload()
    sync_api.expect(page.locator(".turn")).to_have_count(1)
    page.close()


def test_the_documents_of_a_region_open_when_they_are_there(tab: Tab, site: Site) -> None:
    with site.library.busy():
        tab.choose("#region-filter", "江原")
        sync_api.expect(tab.page.locator("#document-filter input")).to_be_disabled()
    tab.page.click("#document-filter input")
    sync_api.expect(tab.page.get_by_role("option")).to_have_count(2)


def test_the_document_filter_follows_the_region(tab: Tab, site: Site) -> None:
    tab.choose("#region-filter", "江原")
    tab.page.click("#document-filter input")
    sync_api.expect(tab.page.get_by_role("option")).to_have_count(2)
    tab.page.get_by_role("option", name=RIVER.title).click()
    tab.ask("经费")
    assert site.assistant.asked[-1].document_ids == ("river",)


def test_hostile_text_is_shown_as_its_characters(tab: Tab) -> None:
    turn = tab.ask(f"可疑 {HOSTILE}")
    sync_api.expect(turn.locator(".asked-text")).to_have_text(f"可疑 {HOSTILE}")
    sync_api.expect(turn.locator(".answer-text")).to_contain_text(HOSTILE)
    tab.page.click("#citation-1-1")
    sync_api.expect(tab.page.locator("#cited-quote")).to_have_text(HOSTILE)
    assert tab.page.locator("#app :is(img, iframe, script, a[href^='javascript'])").count() == 0
    assert tab.page.evaluate("window.hacked") is None


def test_stop_ends_the_answer_and_the_box_is_ready_again(tab: Tab, site: Site) -> None:
    site.assistant.closed.clear()
    turn = tab.ask("慢慢说", phase="running")
    sync_api.expect(turn.locator(".answer-text")).to_contain_text("第0句")
    sync_api.expect(tab.page.locator("#send")).to_be_hidden()
    tab.page.click("#stop")
    tab.page.locator('.turn[data-phase="stopped"]').wait_for()
    sync_api.expect(tab.page.locator(".turn")).to_contain_text("回答不完整")
    sync_api.expect(tab.page.locator("#send")).to_be_visible()
    assert site.assistant.closed.wait(10), "the assistant's stream was not closed"
    tab.ask("经费")


def test_errors_are_sentences(tab: Tab) -> None:
    turn = tab.ask("坏索引", phase="failed")
    sync_api.expect(turn.get_by_role("alert")).to_contain_text("index rebuild")
    turn = tab.ask("意外", phase="failed")
    sync_api.expect(turn.get_by_role("alert")).to_contain_text("没能完成")
    sync_api.expect(tab.page.locator("body")).not_to_contain_text("secret")


def test_a_question_that_is_too_long_stays_in_the_box_with_a_sentence(tab: Tab) -> None:
    tab.page.fill("#question textarea", "问" * 501)
    tab.page.click("#send")
    alert = tab.page.locator("#hint [role=alert]")
    sync_api.expect(alert).to_contain_text("501")
    assert tab.page.input_value("#question textarea") == "问" * 501
    assert tab.page.locator(".turn").count() == 0


def test_enter_that_ends_a_word_of_the_input_method_does_not_send(tab: Tab) -> None:
    tab.page.fill("#question textarea", "jingfei")
    tab.page.evaluate(
        """document.querySelector('#question textarea').dispatchEvent(new KeyboardEvent(
        'keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    tab.page.fill("#question textarea", "经费")
    tab.page.press("#question textarea", "Enter")
    tab.page.locator('.turn[data-phase="done"]').wait_for()
    sync_api.expect(tab.page.locator(".asked-text")).to_have_text(["经费"])


def test_an_example_is_asked_and_a_new_chat_starts_empty(tab: Tab, site: Site) -> None:
    tab.page.locator(".example").first.click()
    tab.page.locator('.turn[data-phase="done"]').wait_for()
    assert "广西" in site.assistant.asked[-1].text
    tab.page.click("#new-chat")
    sync_api.expect(tab.page.locator(".example")).to_have_count(6)
    sync_api.expect(tab.page.locator(".turn")).to_have_count(0)


def test_the_language_switch_keeps_the_conversation_and_survives_a_reload(tab: Tab) -> None:
    tab.ask("江原医院社工2027年的目标")
    tab.page.click("#language-switch")
    sync_api.expect(tab.page.locator("#send")).to_have_text("Send")
    sync_api.expect(tab.page.locator("#status-1")).to_have_text("Supported")
    assert tab.page.get_attribute("html", "lang") == "en"
    sync_api.expect(tab.page.locator("#question textarea")).to_have_attribute(
        "placeholder", "Type your question"
    )
    tab.page.reload()
    sync_api.expect(tab.page.locator("#status-1")).to_have_text("Supported")
    sync_api.expect(tab.page.locator("#send")).to_have_text("Send")


def test_copying_takes_the_answer_with_its_sources(tab: Tab, site: Site) -> None:
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    tab.ask("哪些文件提到经费")
    copy = tab.page.locator(".copy")
    copy.click()
    sync_api.expect(copy).to_have_text("已复制")
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    assert FUNDING in copied
    assert RIVER.title in copied
    assert "由模型依据所列出处生成" in copied


def test_a_phone_never_scrolls_sideways_and_the_box_stays_in_reach(phone: Tab) -> None:
    box = phone.page.locator("#question textarea")
    assert phone.overflow() <= 0
    sync_api.expect(phone.page.locator(".example").last).to_be_in_viewport()
    for question in ("哪些文件提到经费", "江原的重点领域", f"可疑 {HOSTILE}"):
        turn = phone.ask(question)
        assert phone.overflow() <= 0
        sync_api.expect(box).to_be_in_viewport(ratio=1)
        sync_api.expect(turn.locator(".asked-text")).to_be_in_viewport()
    phone.page.locator(".turn").last.locator(".chip").first.click()
    sync_api.expect(phone.page.locator("#cited-quote")).to_be_in_viewport()
    sync_api.expect(box).to_be_in_viewport(ratio=1)
    assert phone.overflow() <= 0
    phone.page.click("#source-panel .close")
    sync_api.expect(phone.page.locator("#source-panel")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_controls_are_large_enough_to_hit(
    browser: sync_api.Browser, site: Site, width: int
) -> None:
    """WCAG 2.2, 2.5.8: targets of at least 24 by 24 CSS pixels."""
    tab = open_tab(browser, site, width, 844)
    tab.ask("哪些文件提到经费")
    tab.ask("我很难受")
    tab.ask("谁")
    tab.page.click("#tab-check")
    tab.page.fill("#check-text textarea", TARGET)
    tab.page.click("#check")
    tab.page.locator("#citation-0-1").wait_for()
    checking = tab.page.evaluate(_SMALL)
    tab.page.click("#tab-ask")
    small = tab.page.evaluate(_SMALL)
    tab.page.close()
    assert small + checking == []


def test_an_open_page_does_not_hold_up_the_server(browser: sync_api.Browser) -> None:
    listener = bind("127.0.0.1", 0)
    server = page_server(FakeAssistant(), FakeLibrary(), FakeChecker())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    tab = open_tab(browser, Site(address(listener), FakeAssistant(), FakeLibrary()), 1280, 800)
    tab.ask("慢慢说", phase="running")
    server.should_exit = True
    thread.join(4)
    assert not thread.is_alive()
    tab.page.close()
    listener.close()


def test_a_sentence_is_checked_and_its_source_opened(tab: Tab) -> None:
    page = tab.page
    page.click("#tab-check")
    sync_api.expect(page.locator("#question textarea")).to_be_hidden()
    page.fill("#check-text textarea", TARGET + FUNDING.replace("1260", "1300"))
    page.click("#check")
    claims = page.locator("#check-result .claim")
    sync_api.expect(claims).to_have_count(2)
    sync_api.expect(claims.nth(0)).to_contain_text("有依据")
    sync_api.expect(claims.nth(1)).to_contain_text("依据中是“1260万元”")
    page.click("#citation-0-2")
    sync_api.expect(page.locator("#cited-quote")).to_have_text(FUNDING)
    page.click("#language-switch")
    sync_api.expect(claims.nth(1)).to_contain_text("Not supported")
    assert "1300" in page.input_value("#check-text textarea")
    page.fill("#check-evidence textarea", "每站每年补助五万元。")
    page.click("#check")
    sync_api.expect(page.locator(".checked .scope")).to_contain_text("evidence given")
    page.click("#check-clear")
    sync_api.expect(claims).to_have_count(0)
    assert page.input_value("#check-text textarea") == ""


def test_an_empty_or_overlong_check_is_a_sentence(tab: Tab) -> None:
    tab.page.click("#tab-check")
    tab.page.click("#check")
    alert = tab.page.locator("#check-hint [role=alert]")
    sync_api.expect(alert).to_contain_text("请先粘贴")
    tab.page.fill("#check-text textarea", "字" * 400_000)
    tab.page.click("#check")
    sync_api.expect(alert).to_contain_text("最多 3000 个字")


def test_the_tabs_and_the_check_work_by_keyboard(tab: Tab) -> None:
    page = tab.page
    page.focus("#tab-ask")
    page.keyboard.press("ArrowRight")
    sync_api.expect(page.get_by_role("tab", name="核对一句话")).to_be_focused()
    sync_api.expect(page.get_by_role("tab", name="核对一句话")).to_have_attribute(
        "aria-selected", "true"
    )
    sync_api.expect(page.get_by_role("tabpanel", name="核对一句话")).to_be_visible()
    page.keyboard.press("Tab")
    sync_api.expect(page.get_by_label("要核对的话")).to_be_focused()
    page.keyboard.type("月球有八百名志愿者。")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("#check-result [role=status]")).to_contain_text("共 1 句")
    page.focus("#tab-check")
    page.keyboard.press("Home")
    sync_api.expect(page.locator("#question textarea")).to_be_visible()


def test_a_phone_checks_without_scrolling_sideways(phone: Tab) -> None:
    page = phone.page
    page.click("#tab-check")
    page.fill("#check-text textarea", f"{TARGET}{FUNDING} {HOSTILE} " + "a" * 120)
    page.click("#check")
    page.locator("#check-result .claim").first.wait_for()
    assert phone.overflow() <= 0
    page.locator("#check-result .chip").first.click()
    sync_api.expect(page.locator("#cited-quote").first).to_be_in_viewport()
    assert phone.overflow() <= 0
    page.click("#source-panel .close")
    sync_api.expect(page.locator("#check-text textarea")).to_be_attached()


def test_personal_data_is_warned_of_while_typing_and_hidden_when_sent(tab: Tab, site: Site) -> None:
    warning = tab.page.locator("#hint .warning")
    tab.page.locator("#question textarea").press_sequentially("案主王芳电话13812345678的目标")
    sync_api.expect(warning).to_contain_text("姓名、电话")
    tab.page.press("#question textarea", "Enter")
    tab.page.locator('.turn[data-phase="done"]').wait_for()
    sync_api.expect(tab.page.locator(".asked-text")).to_have_text(
        "案主【姓名1】电话【电话1】的目标"
    )
    sync_api.expect(warning).to_be_hidden()
    assert "王芳" not in site.assistant.asked[-1].text
    assert "王芳" not in tab.page.inner_text("#app")
    with tab.page.expect_download() as download:
        tab.page.click("#export")
    words = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename.endswith(".md")
    assert TARGET in words and "【姓名1】" in words
    assert "王芳" not in words and "13812345678" not in words


def test_an_empty_conversation_cannot_be_exported(tab: Tab) -> None:
    tab.page.click("#export")
    sync_api.expect(tab.page.locator("#hint [role=alert]")).to_contain_text("还没有可以导出")


def test_hotlines_come_first_and_can_be_called(tab: Tab) -> None:
    turn = tab.ask("我很难受")
    block = turn.get_by_role("region", name="求助热线")
    sync_api.expect(block.get_by_role("link", name="拨打 110")).to_have_attribute("href", "tel:110")
    sync_api.expect(block).to_be_in_viewport()
    assert turn.get_by_role("alert").count() == 0
    assert turn.inner_text().index("110") < turn.inner_text().index("二级以上公立医院")


def test_a_choice_of_a_clarifying_question_is_asked(tab: Tab, site: Site) -> None:
    turn = tab.ask("谁")
    turn.get_by_role("button", name="江原的目标").click()
    sync_api.expect(tab.page.locator("#status-2")).to_have_text("有依据")
    assert site.assistant.asked[-1].text == "江原的目标"


def test_the_browser_keeps_no_question(tab: Tab) -> None:
    tab.ask("江原医院社工2027年的目标")
    kept = tab.page.evaluate(
        "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])"
    )
    assert "江原" not in kept
    assert tab.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
