// The page's behaviour in the browser. Runs once per HTML component (js_on_load); `element`,
// `trigger` and `watch` belong to that component. No text from the server is ever turned into
// markup here.
window.policyPage ??= (() => {
  const page = { opener: null };
  const narrow = () => window.matchMedia("(max-width: 900px)").matches;
  const root = () => document.getElementById("app");
  const panel = () => document.getElementById("source-panel");

  page.openPanel = () => root()?.classList.add("source-open");
  page.closePanel = () => root()?.classList.remove("source-open");

  page.markActive = (button) => {
    document.querySelectorAll("[aria-current]").forEach((old) => old.removeAttribute("aria-current"));
    if (!button) return;
    const { turn, number } = button.dataset;
    document
      .querySelectorAll(`#chat [data-action="cite"][data-turn="${turn}"][data-number="${number}"]`)
      .forEach((same) => same.setAttribute("aria-current", "true"));
  };

  // [conversation key, language], once the page has been drawn: what is asked in the first
  // moment would otherwise go to no conversation, and the first drawing would wipe it away.
  page.session = async (language) => {
    for (let waited = 0; !page.opened && waited < 15000; waited += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return [sessionStorage.getItem("conversation"), sessionStorage.getItem("language") ?? language];
  };

  // Copying works on plain http too, where navigator.clipboard does not exist.
  page.copy = async (words) => {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(words);
      return;
    }
    const area = document.createElement("textarea");
    area.value = words;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy refused");
  };

  // The conversation as a file. Made here: the server hands out no files.
  page.save = (words, language) => {
    if (!words) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type: "text/markdown;charset=utf-8" }));
    const name = language === "en" ? "conversation" : "社工政策对话";
    link.download = `${name}-${new Date().toISOString().slice(0, 10)}.md`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // Tabs: only the chosen one is in the order of the Tab key, arrows go from one to the other.
  page.showMode = (mode) => {
    page.mode = mode ?? page.mode ?? "ask";
    root()?.classList.toggle("checking", page.mode === "check");
    document.querySelectorAll("#modes [role=tab]").forEach((tab) => {
      const chosen = tab.dataset.mode === page.mode;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      const view = document.getElementById(tab.getAttribute("aria-controls"));
      view?.setAttribute("role", "tabpanel");
      view?.setAttribute("aria-labelledby", tab.id);
    });
    if (mode && narrow()) page.closePanel();
  };
  page.moveTab = (event) => {
    const tabs = [...document.querySelectorAll("#modes [role=tab]")];
    const place = tabs.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -place, End: tabs.length - 1 - place };
    if (place < 0 || !(event.key in step)) return;
    event.preventDefault();
    const next = tabs[(place + step[event.key] + tabs.length) % tabs.length];
    page.showMode(next.dataset.mode);
    next.focus();
  };

  page.showVerdicts = () => {
    const summary = document.querySelector("#check-result .check-summary");
    summary?.scrollIntoView({ block: "nearest" });
  };

  page.act = (button, trigger) => {
    const data = button.dataset;
    const number = (name) => Number.parseInt(data[name], 10);
    switch (data.action) {
      case "cite":
        if (button.closest("#chat")) {
          page.opener = button;
          page.markActive(button);
        }
        page.openPanel();
        trigger("cite", { turn: number("turn"), number: number("number"), whole: data.whole === "1" });
        break;
      case "document":
        page.openPanel();
        trigger("document", { id: data.document });
        break;
      case "library":
        page.opener = button;
        page.openPanel();
        trigger("library", {});
        break;
      case "close":
        page.closePanel();
        page.markActive(null);
        if (page.opener?.isConnected) page.opener.focus();
        trigger("library", {});
        break;
      case "example":
        trigger("example", { index: number("index") });
        break;
      case "choose":
        trigger("choose", { turn: number("turn"), index: number("index") });
        break;
      case "mode":
        page.showMode(data.mode);
        break;
      case "widen":
        trigger("widen", { turn: number("turn") });
        break;
      case "copy": {
        const label = button.textContent;
        page.copy(data.copy).then(
          () => (button.textContent = data.done),
          () => (button.textContent = data.failed),
        );
        setTimeout(() => (button.textContent = label), 2000);
        break;
      }
      case "skip":
        page.showMode("ask");
        document.querySelector("#question textarea")?.focus();
        break;
    }
  };

  // What was typed before Gradio had drawn the box can outlive the answer that empties it.
  page.emptyBox = (turn) => {
    const box = document.querySelector("#question textarea");
    const asked = turn.querySelector(".asked-text")?.textContent.trim();
    if (!box || !asked || box.value.trim() !== asked) return;
    box.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A new question goes to the top of the view and stays there while its answer grows: the
  // reader starts at the first line instead of chasing the last one.
  page.showTurn = () => {
    const scroller = document.getElementById("talk");
    const turn = document.querySelector("#live .turn");
    if (!scroller || !turn) return;
    page.emptyBox(turn);
    if (turn.dataset.turn === page.shown) return;
    page.shown = turn.dataset.turn;
    if (narrow()) page.closePanel();
    scroller.scrollTop += turn.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 8;
  };

  page.showPanel = () => {
    const scroller = panel()?.querySelector(narrow() ? ".panel" : ".panel-scroll");
    if (!scroller) return;
    const quote = document.getElementById("cited-quote");
    const head = narrow() ? panel().querySelector(".panel-top").offsetHeight : 0;
    scroller.scrollTop = 0;
    if (quote) {
      const offset = quote.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      // A third of the view stays above the quote: what leads up to it is part of reading it.
      scroller.scrollTop = offset - head - (scroller.clientHeight - head) / 3;
    }
    if (panel().querySelector(".panel").dataset.home !== "1") {
      document.getElementById("source-title")?.focus({ preventScroll: true });
    }
  };

  page.attach = (element, trigger, watch) => {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-action]");
      if (!button || !element.contains(button)) return;
      if (button.tagName === "A") event.preventDefault();
      page.act(button, trigger);
    });
    if (element.closest("#modes")) {
      element.addEventListener("keydown", page.moveTab);
      watch("value", () => page.showMode());
      page.showMode();
    }
    if (element.closest("#check-result")) watch("value", page.showVerdicts);
    if (element.closest("#live")) watch("value", page.showTurn);
    if (element.closest("#source-panel")) watch("value", page.showPanel);
  };

  // Enter that ends a word in a Chinese input method is not Enter that sends: Gradio does not
  // tell them apart.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("ul.options")) return;
    if (root()?.classList.contains("source-open")) {
      panel()?.querySelector('[data-action="close"]')?.click();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#large-type")) {
      const large = document.documentElement.classList.toggle("large-type");
      event.target.closest("#large-type").setAttribute("aria-pressed", String(large));
    }
    if (event.target.closest("#open-library")) {
      page.opener = event.target.closest("#open-library");
      page.openPanel();
    }
    if (event.target.closest("#new-chat") || event.target.closest("#language-switch")) {
      page.shown = null;
      if (event.target.closest("#new-chat")) page.showMode("ask");
      if (narrow()) page.closePanel();
    }
  });
  return page;
})();
