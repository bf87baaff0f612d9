"""The labels under which government pages state what a document is (索引号, 发文字号, …).

The State Council's rules for government websites (国办发〔2017〕47号, annex) fix the core of them;
the others are what provinces and ministries call the same things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.validity import parse_date

_FIELDS = {
    "title": "标题 信息名称 文件名称 文件标题 公文名称 信息标题 名称",
    "issuers": "发文机关 发文单位 发文机构 发布机构 发布机关 发布单位 制发机关 制定机关 颁布单位 颁布机关 印发机关 "
    "公开机构 公开主体 公开责任部门 信息公开机构 信息发布机构 成文单位 公布机关",
    "document_number": "发文字号 文号 发文文号 文件编号 文件字号 公文文号 发布文号 文件文号 文件号",
    "written_on": "成文日期 成文时间 生成日期 生成时间 印发日期 印发时间 发文日期 发文时间 签发日期 公布日期",
    "released_on": "发布日期 发布时间 公开日期 公开时间 发布于 更新时间 更新日期 时间 日期",
    "effective_from": "施行日期 实施日期 生效日期 生效时间 开始实施日期 实施时间 施行时间",
    "effective_until": "失效日期 失效时间 废止日期 废止时间 有效期至 终止日期 截止日期",
    "validity": "有效性 时效性 时效 效力状态 是否有效 文件状态 效力 文件时效 时效状态",
    "source_note": "来源 信息来源 文章来源 稿源 文件来源 来源单位",
    "": "索引号 信息索引号 信息索引 索引编号 主题分类 主题词 体裁分类 组配分类 服务对象 服务对象分类 公文种类 关键词 "
    "关键字 内容概述 信息分类 分类 所属分类 公开方式 公开范围 公开类别 公开形式 公开属性 体裁 主题 所属机构 统一登记号 "
    "规范性文件编号 统一编号 语种 载体类型 记录形式 文种 文件类型 文件种类 所属主题 行业分类 发布形式 信息类别 公开时限 "
    "责任部门 内容分类 法规类型 效力等级 效力级别",
    # Of the page, not of the document.
    "-": "作者 责任编辑 编辑 审核 校对 浏览次数 浏览量 浏览 阅读次数 阅读量 阅读 点击数 点击次数 点击量 点击率 访问量 "
    "访问次数 字体 字号 字体大小 文字大小 打印 我要纠错 保护视力色 视力保护色 背景色 大小 分享到 分享",
}
_FIELD_OF = {label: name for name, labels in _FIELDS.items() for label in labels.split()}
_STRONG = frozenset(
    "索引号 信息索引号 信息索引 索引编号 发文机关 发文单位 发文机构 发布机构 发布机关 发文字号 文号 发文文号 成文日期 "
    "成文时间 主题分类 生成日期 信息名称 公文种类 统一登记号".split()
)
_WEAK = frozenset(
    "名称 时间 日期 分类 主题 体裁 时效 效力 审核 校对 打印 大小 阅读 浏览 截止日期".split()
)
_BLANK = r"[\s\u00a0\u3000]*"
_LONGEST_FIRST = sorted(_FIELD_OF, key=lambda label: (-len(label), label))
_ANY = "|".join(_BLANK.join(label) for label in _LONGEST_FIRST)
_LONG = "|".join(_BLANK.join(label) for label in _LONGEST_FIRST if len(label) >= 3)
# Two labels side by side may have nothing but the page's design between them; short ones are
# everyday words and must stand apart.
_AT = re.compile(
    rf"(?:(?:^|(?<=[\s\u00a0\u3000|｜\]】）)。；;、\d]))[\[【〖]?{_BLANK}(?P<label>{_ANY})"
    rf"|[\[【〖]?(?P<long>{_LONG})){_BLANK}(?:[\]】〗]{_BLANK}[：:]?|[：:])"
)
_ALONE = re.compile(
    rf"{_BLANK}[\[【〖]?{_BLANK}(?P<label>{_ANY}){_BLANK}[\]】〗]?{_BLANK}[：:]?{_BLANK}"
)
_LONGEST_LINE = 400
_STATUS = (
    (re.compile(r"已修改|已被修改|部分(?:失效|废止)"), "amended"),
    (re.compile(r"废止"), "repealed"),
    (re.compile(r"失效|无效"), "lapsed"),
)


@dataclass(slots=True)
class PageLabels:
    """The labels found on one page, with their values."""

    values: dict[str, str] = field(default_factory=dict)
    """By label as normalised (发文字号); the first that is not empty."""

    def add(self, line: str) -> None:
        """Take in the labels of a line."""
        for label, value in _pairs(line):
            if value and not self.values.get(label):
                self.values[label] = value

    def metadata(self, *, is_dated: bool) -> dict[str, str]:
        """The fields for `knowledge.metadata`; other labels under their own name.

        `is_dated` tells that the text carries its own date: then the day on which a page was
        put online, often years later, is not the document's.
        """
        fields: dict[str, str] = {}
        for label, value in self.values.items():
            name = _FIELD_OF[label] or label
            if name == "-":
                continue
            fields.setdefault(name, value)
        written, released = fields.pop("written_on", ""), fields.pop("released_on", "")
        if parse_date(written):
            fields["published_on"] = written
        elif parse_date(released) and not is_dated:
            fields["published_on"] = released
        for name in ("effective_from", "effective_until"):
            if name in fields and not parse_date(fields[name]):
                del fields[name]
        validity = fields.pop("validity", "")
        for pattern, status in _STATUS:
            if pattern.search(validity):
                fields["status"] = status
                break
        return fields


def label_of(text: str) -> str:
    """The label that is all of `text` (索 引 号： → 索引号), else nothing."""
    if len(text) > 40:
        return ""
    match = _ALONE.fullmatch(text)
    return "".join(match["label"].split()) if match else ""


def labels_at_start(line: str) -> tuple[str, ...]:
    """The labels of a line that begins with one; none for running text."""
    if len(line) > _LONGEST_LINE:
        return ()
    if alone := label_of(line):
        return (alone,)
    found = _pairs(line)
    if not found or not _AT.match(line.strip()):
        return ()
    return tuple(label for label, _ in found)


def is_strong(label: str) -> bool:
    """Whether a label stands in the metadata of documents and hardly anywhere else."""
    return label in _STRONG


def is_weak(label: str) -> bool:
    """Whether a label is an everyday word: a form or a notice may have it, too."""
    return label in _WEAK


def _pairs(line: str) -> list[tuple[str, str]]:
    line = line.strip()
    matches = list(_AT.finditer(line))
    ends = [match.start() for match in matches[1:]] + [len(line)] * bool(matches)
    return [
        (
            "".join((match["label"] or match["long"]).split()),
            line[match.end() : end].strip(" \t\u00a0\u3000|｜;；[【】]"),
        )
        for match, end in zip(matches, ends, strict=True)
    ]
