"""Two documents that say different things: both sides are shown, with who said it and when."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.needs import question_needs
from assistant.pipeline import PolicyAssistant
from assistant.question import parse_question
from assistant.request import Question
from assistant.sentence_difference import Difference, says_same, sentence_difference
from assistant.sufficiency_asked import AskedValue, asked_value
from evals.faithfulness import unfaithful
from knowledge.documents import PolicyDocument
from tests.assistant.test_pipeline_contract import library
from tests.policies import STATIONS, policy

ASKED = "云南每个站点每年补助多少"
OTHER = STATIONS.replace("十五万元", "二十万元")


def stations(identity: str, text: str, day: date | None, **fields: object) -> PolicyDocument:
    known = {
        "region": "云南",
        "title": f"云南省{identity}通知",
        "issuers": (f"云南省{identity}厅",),
    }
    return policy(identity, text, published_on=day, **{**known, **fields})


def answer(home: Path, *documents: PolicyDocument, text: str = ASKED) -> Answer:
    assistant: PolicyAssistant = library(home, *documents)
    found = assistant.answer(Question(text))
    assert not unfaithful(found, text, assistant.document)
    return found


def test_both_sides_stand_with_issuer_and_date_and_the_later_is_named(tmp_path: Path) -> None:
    found = answer(
        tmp_path,
        stations("民政", STATIONS, date(2023, 3, 1)),
        stations("财政", OTHER, date(2024, 5, 1)),
    )
    assert "不一致" in found.text
    assert "**十五万元**" in found.text and "**二十万元**" in found.text
    assert "云南省民政厅，2023-03-01" in found.text and "云南省财政厅，2024-05-01" in found.text
    assert "发布较晚的是《云南省财政通知》" in found.text
    assert {c.document_id for c in found.citations} == {"民政", "财政"}


def test_without_both_dates_none_is_called_the_later(tmp_path: Path) -> None:
    found = answer(
        tmp_path, stations("民政", STATIONS, date(2023, 3, 1)), stations("财政", OTHER, None)
    )
    assert "不一致" in found.text and "较晚" not in found.text and "未注明日期" in found.text


def test_rules_of_two_places_do_not_contradict_each_other(tmp_path: Path) -> None:
    found = answer(
        tmp_path,
        stations("民政", STATIONS, None),
        stations("财政", OTHER, None, region="四川", title="四川省通知"),
    )
    assert "不一致" not in found.text and "二十万元" not in found.text


def test_a_text_past_its_term_takes_no_side(tmp_path: Path) -> None:
    yesterday = date.today() - timedelta(days=1)
    found = answer(
        tmp_path,
        stations("民政", STATIONS, date(2023, 3, 1)),
        stations("财政", OTHER, date(2021, 5, 1), effective_until=yesterday),
    )
    assert "不一致" not in found.text and "十五万元" in found.text


def test_the_same_sum_in_two_notations_is_agreement(tmp_path: Path) -> None:
    found = answer(
        tmp_path,
        stations("民政", STATIONS, None),
        stations("财政", STATIONS.replace("十五万元", "150,000元"), None),
    )
    assert "不一致" not in found.text


# Two sentences --------------------------------------------------------------------------------


def asked(text: str) -> AskedValue:
    question = parse_question(text)
    return asked_value(question, question_needs(question, lambda word: 1, 10))


@pytest.mark.parametrize(
    ("question", "one", "other", "expected"),
    [
        (
            "培训多少名社工",
            "全年培训社工300名，合格率高。",
            "全年培训社工500名，合格率高。",
            ("300名", "500名"),
        ),
        ("何时开工", "站点于2023年5月1日开工建设。", "站点于2023年6月1日开工建设。", True),
        # Another subject, another period, another year: no contradiction.
        ("培训多少名社工", "全年培训社工300名，合格率高。", "全年招募义工，没有给出数字。", None),
        ("第六届培训多少名社工", "第六届培训社工300名。", "第七届培训社工500名。", None),
        ("培训多少名社工", "全年培训社工300名。", "全年培训社工300人。", None),
    ],
)
def test_where_two_sentences_part(
    question: str, one: str, other: str, expected: tuple[str, str] | bool | None
) -> None:
    found = sentence_difference(asked(question), one, other)
    if isinstance(expected, tuple):
        assert found == Difference(*expected)
    else:
        assert bool(found) == bool(expected)


def test_a_name_and_its_short_form_say_the_same() -> None:
    assert says_same("阿尔巴尼斯", "安东尼·阿尔巴尼斯") and says_same("八成", "80%")
    assert not says_same("张三", "李四") and not says_same("15万元", "20万元")
