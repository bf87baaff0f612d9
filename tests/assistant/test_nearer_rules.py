"""Of rules that say the same the one of the very place; and none that only refers to others."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import PolicyAssistant
from assistant.request import Question
from tests.assistant.conftest import real_assistant

PROVINCE = """# 浙江省灯会管理条例
第一条 为规范灯会管理，制定本条例。
第二条 首次灯会的筹备经费由主办单位承担。
第三条 在灯会上救人的行为的认定，依照国家和本省有关规定执行。
第四条 抚养灯会孤儿的费用，一般按照主办单位月总收入的百分之二十至三十给付。
"""
CITY = """# 杭州市灯会管理条例
第一条 为规范灯会管理，制定本条例。
第二条 首次灯会的筹备经费由主办单位按照灯盏数量每盏一点二元且总额不低于六万元的标准承担。
第三条 灯会结束后，主办单位应当清理场地。
"""
RESCUE = """# 浙江省水上救人奖励办法
第一条 为奖励水上救人行为，制定本办法。
第二条 水上和灯会上救人行为的确认，由行为发生地的渡口管理站负责。
第三条 渡口管理站应当自收到申请之日起二十日内确认。
"""


@pytest.fixture(scope="module")
def rules(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    inputs = tmp_path_factory.mktemp("rules")
    for name, text in (("province", PROVINCE), ("city", CITY), ("rescue", RESCUE)):
        (inputs / f"{name}.md").write_text(text, "utf-8")
    return real_assistant(model_home, tmp_path_factory.mktemp("library"), inputs)


@pytest.mark.model
def test_the_city_says_what_its_province_says_and_more(rules: PolicyAssistant) -> None:
    of_city = rules.answer(Question("杭州首次灯会的筹备经费谁出"))
    assert "每盏一点二元" in of_city.text
    of_province = rules.answer(Question("浙江首次灯会的筹备经费谁出"))
    assert [c.region for c in of_province.citations] == ["浙江"]
    assert "每盏" not in of_province.text


@pytest.mark.model
def test_a_rule_that_only_refers_to_others_does_not_say_who(rules: PolicyAssistant) -> None:
    told = rules.answer(Question("浙江在灯会上救人由哪个部门认定"))
    assert "渡口管理站" in told.text
    assert "依照国家" not in told.text


@pytest.mark.model
def test_both_ends_of_a_share_stand_first(rules: PolicyAssistant) -> None:
    told = rules.answer(Question("浙江抚养灯会孤儿的费用要给月收入的百分之几"))
    assert told.text.startswith("**百分之二十至三十**")
