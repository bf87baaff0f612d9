"""Spoken and dialect words by which questions ask, put into the written ones: 啥 → 什么.

All that reads a question knows the written words; what is shown to the reader stays as typed.
"""

from __future__ import annotations

import re

# From the longer to the shorter: 啥子 before 啥.
_WRITTEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(spoken), written)
    for spoken, written in (
        (r"多会儿|多咱|啥时候|啥时间|几时", "什么时候"),
        (r"啥子|啥", "什么"),
        (r"咋个|咋", "怎么"),
        (r"几多", "多少"),
        (r"娃儿|细路|伢子|小娃", "孩子"),
        (r"晓得", "知道"),
        (r"莫得|冇得", "没有"),
        (r"有冇", "有没有"),
        (r"点样", "怎样"),
        (r"医生(?:和|、|跟)?护士|护士(?:和|、|跟)?医生", "医务人员"),
        (r"老汉(?:儿)?(?:和|、)?(?:老太婆|婆婆)?些?|老太婆些?|老头(?:儿|子)?些?", "老人"),
        (r"有好多(?=[人个名]?(?:嘛|哦|喃|哇)[？?]*$)", "有多少"),
        (r"干嘛(?!用)", "做什么"),
        (r"(?:掏|花|出)钱(?:去|来)?(?=[买请])", "购"),
        (r"(?:能|可以|会)?帮(?:上|得上|到)?(?:啥|什么|哪些)忙", "提供哪些服务"),
        (r"(?<=社工)能做(?:点|些)?(?:啥|什么)(?=[吗呢？?。]*$)", "提供哪些服务"),
        (r"意义何在", "意义是什么"),
        (r"头一份", "头一个"),
        # 经费上都咋说的，一起列下
        (
            r"(?<=[说讲定样])的?[，,]\s*一起(?:列|说|讲|摆)(?:一下|下|出来)?(?=[吧呗嘛？?。！!\s]*$)",
            "",
        ),
        # 各地的服务对象汇总一下
        (
            r"(?<=[一-鿿]{4})(?<![帮给]我)(?<![让请]你)(?<!排)(?:汇总|总结|归纳|整理|梳理|罗列|列举?|列出来?)(?:一下|下)(?=[吧呗嘛？?。！!\s]*$)",
            "有哪些",
        ),
        # 26年要干嘛: a year of this century, said of a place.
        (r"(?<=[区省市川西夏津东北南那到在从])(2\d)年(?!以上|工龄|以内|内|级|期|不)", r"20\1年"),
        (r"谁来?买(?!单)", "谁购买"),
        (r"谁来(?![买自访信源电])(?=[一-鿿]{2})", "谁"),
        (r"(?:行不行|中不中|成不成|得不得行|中不|成吗|中吗|得行不)(?=[？?。！!\s]*$)", "可以吗"),
        # 在全国算头一个不: asks like 吗.
        (r"(?<=[一-鿿]{4})(?<![能可要是会对有行])不(?=[？?]*$)", "吗"),
    )
)


def written(question: str) -> str:
    """`question` with the written words; itself where it has none of the spoken ones."""
    for spoken, plain in _WRITTEN:
        question = spoken.sub(plain, question)
    return question
