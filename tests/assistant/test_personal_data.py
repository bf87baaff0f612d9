from __future__ import annotations

import time

import pytest

from assistant.personal_data import find_personal_data
from assistant.personal_numbers import is_card_number, is_credit_code, is_identity_number


def found(text: str) -> list[tuple[str, str]]:
    return [(item.kind, text[item.start : item.end]) for item in find_personal_data(text)]


def test_checksums() -> None:
    # The samples of GB 11643-1999 and of GB 32100-2015, and a made-up card.
    assert is_identity_number("11010519491231002X")
    assert is_identity_number("440524188001010014") is False  # born before 1890
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("11010519491331002X")  # month 13
    assert is_card_number("6222020200112230") and not is_card_number("6222020200112231")
    assert is_credit_code("91350100M000100Y43") and not is_credit_code("91350100M000100Y44")


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002X",
        "11010519491231002x",
        "11010519491231002×",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "1101\u200b0519491231002X",
        "一一零一零五一九四九一二三一零零二X",
    ],
)
def test_an_identity_number_in_every_spelling(written: str) -> None:
    assert found(f"身份证号{written}的老人") == [("identity", written)]


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "１３８００１３８０００",
        "138 0013 8000",
        "138-0013-8000",
        "138.0013.8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "+86 13800138000",
        "＋8613800138000",
        "0086-138-0013-8000",
        "一三八零零一三八零零零",
        "幺三八零零幺三八零零零",
        "028-85551234",
        "（0771）2855123",
        "02885551234",
    ],
)
def test_a_telephone_number_in_every_spelling(written: str) -> None:
    assert found(f"请打{written}找她") == [("phone", written)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("身份证110105491231002还有效吗", "identity", "110105491231002"),
        # Mistyped, but called an identity number.
        ("身份证号110105194912310021查不到", "identity", "110105194912310021"),
        ("卡号6222 0202 0011 2230", "card", "6222 0202 0011 2230"),
        ("钱打到6222020200112230", "card", "6222020200112230"),
        ("车牌川A·D12345", "plate", "川A·D12345"),
        ("开着京A 12345", "plate", "京A 12345"),
        ("川ad12345是谁的", "plate", "川ad12345"),
        ("寄到zhang.san@163.com吧", "email", "zhang.san@163.com"),
        ("护照E12345678", "passport", "E12345678"),
        ("港澳居民来往内地通行证C12345678", "passport", "C12345678"),
        ("残疾证号11010519491231002X43", "identity", "11010519491231002X43"),
        ("微信号：wxid_ab12", "account", "wxid_ab12"),
        ("QQ123456789", "account", "123456789"),
        ("家里电话8555 1234", "phone", "8555 1234"),
    ],
)
def test_other_numbers(text: str, kind: str, value: str) -> None:
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("家住四川省成都市武侯区人民南路四段12号3栋2单元501室", "人民南路四段12号3栋2单元501室"),
        ("住在石板镇双河村3组12号", "双河村3组12号"),
        ("住幸福小区5栋2单元301", "幸福小区5栋2单元301"),
        ("四川省德阳市中江县锦绣花园12栋4单元1001有户人家", "锦绣花园12栋4单元1001"),
        ("他住碧桂园3栋1单元502室", "碧桂园3栋1单元502室"),
    ],
)
def test_an_address_from_its_street_on(text: str, value: str) -> None:
    assert found(text) == [("address", value)]


@pytest.mark.parametrize(
    "text",
    [
        "民发〔2021〕23号和川民发〔2024〕112号",
        "统一社会信用代码91350100M000100Y43",
        "拨打110、12345、12355、12338、12349或400-810-1234",
        "累计投入930万元，13800138000元，13912345678.5元",
        "2019年至2023年，20250101起，邮编610041",
        "ISBN 9787508712345，ISSN 1000-1234",
        "订单号13800138000，流水号6222020200112233445",
        "沪B2-20200001，京ICP备05012345号，MZ/T 059-2014",
        "15.2 16.3 17.4 18.5 19.6 20.7",
        "新建保障性公寓12栋，地铁3号线，铁路12号，街道3号窗口",
        "第十二条第三款，2024年第3号公告",
    ],
)
def test_what_looks_like_it_and_is_none(text: str) -> None:
    assert found(text) == []


def test_it_takes_less_than_a_millisecond_a_question() -> None:
    text = "我的服务对象叫陈小红，家住成都市武侯区人民南路四段12号，电话13800138000，怎么申请低保"
    find_personal_data(text)
    started = time.process_time()
    for _ in range(100):
        find_personal_data(text)
    # 0.3 ms on a slow core; ten times that is still unnoticed.
    assert (time.process_time() - started) / 100 < 0.003


def test_a_long_text_takes_time_in_proportion() -> None:
    text = "服务对象王小丽住在人民路12号，电话13800138000。老人" * 20
    started = time.process_time()
    assert len(find_personal_data(text)) == 60
    assert time.process_time() - started < 0.5
