"""The patterns by which headings are found at the start of a line."""

from __future__ import annotations

import re

NUMERAL = r"[一二三四五六七八九十百千零〇两0-9０-９]+"
# With the spaces that typists put between the characters: 第 十 二 条.
_SPACED = (
    r"[一二三四五六七八九十百千零〇两0-9０-９](?:[ \t　]*[一二三四五六七八九十百千零〇两0-9０-９])*"
)
LINE = re.compile(
    r"^[ \t　]*(?:(?P<marks>#{1,6})[ \t　]+)?(?P<bold>\*\*|__)?(?=\S)(?:"
    rf"(?P<part>第\s*(?P<part_number>{_SPACED})\s*(?P<kind>分[ \t　]*编|部分|[编篇章节]))"
    r"(?=[\s　*_]|$|[^\s的、，和或及至第])"
    rf"|(?P<article>第[ \t　]*(?P<article_number>{_SPACED})[ \t　]*条"
    rf"(?:之[ \t　]*(?P<article_sub>{NUMERAL}))?)"
    r"|(?P<chapter_en>(?i:chapter)[ \t]+(?P<chapter_en_number>[0-9]{1,3}|[IVXLC]{1,6})\b)"
    r"|(?P<article_en>(?i:article)[ \t]+(?P<article_en_number>[0-9]{1,4})\b[.:]?)"
    r"|(?P<closing>附[ \t　]*则[ \t　]*(?:\*\*|__)?[ \t　]*$)"
    r"|(?P<han>[一二三四五六七八九十]{1,3})(?:、|[.．](?![0-9０-９]))"
    r"|[（(](?P<han_bracket>[一二三四五六七八九十]{1,3})[)）]"
    r"|(?P<digit>[0-9０-９]{1,2})(?:[.．](?![0-9０-９])|、)"
    r"|[（(](?P<digit_bracket>[0-9０-９]{1,2})[)）]"
    r"|(?P<circle>[①-⑳])"
    r"|(?P<attachment>附[ \t　]*[件录表][ \t　]*"
    r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})?(?![0-9])|附(?=[ \t　]*[：:]))"
    r"|(?P<contents>目[ \t　]*[录次][ \t　]*(?:\*\*|__)?[ \t　]*$)"
    r"|(?P<other>)"
    r")(?P<rest>[^\n]*)",
    re.MULTILINE,
)
INTERESTING = re.compile(
    r"^[ \t　]*(?=[#第一二三四五六七八九十（(0-9０-９附目①-⑳*_CcAa])", re.MULTILINE
)
FENCE = re.compile(r"^```.*?(?:^```|\Z)", re.MULTILINE | re.DOTALL)
# What follows a mention of an article in running text that happens to begin a line, or in a
# decision that amends it (第六条 改为第七条).
REFERENCE = re.compile(
    r"[ \t　]*[、，。；：,;:）)》”\"]|第|规定|[和或及与至到的所中款之]|关于|以及"
    rf"|[ \t　]+(?:规定的|的规定)|[ \t　]+第{NUMERAL}[款项条]"
    r"|[ \t　]*(?:修改为|改为|改作|删去|删除。)"
)
# The caption of an article: 第二条【适用范围】; in round brackets neither 第二条（一）甲 nor
# 第二条（县级市）区.
CAPTION = re.compile(
    r"[ \t　]*(?:[【〔\[][^】〕\]\n]{1,40}[】〕\]]"
    rf"|[（(](?!{NUMERAL}[）)]|第)[^（()）\n，。；]{{2,20}}[）)](?=[ \t　]|$))",
    re.MULTILINE,
)
# Article 5 of the law …: a mention.
REFERENCE_EN = re.compile(r"[ \t]*(?:[,;)]|(?:of|and|or|to|above|below|shall)\b)")
SPACES = re.compile(r"[ \t　]*")
BOLD_END = re.compile(r"[ \t　]*(?:\*\*|__)[ \t　]*")
