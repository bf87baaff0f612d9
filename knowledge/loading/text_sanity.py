"""Whether text taken out of a file is text at all, or what a broken font left of it."""

from __future__ import annotations

import re
import unicodedata

from knowledge.cleaning import clean_text
from knowledge.founder import repair_founder

_CID = re.compile(r"\(cid:\d+\)")
_SIGNS = re.compile(r"[，。；：、]")
# What Founder damage leaves instead of ，。、；（）; in normal text these are rare.
_DAMAGE = re.compile(r"[袁遥尧曰渊冤]")
_MAX_UNKNOWN = 0.05
_MAX_FOREIGN = 0.3
_MAX_RARE = 0.2
_MIN_TEXT = 20


def is_garbled(text: str) -> bool:
    """Whether `text` cannot be what the page shows, so that its picture must be read.

    Signs: glyphs without a meaning (private use, replacement characters, `(cid:12)`), bytes
    read in the wrong encoding (ÖÐ¹ú), Chinese characters that no common encoding holds, and
    Founder damage that repair leaves behind. Less than 20 characters are never judged.
    """
    plain = "".join(clean_text(text).split())
    if len(plain) < _MIN_TEXT:
        return False
    unknown = sum(
        not ch.isspace() and (ch == "\ufffd" or unicodedata.category(ch) in ("Co", "Cn", "Cc"))
        for ch in text
    )
    unknown += 4 * len(_CID.findall(text))
    if unknown > _MAX_UNKNOWN * len(plain):
        return True
    if sum("\xa1" <= ch <= "\u02ff" for ch in plain) > _MAX_FOREIGN * len(plain):
        return True
    han = [ch for ch in plain if "\u3400" <= ch <= "\u9fff" or ch > "\U00020000"]
    if sum(map(_is_rare, han)) > max(_MAX_RARE * len(han), 4):
        return True
    return _is_beyond_repair(text, len(plain))


def _is_rare(character: str) -> bool:
    """In neither GB 2312 nor Big5: one in thousands in real text, most in a wrong mapping."""
    for encoding in ("gb2312", "big5"):
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            continue
        return False
    return True


def _is_beyond_repair(text: str, length: int) -> bool:
    if len(_DAMAGE.findall(text)) < max(4, length * 0.01):
        return False
    repaired, _ = repair_founder(clean_text(text))
    left = len(_DAMAGE.findall(repaired))
    return left > max(4, length * 0.01) and left > len(_SIGNS.findall(repaired))
