from __future__ import annotations

import pytest

from tests.assistant.scoring import scored
from tests.policies import NATIONAL, ORDINANCE, STATIONS, policy

GANSU = policy("甘肃条例", ORDINANCE, title="甘肃省社会工作条例", region="甘肃")
YUNNAN = policy("云南办法", STATIONS, title="云南省乡镇社工站办法", region="云南")
UNNAMED = policy("意见", NATIONAL, title="志愿服务意见", region=None)


def best(question: str) -> str:
    return scored(question, GANSU, YUNNAN, UNNAMED)[2][0].text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("社会工作专项资金每年多少", "八百万元"),
        ("乡镇社会工作站什么时候实现全覆盖", "2028年"),
        ("志愿者的服务证明由谁出具", "出具服务证明"),
        ("社会工作者要参加继续教育吗", "继续教育"),
        ("站点每年补助多少钱", "十五万元"),
    ],
)
def test_the_sentence_that_carries_the_question_comes_first(question: str, words: str) -> None:
    assert words in best(question)


def test_every_sentence_is_verbatim_at_its_place() -> None:
    _, _, statements = scored("经费", GANSU, YUNNAN, UNNAMED)
    by_id = {d.id: d for d in (GANSU, YUNNAN, UNNAMED)}
    assert len(statements) >= 8
    for statement in statements:
        text = by_id[statement.document.id].text
        assert text[statement.start_char : statement.end_char] == statement.text
    assert [s.score for s in statements] == sorted((s.score for s in statements), reverse=True)


def test_a_year_that_the_sentence_does_not_name_counts_against_it() -> None:
    _, _, statements = scored("乡镇社会工作站2028年的目标", GANSU)
    assert "2028年" in statements[0].text and statements[0].has_years
    _, _, others = scored("乡镇社会工作站2031年的目标", GANSU)
    assert not any(statement.has_years for statement in others)
    assert others[0].score < statements[0].score


def test_a_year_above_the_sentence_counts_for_it() -> None:
    plan = policy(
        "d", "一、2029年目标\n各站点配备三名社工。\n二、2030年目标\n各站点配备五名社工。\n"
    )
    _, _, statements = scored("2030年各站点配备几名社工", plan)
    assert "五名" in statements[0].text
    assert [s.has_years for s in statements if "三名" in s.text] == [False]


def test_a_rule_of_no_place_counts_less_in_a_question_on_a_place() -> None:
    _, _, named = scored("云南志愿服务经费", UNNAMED)
    _, _, open_question = scored("志愿服务经费", UNNAMED)
    assert named[0].coverage < open_question[0].coverage


def test_what_a_national_document_gives_one_place_counts_less_for_another() -> None:
    notice = policy(
        "d", "支持郑州机场引进国外航空公司。\n支持西安机场引进国外航空公司。\n", region="全国"
    )
    _, _, statements = scored("西安机场能引进国外航空公司吗", notice)
    own, other = statements
    assert "西安" in own.text and own.coverage > other.coverage
    _, _, around = scored("陕西的机场能引进国外航空公司吗", notice)
    assert "西安" in around[0].text


def test_only_figures_of_the_kind_asked_for_count() -> None:
    plan = policy("d", "全县建立12个站点，配备36名社工，投入90万元，增长5%。\n")
    for question, figure in [
        ("配备多少名社工", "36名"),
        ("投入多少钱", "90万元"),
        ("增长了百分之几", "5%"),
        ("增长了几个点", "5%"),
        ("建立多少个站点", "12个"),
    ]:
        _, _, statements = scored(question, plan)
        assert [found.text for found in statements[0].figures] == [figure], question
        assert len(statements[0].all_figures) == 4


def test_a_sentence_of_marks_alone_is_none() -> None:
    _, _, statements = scored("经费", policy("d", "经费列入预算。\n————\n……\n"))
    assert [statement.text for statement in statements] == ["经费列入预算。"]


def test_nothing_found_is_nothing_scored() -> None:
    assert scored("经费")[2] == ()
