"""Questions about the rules of another day, from their words to the answer."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from evals.faithfulness import unfaithful
from knowledge.ingestion import catalog_path
from tests.assistant.test_pipeline_contract import library
from tests.policies import NATIONAL, ORDINANCE, ORDINANCE_2026, STATIONS, policy

SOON = date.today() + timedelta(days=400)
FIGURE = "甘肃每年安排多少社会工作专项资金"


def started(text: str, words: str) -> str:
    return f"{text}第六条 本条例自{words}起施行。\n"


def dated(identity: str, title: str, text: str, day: date, **fields: Any) -> Any:
    return policy(identity, text, title=title, effective_from=day, **fields)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    title, gansu = "甘肃省社会工作条例", {"region": "甘肃"}
    coming = started(ORDINANCE.replace("八百", "三千"), f"{SOON.year}年{SOON.month}月{SOON.day}日")
    old = started(ORDINANCE, "2015年1月1日")
    new = started(ORDINANCE_2026, "2020年7月1日")
    repeals = (
        STATIONS + "三、附则\n本办法自2021年1月1日起施行，《云南省社工点暂行规定》同时废止。\n"
    )
    return library(
        tmp_path_factory.mktemp("home"),
        dated("一", f"{title}（2014修订）", old, date(2015, 1, 1), **gansu),
        dated("二", title, new, date(2020, 7, 1), **gansu),
        dated("三", title, coming, SOON, **gansu),
        dated("旧", "云南省社工点暂行规定", NATIONAL, date(2010, 1, 1), region="云南"),
        dated(
            "新",
            "云南省乡镇社工站办法",
            repeals,
            date(2021, 1, 1),
            region="云南",
            supersedes=("云南省社工点暂行规定",),
        ),
        # One source, two readings.
        dated("源", "青海省站点办法", STATIONS, date(2012, 1, 1), region="青海"),
        dated(
            "源",
            "青海省社工站点办法",
            STATIONS.replace("十五万", "二十万"),
            date(2019, 1, 1),
            region="青海",
            effective_until=date(2022, 12, 31),
        ),
    )


def ask(assistant: PolicyAssistant, text: str, **filters: Any) -> Answer:
    return assistant.answer(Question(text, **filters))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (FIGURE, "一千二百万元"),
        (f"现行规定里{FIGURE}", "一千二百万元"),
        (f"2018年时{FIGURE}", "八百万元"),
        ("甘肃2018年的规定是每年安排多少社会工作专项资金", "八百万元"),
        (f"2020年6月30日的规定中，{FIGURE}", "八百万元"),
        (f"2020年7月1日的规定中，{FIGURE}", "一千二百万元"),
        (f"修订前{FIGURE}", "八百万元"),
        (f"2020年修订前{FIGURE}", "八百万元"),
        ("甘肃省社会工作条例（2020修订）规定每年安排多少专项资金", "一千二百万元"),
        ("2015年施行的甘肃省社会工作条例规定每年安排多少专项资金", "八百万元"),
    ],
)
def test_the_words_of_a_question_pick_the_text(
    assistant: PolicyAssistant, text: str, value: str
) -> None:
    assert ask(assistant, text).text.startswith(f"**{value}**[1]")


@pytest.mark.parametrize(
    ("text", "filters", "document"),
    [
        ("甘肃省社会工作条例第四条", {}, "二"),
        ("甘肃省社会工作条例第四条", {"as_of": date(2016, 1, 1)}, "一"),
        ("甘肃省社会工作条例第四条", {"as_of": SOON}, "三"),
        ("旧版甘肃省社会工作条例第四条", {}, "一"),
        ("2016年的甘肃省社会工作条例第四条", {}, "一"),
        # The day that is given is stronger than the one in the words.
        ("2016年的甘肃省社会工作条例第四条", {"as_of": date(2021, 1, 1)}, "二"),
    ],
)
def test_an_article_is_that_of_its_day(
    assistant: PolicyAssistant, text: str, filters: dict[str, Any], document: str
) -> None:
    answer = ask(assistant, text, **filters)
    assert answer.citations[0].document_id == document
    assert answer.citations[0].article == "第四条"


def test_an_answer_from_a_former_text_says_so_and_quotes_the_new_ones_date(
    assistant: PolicyAssistant,
) -> None:
    answer = ask(assistant, f"2018年时{FIGURE}")
    assert answer.citations[0].validity == "amended"
    assert "[1]引自旧版" in answer.text
    assert "自2020年7月1日起施行" in answer.text
    assert unfaithful(answer, FIGURE, assistant.document) == ()


def test_the_present_text_is_answered_with_word_of_the_coming_one(
    assistant: PolicyAssistant,
) -> None:
    answer = ask(assistant, FIGURE)
    assert answer.citations[0].validity != "amended"
    assert "尚未施行的新版" in answer.text
    assert f"自{SOON.year}年" in answer.text
    assert "三千万" not in answer.text


def test_a_former_version_of_one_source_is_quoted_from_its_own_text(
    assistant: PolicyAssistant,
) -> None:
    answer = ask(assistant, "青海每个站点每年补助多少钱", as_of=date(2015, 1, 1))
    citation = answer.citations[0]
    assert answer.text.startswith("**十五万元**")
    assert (citation.title, citation.validity) == ("青海省站点办法", "amended")
    cited = assistant.cited_document(citation)
    assert cited is not None
    assert cited.text[citation.start_char : citation.end_char] == citation.quote
    assert cited.title == "青海省站点办法"


def test_a_former_version_gives_its_whole_list(assistant: PolicyAssistant) -> None:
    answer = ask(assistant, "青海乡镇社会工作站提供哪些服务", as_of=date(2015, 1, 1))
    assert answer.status == "answered"
    assert "独居老人探访" in answer.text


def test_a_text_past_its_term_is_flagged_not_dropped(assistant: PolicyAssistant) -> None:
    answer = ask(assistant, "青海每个站点每年补助多少钱")
    assert answer.text.startswith("**二十万元**")
    assert answer.citations[0].validity == "lapsed"
    assert "已过有效期" in answer.text


def test_a_repealed_rule_is_used_only_when_asked_for(assistant: PolicyAssistant) -> None:
    assert "旧" not in {
        c.document_id for c in ask(assistant, "云南志愿服务所需经费怎么解决").citations
    }
    answer = ask(assistant, "《云南省社工点暂行规定》废止前，志愿服务所需经费怎么解决")
    assert answer.citations[0].document_id == "旧"
    assert answer.citations[0].validity == "repealed"
    assert "已废止" in answer.text
    assert "同时废止" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "2001年的甘肃省社会工作条例第四条",
        "甘肃省社会工作条例（2017修正）第四条",
        "旧版云南省乡镇社工站办法规定了哪些服务",
    ],
)
def test_a_text_of_then_that_is_not_at_hand_is_not_replaced_by_another(
    assistant: PolicyAssistant, text: str
) -> None:
    answer = ask(assistant, text)
    assert answer.status == "no_evidence"
    assert "所问时间的文本" in answer.text


def test_the_versions_of_a_rule_are_listed_with_their_dates(assistant: PolicyAssistant) -> None:
    answer = ask(assistant, "甘肃省社会工作条例有哪些版本")
    rows = [line for line in answer.text.splitlines() if line.startswith("| 《")]
    assert ["2015年1月1日" in rows[0], "2020年7月1日" in rows[1]] == [True, True]
    assert ["旧版" in rows[0], "旧版" in rows[1], "尚未施行" in rows[2]] == [True, False, True]
    assert unfaithful(answer, "甘肃省社会工作条例有哪些版本", assistant.document) == ()


def test_a_document_removed_by_another_process_is_gone_from_the_next_answer(
    tmp_path: Path,
) -> None:
    running = library(tmp_path, policy("甘肃条例", ORDINANCE, title="甘肃条例", region="甘肃"))
    assert running.answer(Question(FIGURE)).text.startswith("**八百万元**")

    code = (
        "import sys, pathlib; from knowledge.catalog import Catalog\n"
        "Catalog(pathlib.Path(sys.argv[1])).remove_document(sys.argv[2])"
    )
    command = [sys.executable, "-c", code, str(catalog_path(tmp_path)), "甘肃条例"]
    subprocess.run(command, check=True, timeout=120)

    answer = running.answer(Question(FIGURE))
    assert answer.status == "no_evidence"
    assert "八百" not in json.dumps([r.passage.text for r in answer.evidence], ensure_ascii=False)
