from __future__ import annotations

import pytest

from assistant.person_names import find_names


def names(text: str) -> list[str]:
    spans = sorted(set(find_names(text)))
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我的服务对象叫陈小红，想办低保", "陈小红"),
        ("有个孩子叫李明，没人照顾", "李明"),
        ("案主（王小丽，女，45岁）", "王小丽"),
        ("低保户刘桂英要换证", "刘桂英"),
        ("服务对象王芳需要申请低保", "王芳"),
        ("居民赵铁柱反映", "赵铁柱"),
        ("矫正对象皇甫秀想找工作", "皇甫秀"),
        ("欧阳娜娜，女，12岁", "欧阳娜娜"),
        ("张阿姨想领高龄津贴", "张"),
        ("帮高奶奶问一下", "高"),
        ("黄建国先生来电", "黄建国"),
        ("服务对象古丽·阿不都拉想申请", "古丽·阿不都拉"),
        ("姓名：Zhang Wei", "Zhang Wei"),
        ("my client Zhang Wei wants help", "Zhang Wei"),
        ("个案登记：邱英志／13800138000", "邱英志"),
        ("姓名：王 芳", "王 芳"),
        ("案主小李想问", "小李"),
    ],
)
def test_a_name_that_something_announces(text: str, name: str) -> None:
    assert names(text) == [name]


def test_two_people_in_one_sentence() -> None:
    assert names("李奶奶的孙子王浩失学了") == ["李", "王浩"]


@pytest.mark.parametrize(
    "text",
    [
        "高龄津贴方案",
        "居民温饱和常住人口",
        "残疾人康复服务，患者康复后",
        "妇女儿童工作委员会",
        "儿童白血病救助",
        "面向老人的服务，关于奶奶，上周奶奶，任何女士",
        "申请人于当日收到通知",
        "求助人向慈善组织求助",
        "监护人许可",
        "项目叫金晖行动",
        "女儿贺卡活动",
        "案主（王某某，女，45岁）",
        "绿色·共享发展",
        "驻校社工汪晓艳介绍",
        "学生应当接受义务教育",
        "社会工作者扮演什么角色",
    ],
)
def test_words_of_policy_are_no_names(text: str) -> None:
    assert names(text) == []
