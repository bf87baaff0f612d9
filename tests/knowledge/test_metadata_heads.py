"""Forty heads of made-up documents: what each states, in the forms that offices write."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.metadata import extract_metadata

TODAY = date(2025, 7, 1)
Expected = dict[str, object]


def case(name: str, text: str, **expected: object) -> object:
    return pytest.param(text, expected, id=name)


HEADS = [
    # Document numbers and their brackets ----------------------------------------------------
    case(
        "square brackets",
        "关于做好社工站年检的通知\n云民发[2024]7号\n各市民政局：\n为做好年检，通知如下。",
        document_number="云民发〔2024〕7号",
        title="关于做好社工站年检的通知",
    ),
    case(
        "full-width round brackets and 第",
        "关于做好社工站年检的通知\n川民发（2024）第 7 号\n各市（州）民政局：\n通知如下。",
        document_number="川民发〔2024〕7号",
        region="四川",
    ),
    case(
        "lenticular brackets",
        "甘民函【2024】15号\n关于社工站选址的函\n某某市民政局：\n函复如下。",
        document_number="甘民函〔2024〕15号",
        title="关于社工站选址的函",
        region="甘肃",
    ),
    case(
        "small tortoise brackets",
        "浙民慈﹝2024﹞88号\n浙江省民政厅关于慈善信托备案的通知\n各市民政局：\n通知如下。",
        document_number="浙民慈〔2024〕88号",
        issuers=("浙江省民政厅",),
        region="浙江",
    ),
    case(
        "full-width square brackets and digits",
        "民发［２０２４］１２号\n民政部关于社工岗位开发的意见\n各省民政厅：\n意见如下。",
        document_number="民发〔2024〕12号",
        issuers=("民政部",),
        region="全国",
    ),
    case(
        "corner brackets of another kind",
        "湘民发〖2023〗31号\n湖南省民政厅关于社工督导的通知\n各市州民政局：\n通知如下。",
        document_number="湘民发〔2023〕31号",
        region="湖南",
    ),
    case(
        "angle brackets",
        "鲁民〈2022〉5号\n山东省民政厅关于社区服务的意见\n各市民政局：\n意见如下。",
        document_number="鲁民〔2022〕5号",
    ),
    case(
        "the number of another document is not its own",
        "关于落实补贴标准的通知\n各县民政局：\n根据《补贴办法》（云财社〔2020〕9号）执行。",
        document_number=None,
    ),
    case(
        "a number cited without a title is not its own",
        "关于落实补贴标准的通知\n各县民政局：\n按照云财社〔2020〕9号文件要求，现通知如下。",
        document_number=None,
    ),
    case(
        "an administrative rule's number comes after the ordinary one",
        "杭民发〔2024〕61号\nZJAC09-2024-0003\n杭州市民政局关于印发社工站经费办法的通知\n"
        "各区民政局：\n现印发给你们。",
        document_number="杭民发〔2024〕61号",
        issuers=("杭州市民政局",),
        region="浙江杭州市",
        title="杭州市民政局关于印发社工站经费办法的通知",
    ),
    case(
        "an order of a ministry",
        "中华人民共和国民政部令\n第71号\n《社区志愿服务规定》已经部务会议通过，现予公布，"
        "自2024年10月1日起施行。\n部长 某某\n2024年8月20日",
        document_number="民政部令第71号",
        region="全国",
        issuers=("民政部",),
        published_on=date(2024, 8, 20),
        effective_from=date(2024, 10, 1),
        title="社区志愿服务规定",
    ),
    case(
        "an order of a provincial government",
        "四川省人民政府令\n第358号\n《四川省社区服务规定》已经省人民政府常务会议通过，现予公布，"
        "自2024年3月1日起施行。\n2024年1月5日",
        document_number="四川省人民政府令第358号",
        region="四川",
        issuers=("四川省人民政府",),
        title="四川省社区服务规定",
    ),
    case(
        "an announcement with a serial number",
        "广西壮族自治区民政厅公告\n2024年第3号\n关于注销部分社工机构的公告\n现公告如下。",
        document_number="广西壮族自治区民政厅公告2024年第3号",
        region="广西",
        issuers=("广西壮族自治区民政厅",),
    ),
    # Issuers -----------------------------------------------------------------------------------
    case(
        "several departments with one number",
        "民政部　财政部　国家卫生健康委关于加强\n医务社会工作的意见\n民发〔2024〕40号\n"
        "各省、自治区、直辖市民政厅（局）：\n意见如下。\n民政部　财政部　国家卫生健康委\n2024年5月6日",
        issuers=("民政部", "财政部", "国家卫生健康委"),
        document_number="民发〔2024〕40号",
        title="民政部　财政部　国家卫生健康委关于加强医务社会工作的意见",
        region="全国",
        published_on=date(2024, 5, 6),
    ),
    case(
        "departments one a line above the title",
        "浙 江 省 民 政 厅\n浙 江 省 财 政 厅\n浙民发〔2024〕19号\n"
        "关于社工站经费管理的通知\n各市民政局、财政局：\n通知如下。",
        issuers=("浙江省民政厅", "浙江省财政厅"),
        document_number="浙民发〔2024〕19号",
        title="关于社工站经费管理的通知",
        region="浙江",
    ),
    case(
        "a red head that says 文件",
        "广东省民政厅文件\n粤民发〔2023〕77号\n广东省民政厅关于社工人才培养的通知\n"
        "各地级以上市民政局：\n通知如下。",
        issuers=("广东省民政厅",),
        title="广东省民政厅关于社工人才培养的通知",
        region="广东",
    ),
    case(
        "the signature names who issued it",
        "关于公布社工站名单的通知\n各县（市、区）民政局：\n名单如下。\n"
        "　　　　甘肃省民政厅　甘肃省财政厅\n　　　　2024年4月2日",
        issuers=("甘肃省民政厅", "甘肃省财政厅"),
        published_on=date(2024, 4, 2),
        region="甘肃",
    ),
    case(
        "a signature of several lines",
        "关于公布社工站名单的通知\n各县（市、区）民政局：\n名单如下。\n\n"
        "甘肃省民政厅\n甘肃省教育厅\n二〇二四年四月二日\n（此件公开发布）",
        issuers=("甘肃省民政厅", "甘肃省教育厅"),
        published_on=date(2024, 4, 2),
    ),
    case(
        "the offices of party and government",
        "中共中央办公厅 国务院办公厅印发《关于加强基层治理的意见》\n"
        "（2024年3月18日）\n为加强基层治理，提出如下意见。",
        issuers=("中共中央办公厅", "国务院办公厅"),
        region="全国",
        published_on=date(2024, 3, 18),
    ),
    case(
        "a county's bureau",
        "临溪县民政局关于社工站运行的通知\n临民发〔2024〕3号\n各乡镇人民政府：\n通知如下。\n"
        "临溪县民政局\n2024年2月1日",
        issuers=("临溪县民政局",),
        document_number="临民发〔2024〕3号",
        published_on=date(2024, 2, 1),
    ),
    case(
        "a county of a named province",
        "浙江省杭州市桐庐县民政局关于社工站运行的通知\n桐民〔2024〕3号\n各乡镇：\n通知如下。",
        issuers=("浙江省杭州市桐庐县民政局",),
        region="浙江杭州市",
    ),
    case(
        "a district of Shanghai",
        "上海市浦东新区民政局关于社区基金会的通知\n浦民〔2024〕8号\n各街镇：\n通知如下。",
        issuers=("上海市浦东新区民政局",),
        region="上海浦东新区",
        document_number="浦民〔2024〕8号",
    ),
    case(
        "a leading group's office",
        "四川省社会工作人才队伍建设领导小组办公室关于开展督导的通知\n川社工办〔2024〕2号\n"
        "各市州：\n通知如下。",
        issuers=("四川省社会工作人才队伍建设领导小组办公室",),
        region="四川",
    ),
    # Titles ------------------------------------------------------------------------------------
    case(
        "a notice that wraps what it issues",
        "云岭省民政厅 云岭省财政厅关于印发《云岭省社工站\n资金管理办法》的通知\n"
        "云民发〔2023〕5号\n各市民政局：\n现将办法印发给你们。\n附件：云岭省社工站资金管理办法\n"
        "云岭省民政厅　云岭省财政厅\n2023年5月4日\n附件\n云岭省社工站资金管理办法\n第一章　总则\n"
        "第一条　为规范资金，制定本办法。\n第九条　本办法自2023年6月1日起施行，有效期5年。",
        title="云岭省民政厅 云岭省财政厅关于印发《云岭省社工站资金管理办法》的通知",
        issuers=("云岭省民政厅", "云岭省财政厅"),
        published_on=date(2023, 5, 4),
        effective_from=date(2023, 6, 1),
        effective_until=date(2028, 5, 31),
    ),
    case(
        "a chapter heading is no title",
        "第一章　总则\n第一条　为规范社工站，制定本办法。\n第二条　甲。",
        title="文件",
    ),
    case(
        "a numbered heading is no title",
        "一、总体要求\n（一）指导思想。坚持为民服务。\n二、主要任务\n甲。",
        title="文件",
    ),
    case(
        "the title after a heading of the page",
        "第一章　总则\n云岭省社工站管理办法\n第一条　为规范社工站，制定本办法。",
        title="云岭省社工站管理办法",
    ),
    case(
        "an attachment's mark is no title",
        "附件2\n社工站建设标准\n一、场地\n面积不少于80平方米。",
        title="社工站建设标准",
    ),
    case(
        "a line of its own for 关于",
        "临江市人民政府办公室\n关于印发临江市社工\n服务规划的通知\n临政办〔2024〕12号\n各县人民政府：\n甲。",
        title="临江市人民政府办公室关于印发临江市社工服务规划的通知",
        issuers=("临江市人民政府办公室",),
        document_number="临政办〔2024〕12号",
    ),
    case(
        "a draft for comment",
        "云岭省社工条例（征求意见稿）\n第一条　为发展社会工作，制定本条例。",
        title="云岭省社工条例（征求意见稿）",
    ),
    # Dates, terms and repeals --------------------------------------------------------------
    case(
        "in force from the day of publication",
        "云岭省民政厅关于印发《督导办法》的通知\n云民发〔2022〕8号\n各市民政局：\n"
        "本办法自公布之日起施行，有效期3年。\n云岭省民政厅\n2022年4月9日",
        published_on=date(2022, 4, 9),
        effective_from=date(2022, 4, 9),
        effective_until=date(2025, 4, 8),
        status="lapsed",
    ),
    case(
        "thirty days after publication",
        "云岭省民政厅关于印发《督导办法》的通知\n云民发〔2025〕8号\n各市民政局：\n"
        "本办法自发布之日起30日后施行，有效期至2030年6月30日。\n云岭省民政厅\n2025年6月20日",
        published_on=date(2025, 6, 20),
        effective_from=date(2025, 7, 20),
        effective_until=date(2030, 6, 30),
        status="not_yet_in_force",
    ),
    case(
        "a term in Chinese figures with its repeals",
        "关于社工补贴的通知\n云民发〔2024〕9号\n各市：\n本通知自2024年2月1日起施行，有效期五年。"
        "《关于社工补贴的意见》（云民发〔2018〕3号）、《社工补贴试行办法》同时废止。",
        effective_from=date(2024, 2, 1),
        effective_until=date(2029, 1, 31),
        supersedes=("关于社工补贴的意见", "云民发〔2018〕3号", "社工补贴试行办法"),
    ),
    case(
        "the former notice is repealed by its number alone",
        "关于社工补贴的通知\n云民发〔2024〕9号\n各市：\n本通知自印发之日起执行，"
        "原云民发〔2016〕20号文件同时废止。\n云岭省民政厅\n2024年1月8日",
        effective_from=date(2024, 1, 8),
        supersedes=("云民发〔2016〕20号",),
    ),
    case(
        "this replaces that",
        "社工站评估办法\n第一条　甲。\n第十条　本办法自2024年1月1日起实施，"
        "2019年1月1日印发的《社工站考核办法（试行）》停止执行。",
        effective_from=date(2024, 1, 1),
        supersedes=("社工站考核办法（试行）",),
        title="社工站评估办法",
    ),
    case(
        "from one day to another",
        "关于社工节活动的通知\n各市：\n本方案实施期限为2024年1月1日至2026年12月31日。",
        effective_from=date(2024, 1, 1),
        effective_until=date(2026, 12, 31),
        status="current",
    ),
    case(
        "a trial of two years",
        "关于社工积分的通知\n各市：\n本办法自2024年3月1日起试行，试行期2年。",
        effective_from=date(2024, 3, 1),
        effective_until=date(2026, 2, 28),
    ),
    case(
        "someone else's term is not the document's",
        "关于社工证书的通知\n各市：\n证书自2024年3月1日起换发，登记证书有效期为4年。",
        effective_until=None,
    ),
    case(
        "a page's labels",
        "索 引 号：0001/2024-1\n发文机关：云岭省民政厅\n成文日期：2024-03-02\n"
        "标　　题：关于社工站星级评定的通知\n发文字号：云民发（2024）6号\n发布日期：2024-03-05\n"
        "各市民政局：\n通知如下。",
        title="关于社工站星级评定的通知",
        issuers=("云岭省民政厅",),
        document_number="云民发〔2024〕6号",
        published_on=date(2024, 3, 2),
    ),
    case(
        "adopted by a city's congress and approved by the province's",
        "杭州市社区服务条例\n（2023年10月27日杭州市第十四届人民代表大会常务委员会第十三次会议通过　"
        "2023年11月30日浙江省第十四届人民代表大会常务委员会第六次会议批准）\n第一章　总则\n"
        "第一条　甲。\n第二条　本条例自2024年1月1日起施行。2010年公布的《杭州市社区办法》同时废止。",
        title="杭州市社区服务条例",
        issuers=("杭州市人民代表大会常务委员会",),
        region="浙江杭州市",
        published_on=date(2023, 11, 30),
        effective_from=date(2024, 1, 1),
        supersedes=("杭州市社区办法",),
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_a_head_is_read(text: str, expected: Expected) -> None:
    read = extract_metadata(text, given={}, file_name="文件.txt", today=TODAY)
    assert {name: getattr(read, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("folder", "region"),
    [
        ("四川", "四川"),
        ("四川省", "四川"),
        ("杭州", "浙江杭州市"),
        ("浙江省杭州市", "浙江杭州市"),
        ("全国", "全国"),
        ("四川/2023年", "四川"),
        ("四川/成都市", "四川成都市"),
        ("四川调研材料", None),
        ("吉林市场", None),
        ("下载", None),
    ],
)
def test_a_folder_tells_the_region_only_by_its_exact_name(folder: str, region: str | None) -> None:
    read = extract_metadata(
        "社工站每年开放三百天。", given={"region_hint": folder}, file_name="a.txt", today=TODAY
    )
    assert read.region == region


def test_the_text_outranks_the_folder() -> None:
    text = "甘肃省民政厅关于社工站的通知\n各市：\n甲。"
    given = {"region_hint": "四川"}
    assert extract_metadata(text, given=given, file_name="a.txt", today=TODAY).region == "甘肃"
