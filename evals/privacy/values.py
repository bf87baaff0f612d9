"""Made-up personal data with valid checksums, drawn with a seed. None belongs to anybody known."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

_AREAS = (
    "110105 120101 310104 330106 340102 370102 440305 450103 510107 610113 640104 650102".split()
)
_SURNAMES = list(
    "王李张刘陈杨黄赵吴周徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_DOUBLES = ["欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫"]
_GIVEN = list(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀兰霞刚桂英梓涵雨轩晨欣怡浩思琪建志淑珍玉凤春梅海燕国庆小红晓东翠花德福满仓铁柱佳琳俊豪宇航嘉诚雅婷一诺可馨若溪沐阳"
)
_MINORITY = [
    "古丽·阿依江",
    "买买提·吐尔逊",
    "阿不都·热合曼",
    "扎西·顿珠",
    "帕提古丽·艾则孜",
    "努尔·巴合提",
    "迪丽·玉素甫",
    "卓玛·央金",
]
_LATIN = ["Zhang Wei", "Li Xiaohong", "Wang Guoqiang", "Chen Meiling", "Liu Yang", "Zhao Min"]
_HAN_DIGITS = "零一二三四五六七八九"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class Values:
    """Draws values of each kind, and ways in which people write them."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - test data to repeat, not secrets

    def draw(self, kind: str) -> str:
        """One value of `kind`, as typed. Raises KeyError for an unknown kind."""
        makers: dict[str, Callable[[], str]] = {
            "identity": self._identity,
            "old_identity": self._old_identity,
            "mobile": self._mobile,
            "spoken": self._spoken,
            "landline": self._landline,
            "card": self._card,
            "plate": self._plate,
            "email": self._email,
            "passport": lambda: self._pick("EGEK") + self._digits(8),
            "permit": lambda: self._pick("CHM") + self._digits(8),
            "wechat": lambda: self._pick(["wxid_", "zhang_", "li-home", "ab"]) + self._digits(5),
            "qq": lambda: self._pick("123456789") + self._digits(8),
            "address": self._address,
            "name": self._name,
            "short_name": lambda: self._pick(_SURNAMES) + self._pick(_GIVEN),
            "minority": lambda: self._pick(_MINORITY),
            "latin": lambda: self._pick(_LATIN),
            "surname": lambda: self._pick(_SURNAMES[:18]),
        }
        return makers[kind]()

    def _identity(self) -> str:
        number = self._with_check(self._pick(_AREAS) + self._birth() + self._digits(3))
        ways = (
            number,
            number,
            number.lower(),
            _full_width(number),
            f"{number[:6]} {number[6:14]} {number[14:]}",
            f"{number[:6]}-{number[6:14]}-{number[14:]}",
            " ".join(number),
            number.replace("X", "×"),
        )
        return self._pick(ways)

    def _with_check(self, body: str) -> str:
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
        return body + "10X98765432"[total % 11]

    def _old_identity(self) -> str:
        return self._pick(_AREAS) + self._birth()[2:] + self._digits(3)

    def _birth(self) -> str:
        born = date(1935, 1, 1) + timedelta(days=self._random.randrange(23_000))
        return born.strftime("%Y%m%d")

    def _mobile(self) -> str:
        number = "1" + self._pick("3456789") + self._digits(9)
        ways = (
            number,
            number,
            _full_width(number),
            f"{number[:3]} {number[3:7]} {number[7:]}",
            f"{number[:3]}-{number[3:7]}-{number[7:]}",
            f"{number[:3]}.{number[3:7]}.{number[7:]}",
            f"{number[:4]} {number[4:7]} {number[7:]}",
            f"+86 {number}",
            f"＋86{number}",
            f"(+86){number}",
            f"86-{number}",
            " ".join(number),
        )
        return self._pick(ways)

    def _spoken(self) -> str:
        number = "1" + self._pick("3456789") + self._digits(9)
        return "".join(_HAN_DIGITS[int(digit)] for digit in number)

    def _landline(self) -> str:
        local = self._pick("2345678") + self._digits(7)
        area = self._pick(["010", "021", "028", "0771", "0951"])
        return self._pick(
            (
                f"{area}-{local}",
                f"({area}){local}",
                f"（{area}）{local}",
                f"{area} {local}",
                f"{area}{local}",
            )
        )

    def _card(self) -> str:
        body = self._pick(["621700", "622202", "622848", "621661"]) + self._digits(12)
        doubled = [int(digit) * 2 for digit in body[::-2]]
        total = sum(d - 9 if d > 9 else d for d in doubled) + sum(int(d) for d in body[-2::-2])
        number = f"{body}{-total % 10}"
        spaced = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
        return self._pick((number, number, spaced, _full_width(number)))

    def _plate(self) -> str:
        head = self._pick(_PROVINCES) + self._pick("ABCDEF")
        if self._random.random() < 0.4:
            tail = self._pick("DF") + self._digits(5)
        else:
            tail = self._pick(_LETTERS) + self._digits(4)
        return self._pick((head + tail, f"{head}·{tail}", f"{head} {tail}"))

    def _email(self) -> str:
        return (
            self._pick(["zhangsan", "li.min", "wang_88", "chen-x"])
            + self._digits(3)
            + self._pick(["@163.com", "@qq.com", "@example.org.cn", "＠126.com"])
        )

    def _address(self) -> str:
        road = self._pick(["人民南路", "建设大道", "和平街", "解放西路", "柳荫巷", "文化宫路"])
        estate = self._pick(["幸福小区", "锦绣花园", "阳光家园", "翠竹苑", "机床厂宿舍"])
        village = self._pick(["双河村", "大湾村", "柳树屯", "青石寨村"])
        n = self._random.randrange
        return self._pick(
            (
                f"{road}{n(1, 200)}号",
                f"{road}{n(1, 200)}号{estate}{n(1, 30)}栋{n(1, 6)}单元{n(1, 30)}0{n(1, 9)}室",
                f"{estate}{n(1, 30)}栋{n(1, 6)}单元{n(1, 30)}0{n(1, 9)}",
                f"{estate}{n(1, 30)}号楼{n(1, 30)}0{n(1, 9)}室",
                f"{village}{n(1, 12)}组{n(1, 90)}号",
                f"{village}{n(1, 12)}组",
            )
        )

    def _name(self) -> str:
        if self._random.random() < 0.08:
            return self._pick(_DOUBLES) + self._pick(_GIVEN)
        given = self._pick(_GIVEN) + (self._pick(_GIVEN) if self._random.random() < 0.75 else "")
        return self._pick(_SURNAMES) + given

    def _digits(self, count: int) -> str:
        return "".join(self._pick("0123456789") for _ in range(count))

    def _pick(self, values: str | list[str] | tuple[str, ...]) -> str:
        return self._random.choice(values)


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in text)
