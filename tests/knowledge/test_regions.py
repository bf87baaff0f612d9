from __future__ import annotations

import pytest

from knowledge.regions import applies_to, canonical_region, find_regions, region_of, with_city_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("广西医院社工2027年的目标", ["广西"]),
        ("广西壮族自治区南宁市青秀区的做法", ["广西南宁市"]),
        ("浙江省杭州市和宁波的补贴", ["浙江杭州市", "浙江宁波市"]),
        ("四川、天津比一比", ["四川", "天津"]),
        ("吉林省吉林市与吉林省", ["吉林吉林市", "吉林"]),
        ("寧夏和廣西、雲南", ["宁夏", "广西", "云南"]),
        ("Does Ningxia Hui Autonomous Region pay more than Chengdu?", ["宁夏", "四川成都市"]),
        ("在guangxi的目标", ["广西"]),
        ("Shaanxi is not Shanxi", ["陕西", "山西"]),
        ("凉山州的社工站", ["四川凉山彝族自治州"]),
        ("京津冀协同", ["北京", "天津", "河北"]),
        ("上海浦东新区", ["上海浦东新区"]),
        ("全国的目标", ["全国"]),
        ("其中山东省占三成", ["山东"]),
    ],
)
def test_places_are_found_in_the_order_of_the_text(text: str, expected: list[str]) -> None:
    assert [region.name for region in find_regions(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青海南部牧区", ["青海"]),
        ("中山东路上的社工站", []),
        ("孙中山先生的中山装", []),
        ("南京路步行街", []),
        ("黄河南岸的村庄", []),
        ("朝阳产业", []),
        ("长治久安", []),
        ("吉林市场主体", ["吉林"]),
        ("造福建设者", []),
        ("福建设立社工站", ["福建"]),
        ("其中卫生健康部门", []),
        ("在全国率先发布", []),
        ("如何完成都由谁负责的任务", []),
    ],
)
def test_words_that_only_contain_a_name_are_no_places(text: str, expected: list[str]) -> None:
    assert [region.name for region in find_regions(text)] == expected


def test_a_common_word_is_a_place_after_its_province_or_with_its_suffix() -> None:
    assert region_of("辽宁朝阳的试点") == region_of("朝阳市的试点")
    assert region_of("朝阳的试点") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("广西壮族自治区", "广西"),
        ("桂", "广西"),
        ("Guangxi", "广西"),
        ("杭州", "浙江杭州市"),
        ("浙江省桐庐县", "浙江"),
        ("四川省成都市温江区", "四川成都市"),
        ("国家", "全国"),
        ("中央", "全国"),
        ("China", "全国"),
        ("某地", None),
        ("", None),
        (None, None),
    ],
)
def test_canonical_names(text: str | None, expected: str | None) -> None:
    assert canonical_region(text) == expected


def test_a_canonical_name_is_its_own_canonical_name() -> None:
    for name in ("全国", "广西", "吉林吉林市", "青海海南藏族自治州", "上海浦东新区"):
        assert canonical_region(name) == name


@pytest.mark.parametrize(
    ("rule", "asked", "expected"),
    [
        ("广西", "广西", True),
        ("广西", "广西南宁市", True),
        ("四川省", "成都", True),
        ("全国", "四川", True),
        (None, "四川", True),
        ("四川", "广西", False),
        ("广西南宁市", "广西", False),
        ("广西南宁市", "广西桂林市", False),
        ("吉林吉林市", "吉林长春市", False),
        ("广西", "全国", False),
    ],
)
def test_a_rule_applies_below_its_region_only(rule: str | None, asked: str, expected: bool) -> None:
    assert applies_to(rule, asked) is expected


def test_a_city_named_like_a_word_is_known_in_a_follow_up() -> None:
    assert with_city_names("那德州呢", ["山东德州市"]) == "那德州市呢"
    assert with_city_names("那德州呢", ["浙江"]) == "那德州呢"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("开封申请法律援助要交什么材料", "开封市申请法律援助要交什么材料"),
        ("那开封呢", "那开封市呢"),
        ("开封后几天要吃完", "开封后几天要吃完"),
        ("开封的奶粉能退货吗", "开封的奶粉能退货吗"),
    ],
)
def test_a_city_of_a_province_held_is_known_where_nothing_else_can_be_meant(
    text: str, named: str
) -> None:
    assert with_city_names(text, ["河南"]) == named


def test_a_district_is_no_city_of_its_name() -> None:
    assert with_city_names("朝阳区居住证怎么办", ["辽宁"]) == "朝阳区居住证怎么办"
