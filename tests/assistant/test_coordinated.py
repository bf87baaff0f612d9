from __future__ import annotations

import pytest

from assistant.coordinated import coordinated_parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("2021年和2022年全国棉花产量", ("2021年全国棉花产量", "2022年全国棉花产量")),
        ("2022和2023年分别投入多少", ("2022年投入多少", "2023年投入多少")),
        ("四川和广西分别投入多少资金", ("四川投入多少资金", "广西投入多少资金")),
        ("EMNLP2022和2023的举办地", ("EMNLP2022的举办地", "EMNLP2023的举办地")),
        ("前两季度营收分别是多少", ("第一季度营收是多少", "第二季度营收是多少")),
        (
            "2023年最佳电视剧和最佳电视动画分别是什么",
            ("2023年最佳电视剧是什么", "2023年最佳电视动画是什么"),
        ),
        (
            "2023年城市低保标准和农村低保标准是多少",
            ("2023年城市低保标准是多少", "2023年农村低保标准是多少"),
        ),
        ("这部片子的导演和主演是谁", ("这部片子的导演是谁", "这部片子的主演是谁")),
        (
            "生育津贴和医疗费报销各要几天办完",
            ("生育津贴要几天办完", "医疗费报销要几天办完"),
        ),
        (
            "申请登记和申请领养老金，机构分别要几天办完",
            ("申请登记，机构要几天办完", "申请领养老金，机构要几天办完"),
        ),
    ],
)
def test_two_things_that_have_an_answer_each_are_asked_one_by_one(
    question: str, parts: tuple[str, str]
) -> None:
    assert coordinated_parts(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "比较四川和广西的资金",
        "四川和广西一共投入多少资金",
        "父母和子女之间的关系",
        "国家和地区的名称是什么",
        "第三条和第五条说的是什么",
        "一级站和二级站的补贴相差几个月",
        "社工站的经费",
        "残疾人两项补贴和孤儿补贴的标准是多少",
        "",
        "和",
    ],
)
def test_other_questions_stay_whole(question: str) -> None:
    assert coordinated_parts(question) == (question,)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("收养和寄养有什么区别", ("收养是什么", "寄养是什么")),
        (
            "互助站和救助站的设立条件有哪些不同",
            ("互助站的设立条件是什么", "救助站的设立条件是什么"),
        ),
        ("2031和2032两年的任务有什么不同", ("2031年的任务是什么", "2032年的任务是什么")),
        ("新旧版本有什么不同", ("新旧版本有什么不同",)),
    ],
)
def test_two_things_to_be_told_apart_are_asked_for_one_by_one(
    question: str, parts: tuple[str, ...]
) -> None:
    assert coordinated_parts(question) == parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("乡镇政府和居委会的职责分别是什么", ("乡镇政府的职责是什么", "居委会的职责是什么")),
        ("县级民政部门和乡镇政府分别负责什么", ("县级民政部门负责什么", "乡镇政府负责什么")),
        ("二级和三级医院分别配几名社工", ("二级医院配几名社工", "三级医院配几名社工")),
        ("督导和社工每月补贴分别是多少", ("督导每月补贴是多少", "社工每月补贴是多少")),
        ("宁夏和四川2025年的资金分别是多少", ("宁夏2025年的资金是多少", "四川2025年的资金是多少")),
        (
            "四川社工站和服务对象的数量分别是多少",
            ("四川社工站的数量是多少", "四川服务对象的数量是多少"),
        ),
        (
            "2025年初级社工和中级社工的报名费分别是多少",
            ("2025年初级社工的报名费是多少", "2025年中级社工的报名费是多少"),
        ),
        ("社工机构和志愿服务组织各孵化多少", ("社工机构孵化多少", "志愿服务组织孵化多少")),
    ],
)
def test_what_is_asked_of_both_stays_with_both(question: str, parts: tuple[str, str]) -> None:
    assert coordinated_parts(question) == parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("劳动合同终止和解除分别怎么补偿", ("劳动合同终止怎么补偿", "劳动合同解除怎么补偿")),
        ("社会救助申请和审批各要几天", ("社会救助申请要几天", "社会救助审批要几天")),
    ],
)
def test_what_is_done_to_one_thing_stays_with_it(question: str, parts: tuple[str, str]) -> None:
    assert coordinated_parts(question) == parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "老年人、残疾人和儿童的服务内容分别是什么",
            ("老年人的服务内容是什么", "残疾人的服务内容是什么", "儿童的服务内容是什么"),
        ),
        (
            "申请低保、特困和临时救助分别要什么材料",
            ("申请低保要什么材料", "申请特困要什么材料", "申请临时救助要什么材料"),
        ),
        (
            "初级、中级、高级社工的补贴各是多少",
            ("初级社工的补贴是多少", "中级社工的补贴是多少", "高级社工的补贴是多少"),
        ),
        # Where the first thing begins cannot be told.
        (
            "特困供养人员、孤儿、低保对象的标准分别是多少",
            ("特困供养人员、孤儿、低保对象的标准分别是多少",),
        ),
    ],
)
def test_each_thing_of_a_list_is_asked_for(question: str, parts: tuple[str, ...]) -> None:
    assert coordinated_parts(question) == parts
