"""The patterns by which headings are found at the start of a line."""

from __future__ import annotations

import re

NUMERAL = r"[一二三四五六七八九十百千零〇两0-9０-９]+"
LINE = re.compile(
    r"^[ \t　]*(?:(?P<marks>#{1,6})[ \t　]+)?(?=\S)(?:"
    rf"(?P<part>第\s*(?P<part_number>{NUMERAL})\s*(?P<kind>分编|[编章节]))"
    r"(?=[\s　]|$|[^\s的、，和或及至第])"
    rf"|(?P<article>第(?P<article_number>{NUMERAL})条(?:之(?P<article_sub>{NUMERAL}))?)"
    r"|(?P<han>[一二三四五六七八九十]{1,3})、"
    r"|[（(](?P<han_bracket>[一二三四五六七八九十]{1,3})[)）]"
    r"|(?P<digit>[0-9０-９]{1,2})(?:[.．](?![0-9０-９])|、)"
    r"|[（(](?P<digit_bracket>[0-9０-９]{1,2})[)）]"
    r"|(?P<attachment>附[ \t　]*[件录][ \t　]*"
    r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})?(?![0-9]))"
    r"|(?P<contents>目[ \t　]*[录次][ \t　]*$)"
    r"|(?P<other>)"
    r")(?P<rest>[^\n]*)",
    re.MULTILINE,
)
INTERESTING = re.compile(r"^[ \t　]*(?=[#第一二三四五六七八九十（(0-9０-９附目])", re.MULTILINE)
FENCE = re.compile(r"^```.*?(?:^```|\Z)", re.MULTILINE | re.DOTALL)
# What follows a mention of an article in running text that happens to begin a line.
REFERENCE = re.compile(
    r"[ \t　]*[、，。；：,;:）)》”\"]|第|规定|[和或及与至到的所中款之]|关于|以及"
    rf"|[ \t　]+(?:规定的|的规定)|[ \t　]+第{NUMERAL}[款项条]"
)
CAPTION = re.compile(r"[ \t　]*[【〔\[][^】〕\]\n]{1,40}[】〕\]]")
SPACES = re.compile(r"[ \t　]*")
