"""Punctuation damaged by a Founder font: put back on evidence, never at the cost of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.founder import FOUNDER_TABLE, repair_founder

SHARED = Path(__file__).parents[2].parent / "shared"
DAMAGED = {true: bad for bad, true in FOUNDER_TABLE.items()}


def damage(text: str) -> str:
    return "".join(DAMAGED.get(ch, ch) for ch in text)


def repaired(text: str) -> str:
    return repair_founder(text)[0]


def test_the_rule_gives_the_known_pairs() -> None:
    known = dict(
        zip("袁遥尧院曰浴钥渊冤叶曳野冶园怨淤豫", "，。、：；！？（）《》“”０９①％", strict=True)
    )
    assert {bad: FOUNDER_TABLE[bad] for bad in known} == known
    assert len(FOUNDER_TABLE) == 308


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("渊转自河北新闻网冤", "（转自河北新闻网）"),
        ("渊转自野某市社工冶微信\n公众号冤", "（转自“某市社工”微信\n公众号）"),
        ("渊转自叶某省日报曳冤", "（转自《某省日报》）"),
        # The closing bracket was lost, and the headline follows on the same line.
        (
            "渊转自叶某省日报曳2025年\n某省野三社冶计划启动",
            "（转自《某省日报》）2025年\n某省“三社”计划启动",
        ),
        ("渊转自某省新闻网\n下一篇标题", "（转自某省新闻网）\n下一篇标题"),
        ("某省野五社联动冶经验，得到推广。", "某省“五社联动”经验，得到推广。"),
        ("印发叶社工站建设办法曳，自下月起施行。", "印发《社工站建设办法》，自下月起施行。"),
        ("社工站渊室冤建设，稳步推进。", "社工站（室）建设，稳步推进。"),
        ("开阔视野，野三社冶联动见成效。", "开阔视野，“三社”联动见成效。"),
        ("渊源头治理冤", "（源头治理）"),
    ],
)
def test_isolated_pairs_are_put_back(damaged: str, expected: str) -> None:
    assert repaired(damaged) == expected


@pytest.mark.parametrize(
    "text",
    [
        "法院、医院、国务院、养老院和福利院的业务，也要由专业人员承担。",
        "社工要开阔视野，陶冶情操；田野调查不可少。",
        "该县冶金企业旁的野生动物保护站，拓宽了孩子们的视野。",
        "纠正冤假错案，为当事人申冤；两村渊源深厚。",
        "这门手艺渊源久远，当年的冤案也得到平反。",
        "叶女士是叶集区的社工，树影摇曳，她带着叶片标本走访。",
        "曳引电梯由叶工负责维护，野外作业由冶炼厂负责。",
        "袁社工和尧都区的同事遥相呼应，浴室改造也已完成。",
        "元月起，原有员额余下于五月前用完，叶落归根，远亲不如近邻。",
        "公园、校园、家园；资源、来源、能源；人员、党员、队员；志愿、意愿、自愿。",
        "子曰：学而时习之。孟子曰：得道多助。",
        "大冶市与平遥县的社工野外拓展，参观冶炼遗址。",
        # Names sorted by surname: many 袁, no damage.
        "袁甲 袁乙 袁丙 袁丁 袁戊 袁己 原庚 岳辛 曾壬",
        "冶老师带队走访荒野边的牧户，野营一晚。",
    ],
)
def test_normal_text_is_left_alone(text: str) -> None:
    assert repair_founder(text) == (text, ())


WHOLE = """附件1：
关于推进社工站建设的通知
各市、县（区）民政局，省属有关单位：
为落实《省委关于加强基层治理的意见》（民发［2017］12号），推进“五社联动”，法院、医院、国务院有关部门要也参与，业务由原单位负责。现将有关事项通知如下：
①建好站点；②配齐人员；③保障经费。到２０２５年底，建成２００个站点，覆盖率达到９５％以上；社工人员远赴乡村、公园服务！"""


def test_a_text_damaged_throughout_is_restored() -> None:
    text, changes = repair_founder(damage(WHOLE))
    expected = (
        WHOLE.replace("［2017］", "〔2017〕")
        .replace("２０２５", "2025")
        .replace("２００", "200")
        .replace("９５％", "95%")
    )
    assert text == expected
    assert {change.reason for change in changes} >= {"pair", "damaged text", "digits", "list"}


def test_a_document_number_is_restored_in_both_forms() -> None:
    frame = "各市民政局袁现将有关事项通知遥请认真落实曰及时上报遥特此通知遥文号民发{}号遥"
    assert "民发〔2017〕9号" in repaired(frame.format("咱2017暂9"))
    assert "民发〔2017〕9号" in repaired(frame.format("也2017页9"))


def test_only_the_damaged_part_of_a_document_is_changed() -> None:
    clean = "袁社工和尧社工在法院、医院工作，每周走访。大家都说好，效果明显。\n" * 40
    mixed = (
        clean + damage("各地要重视，压实责任、细化措施；确保落实。要总结经验，及时推广。\n") * 20
    )
    text, _ = repair_founder(mixed)
    assert text.startswith(clean)
    assert "各地要重视，压实责任、细化措施；确保落实。" in text[len(clean) :]


def test_every_change_is_reported_with_its_place() -> None:
    source = "某省野五社冶联动渊试点冤"
    text, changes = repair_founder(source)
    rebuilt = list(source)
    for change in changes:
        assert source[change.position] == change.before
        rebuilt[change.position] = change.after
    assert "".join(rebuilt) == text


def test_repairing_twice_changes_nothing_more() -> None:
    for source in (damage(WHOLE), "渊转自叶某省日报曳2025年\n某省野三社冶计划启动"):
        once = repaired(source)
        assert repair_founder(once) == (once, ())


def test_no_statute_of_the_shared_corpus_is_changed() -> None:
    folder = SHARED / "data" / "laws"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/laws")
    for path in sorted(folder.rglob("*.md")):
        assert repair_founder(path.read_text(encoding="utf-8"))[1] == (), path.name


def test_lists_of_names_are_no_damage() -> None:
    names = "\n".join(f"袁甲遥 袁乙{ch} 尧丙 曰丁 浴戊 袁己遥" for ch in "一二三四五六")
    assert repair_founder(names) == (names, ())
