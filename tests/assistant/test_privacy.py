from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.privacy import Mask, kind_names, without_marks
from evals.privacy.items import look_alikes, privacy_items
from evals.privacy.suite import judged

ROOT = Path(__file__).parents[2]
LAWS = ROOT.parent / "shared" / "data" / "laws"


def test_a_mark_stays_the_same_through_a_conversation() -> None:
    mask = Mask()
    first = mask.masked("我的服务对象叫陈小红，电话13800138000")
    assert first.text == "我的服务对象叫【姓名1】，电话【电话1】"
    assert first.kinds == ("name", "phone")
    # Named once, known ever after, with or without a word that announces it.
    assert mask.masked("陈小红能申请低保吗").text == "【姓名1】能申请低保吗"
    assert mask.masked("邻居叫李明").text == "邻居叫【姓名2】"


def test_what_was_masked_is_put_back() -> None:
    mask = Mask()
    text = "案主王小丽住在人民南路12号，身份证11010519491231002X"
    masked = mask.masked(text).text
    assert "王小丽" not in masked and "11010519491231002X" not in masked
    assert mask.restored(masked) == text
    assert Mask().restored(masked) == masked  # another conversation knows nothing of it


def test_a_mark_that_was_typed_stands_for_nobody() -> None:
    mask = Mask()
    masked = mask.masked("【姓名1】是什么意思？我叫王小丽").text
    assert masked == "【姓名1】是什么意思？我叫【姓名2】"
    assert mask.restored(masked) == "【姓名1】是什么意思？我叫王小丽"


def test_marks_are_no_search_words() -> None:
    masked = Mask().masked("服务对象叫陈小红，想申请低保").text
    assert without_marks(masked) == "服务对象叫，想申请低保"
    assert kind_names(("name", "phone"), "zh") == "姓名、电话"
    assert kind_names(("name", "phone"), "en") == "name, phone number"


@pytest.mark.parametrize(
    "text", ["", " ", "四川的十个领域是哪些", "a" * 500, "1" * 500, "王" * 500]
)
def test_texts_without_personal_data_stay(text: str) -> None:
    assert Mask().masked(text).text == text


def test_no_question_of_the_evaluations_and_no_starter_policy_is_masked() -> None:
    cases = yaml.safe_load((ROOT / "evals" / "cases" / "starter.yaml").read_text("utf-8"))
    texts = [case["question"] for case in cases]
    texts += [path.read_text("utf-8") for path in (ROOT / "knowledge" / "starter").glob("*.md")]
    assert len(texts) > 100
    assert [text for text in texts if Mask().masked(text).kinds] == []


@pytest.mark.parametrize(
    "item", [i for i in privacy_items() if i.split == "tune"], ids=lambda i: i.id
)
def test_seeded_items_are_masked(item) -> None:  # type: ignore[no-untyped-def]
    assert judged(item).problems == ()


@pytest.mark.parametrize(
    "item", [i for i in look_alikes() if i.split == "tune"], ids=lambda i: i.id
)
def test_look_alikes_stay(item) -> None:  # type: ignore[no-untyped-def]
    assert judged(item).problems == ()


def test_statutes_hold_no_personal_data() -> None:
    files = sorted(LAWS.glob("*/*.md"))[::20]
    if not files:
        pytest.skip("../shared/data/laws is not here")
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            assert Mask().masked(line).kinds == (), line
