"""The starter briefs carry every fact of their source, in words of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

STARTER = Path(__file__).parents[2] / "knowledge" / "starter"
PAGE = Path(__file__).parents[2].parent / "shared" / "documents" / "newspaper-page.txt"

FACTS = {
    "sichuan": """
        《分领域发展专业社工服务工作方案》 四川省委社会工作部 13部门 社会工作部门组建
        率先发布 省级层面
        近日 精准化 体系化 科学化 超13万 8.82万 近3年增长172.2% 持证 10个重点领域
        老年、儿童、妇女、学校、医务、灾害、信访、禁毒、新就业群体、社区矫正
        服务阵地和场所 嵌入式、融合式、功能性
        精神慰藉 社区参与 临终关怀 家庭教育指导 成长陪伴 危机干预 婚姻家庭辅导 家庭关系调适
        干预伤害妇女的行为 思想引导 社交指导 心理疏导 病患关爱 心理与情绪辅导 医患关系调适
        防灾减灾教育 转移安置 资源链接 政策宣导 情绪疏导 信访群体的跟踪回访
        禁毒宣传 戒毒支持 社会融入 帮困扶弱 权益维护 法律咨询 教育矫正 入矫管理 解矫管理
        四个工作机制 专业人员培养机制 专业岗位适配机制 专业服务购买机制 专业机构发展机制
        培养和评价体系 从事社会治理的基层干部 转化设置社工岗位 事业单位 主体专业技术岗位
        政府购买社工服务 乡镇（街道） 村（社区） 社工服务平台 精准对接 直接开展服务
        培育和扶持政策 业务范围 规章制度 三个基础支撑 组织领导 投入保障 激励引导 指导推动
        各司其职 统筹整合 资金资源 更多领域 薪酬体系 福利政策 法规政策 发展成果 知晓度 美誉度
        “组合拳” 互相赋能 三级县域社工服务体系 “县级—镇街—村社区” 镇街为重点 社会工作服务站点
        两批高层次社工专业人才 38人 50个社区 党建引领 “专业社工+志愿服务” “党建+社工+志愿”
        成都市温江区公平学校 汪晓艳 驻校社工 校园适应、青春期迷茫 个案辅导 小组互动 “阳光课堂”
        自信 中央 实践基础 事业的需要 “算账”更经济 相关处室负责人 创新思维 更宽的领域 “助人自助”
    """,
    "guangxi": """
        《广西推进医疗机构社会工作实施方案》 广西壮族自治区卫生健康委 广西壮族自治区党委社会工作部
        广西壮族自治区中医药管理局 近日 组织架构 队伍建设 保障机制
        专业化、规范化、体系化 提升医疗服务质量 改善医患关系 促进健康公平
        2025年 试点 全区范围 综合医院 专科医院 中医医院 高校附属医院 14个地市 布局均衡
        2026年 总结试点的经验 各级各类医疗机构 社会工作部门 相应的社会工作者
        2027年 二级以上医疗机构 基本实现社会工作全覆盖 价值理念 专业方法 卫生健康服务
        患者、家属、医务人员 心理和社会支持 医患沟通协调 社会资源链接 多学科合作 健康促进 公益慈善
        实际需求 内涵 社工部门 社工岗位 社会招聘 部门转岗 购买服务 专职社会工作者 志愿者
        社区工作者 “高校—医院” 协同育人 轮训 持证上岗 职业资格与职称的衔接机制
        人才培养、岗位准入、绩效考核和职业发展 全链条 年度预算 社会资金 多元化、可持续
        党建引领协同发展 最广泛的社会力量 专业定位创新发展 地方特色 多元发展模式
        循序渐进持续发展 发展步调 文化建设 “以疾病为中心” “以患者为中心” 整合型医疗服务模式
        缓解医患矛盾 优化患者就医体验 强化社会心理支持 社会效益 医疗效益 重要一步
    """,
    "ningxia": """
        7月19日 日前 2025年 “三区” 革命老区、民族地区、边疆地区 宁夏回族自治区党委社会工作部
        30名社会工作专业人才 10个县（区） 为期一年 低保家庭 困境儿童 老年群体 残疾人 急难愁盼
        五个国家乡村振兴重点帮扶县（区） 吴忠市红寺堡区 同心县 另外五个县（区） 银川市西夏区 中宁县
        宣传社会政策 整合社会资源 化解社会矛盾 生活救助 心理疏导 残障康复 家庭教育 个性化服务
        专业化、职业化 三方 受援县（区）党委社会工作部 社工派出机构 业务培训 日常管理 考核监督
        工作和生活条件 承接机构 对接群众的需求 资金管理 “专业社工+志愿服务” 长期民生工程 2013年
        930万元 465名社工 21个县（区） 60个社会服务项目 超9000人次 20个社工机构 60个志愿服务组织
        2000余人次 民生福祉 乡村振兴 基层治理创新
    """,
    "tianjin": """
        近日 天津市社会工作专业人才培养基地 天津理工大学 天津市委社会工作部 共建 高校的学术资源
        地方的实践资源 “政产学研用” 人才培育平台 高质量发展 双向赋能
        国家级一流专业“社会工作”建设点
        实务操作能力 京津冀 分支领域 老年社会工作 儿童青少年社会工作 社会政策 健康社会工作
        行业发展 人才队伍建设 高素质专业人才 政策制定 战略规划 智库支撑 基层治理
        新就业群体服务 志愿服务 创新成果 社会组织 社区、学校、医疗 实习和实训 理论和实践
    """,
}
"""What the page says of each policy, as it must stand in the brief."""

HEADERS = {
    "sichuan": ("四川", "“四川社会工作”微信公众号", ["四川省委社会工作部等13部门"]),
    "guangxi": (
        "广西",
        "广西新闻网",
        [
            "广西壮族自治区卫生健康委",
            "广西壮族自治区党委社会工作部",
            "广西壮族自治区中医药管理局",
        ],
    ),
    "ningxia": ("宁夏", "《宁夏日报》", ["宁夏回族自治区党委社会工作部"]),
    "tianjin": ("天津", "央广网", ["天津市委社会工作部", "天津理工大学"]),
}

OFFICIAL_NAMES = ("广西推进医疗机构社会工作实施方案", "三区社会工作专业人才支持计划")
"""Titles are facts and stay as they are."""

FIGURE = re.compile(r"\d+(?:\.\d+)?")


def parts(name: str) -> tuple[dict[str, object], str]:
    _, header, body = (STARTER / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(header), body


@pytest.mark.parametrize("name", FACTS)
def test_a_brief_carries_every_fact_and_figure(name: str) -> None:
    _, body = parts(name)
    assert [fact for fact in FACTS[name].split() if fact not in body] == []


@pytest.mark.parametrize("name", FACTS)
def test_the_front_matter_names_region_issuers_and_source(name: str) -> None:
    header, _ = parts(name)
    region, source, issuers = HEADERS[name]
    assert set(header) == {"title", "issuers", "region", "source_note"}
    assert header["region"] == region
    assert header["issuers"] == issuers
    assert header["source_note"] == f"转自{source}"
    assert region in str(header["title"])


@pytest.mark.parametrize("name", FACTS)
def test_every_sentence_says_where_it_applies(name: str) -> None:
    header, body = parts(name)
    sentences = [line for line in body.splitlines() if line and not line.startswith("#")]
    # 温江区 stands for its province: the sentence on one school names it more closely.
    places = (str(header["region"]), "温江区")
    assert [line for line in sentences if not any(place in line for place in places)] == []


@pytest.mark.parametrize("name", FACTS)
def test_a_brief_adds_no_figure(name: str) -> None:
    _, body = parts(name)
    assert set(FIGURE.findall(body)) == set(FIGURE.findall(FACTS[name]))


@pytest.mark.parametrize("name", FACTS)
def test_a_brief_does_not_repeat_the_sentences_of_the_page(name: str) -> None:
    if not PAGE.exists():
        pytest.skip("needs ../shared/documents/newspaper-page.txt to compare with")
    page = chinese_characters(PAGE.read_text(encoding="utf-8"))
    repeated = []
    for line in parts(name)[1].splitlines():
        own = chinese_characters(line)
        for official in OFFICIAL_NAMES:
            own = own.replace(official, "，")
        repeated += [own[i : i + 16] for i in range(len(own) - 15) if own[i : i + 16] in page]
    assert repeated == []


def chinese_characters(text: str) -> str:
    # These six stand for brackets and quotation marks on the page (damage of its font).
    return "".join(re.findall("[一-鿿]", re.sub("[渊冤野冶叶曳]", "", text)))
