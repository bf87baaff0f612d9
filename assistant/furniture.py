"""Lines of a document that tell nothing: its number, its day, whom it is sent to, what was left out."""

from __future__ import annotations

import re

# 国发〔2018〕39号, 2018年11月16日, （此件公开发布）, （略）, 各省、自治区、直辖市人民政府：
_FURNITURE = re.compile(
    r"[（(](?:(?:此件|本文)[^（()）]*|(?:正文|附件|以下)?略|此页无正文)[）)]|此页无正文"
    r"|[（(]?[一-鿿]{1,10}[〔\[［(（]\d{4}[〕\]］)）]\d+号[）)]?"
    r"|(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
    r"|各[^。]{2,80}[:：]"
)


def is_furniture(line: str) -> bool:
    """True for a line that no question is answered by."""
    return bool(_FURNITURE.fullmatch(line.strip()))
