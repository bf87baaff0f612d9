from __future__ import annotations

from datetime import date

import pytest

from assistant.asked_date import AskedDate, Edition, asked_date

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("question", "day", "rest"),
    [
        ("2018年的规定", date(2018, 12, 31), "规定"),
        (
            "甘肃省2018年的规定是每年安排多少资金",
            date(2018, 12, 31),
            "甘肃省规定是每年安排多少资金",
        ),
        ("二〇一八年的规定", date(2018, 12, 31), "规定"),
        ("２０１８年的规定", date(2018, 12, 31), "规定"),
        ("2018年的規定", date(2018, 12, 31), "規定"),
        ("2015年时社会工作者要登记吗", date(2015, 12, 31), "社会工作者要登记吗"),
        ("2015年的时候社工要登记吗", date(2015, 12, 31), "社工要登记吗"),
        ("2015年当时每年安排多少专项资金", date(2015, 12, 31), "每年安排多少专项资金"),
        ("在2016年慈善法第十条怎么规定", date(2016, 12, 31), "慈善法第十条怎么规定"),
        ("2018年的妇女权益保障法第三条", date(2018, 12, 31), "妇女权益保障法第三条"),
        ("2018年《慈善法》第五条是什么", date(2018, 12, 31), "《慈善法》第五条是什么"),
        ("2019年5月1日有效的社会救助条例", date(2019, 5, 1), "社会救助条例"),
        ("2019年5月的规定", date(2019, 5, 31), "规定"),
        ("截至2019年5月1日的规定", date(2019, 5, 1), "规定"),
        ("慈善法第十条在2018年是怎么规定的", date(2018, 12, 31), "慈善法第十条是怎么规定的"),
        ("按照2018年的标准，每人每月补贴多少", date(2018, 12, 31), "标准，每人每月补贴多少"),
        ("2019-05-01，慈善法第十条怎么规定", date(2019, 5, 1), "慈善法第十条怎么规定"),
        ("2020年之前的规定", date(2019, 12, 31), "规定"),
        ("2022年修订前的妇女权益保障法第三条", date(2021, 12, 31), "妇女权益保障法第三条"),
        ("去年的规定是什么", date(2025, 12, 31), "规定是什么"),
        ("2026年的规定", TODAY, "规定"),
        ("What did the law say as of 2019-05-01?", date(2019, 5, 1), "What did the law say ?"),
    ],
)
def test_a_question_for_the_rules_of_then_names_their_day(
    question: str, day: date, rest: str
) -> None:
    found = asked_date(question, TODAY)
    assert (found.day, found.edition, found.is_former) == (day, None, False)
    assert found.text == rest


@pytest.mark.parametrize(
    "question",
    [
        "2027年前的目标",
        "2023年投入多少",
        "广西医院社工2027年的目标",
        "宁夏2025年计划选派多少名社工",
        "到2028年乡镇社会工作站实现全覆盖了吗",
        "2027年的规定",
        "2030年时要达到什么目标",
        "2023年时投入了多少资金",
        "2021年以来出台了哪些规定",
        "2020年至2023年的规定有哪些变化",
        "从2018年起施行的是什么",
        "2025年规定的目标是什么",
        "四川2025年的方案提到什么",
        "2024年宁夏派了多少社工",
        "民发〔2021〕23号的规定",
        "什么时候施行",
        "修订前后有什么不同",
        "养老法规有哪些",
        "慈善法第三条是什么",
        "2018年13月的规定",
        "第2018条",
        "计划在去年投入了多少",
        "办法废止的前提是什么",
        "",
    ],
)
def test_a_year_that_a_policy_speaks_of_is_no_day(question: str) -> None:
    found = asked_date(question, TODAY)
    assert (found.day, found.edition, found.is_former) == (None, None, False)
    assert found.text == question


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("慈善法修订前第五条怎么规定", "慈善法第五条怎么规定"),
        ("旧版慈善法第五条", "慈善法第五条"),
        ("慈善法的旧版第五条", "慈善法的第五条"),
        ("信访条例废止前第三条怎么规定", "信访条例第三条怎么规定"),
        ("修改之前社工要登记吗", "社工要登记吗"),
        ("原来的规定是什么", "规定是什么"),
        ("以前的规定是什么", "规定是什么"),
        ("上一版怎么规定经费", "怎么规定经费"),
        ("What did the former version of the law say", "What did  the law say"),
    ],
)
def test_the_text_before_the_present_one(question: str, rest: str) -> None:
    found = asked_date(question, TODAY)
    assert found.is_former and found.day is None and found.edition is None
    assert found.text == rest


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("现行规定是什么", "规定是什么"),
        ("目前有效的慈善法第三条", "慈善法第三条"),
        ("最新的未成年人保护法第三条", "未成年人保护法第三条"),
        ("最新投入多少资金", "最新投入多少资金"),
    ],
)
def test_the_present_text_is_meant_anyway(question: str, rest: str) -> None:
    assert asked_date(question, TODAY) == AskedDate(rest)


@pytest.mark.parametrize(
    ("question", "edition", "rest"),
    [
        ("《社工条例（2020修订）》第三条", Edition(2020), "《社工条例》第三条"),
        ("《社工条例(2018年修正)》第三条", Edition(2018), "《社工条例》第三条"),
        ("社工条例（2018年第二次修正）第三条", Edition(2018), "社工条例第三条"),
        (
            "社工条例(2010-12-23)第三条",
            Edition(2010, date(2010, 12, 23), is_revision=False),
            "社工条例第三条",
        ),
        ("2018年修正的社工条例第三条", Edition(2018), "社工条例第三条"),
        ("2018年修订版社工条例第三条", Edition(2018), "社工条例第三条"),
        ("2018版社工条例第三条", Edition(2018), "社工条例第三条"),
        ("2016年颁布的慈善法第三条", Edition(2016, is_revision=False), "慈善法第三条"),
    ],
)
def test_an_edition_is_named_by_its_year(question: str, edition: Edition, rest: str) -> None:
    found = asked_date(question, TODAY)
    assert (found.edition, found.day, found.is_former) == (edition, None, False)
    assert found.text == rest
