"""The bytes of a web page → its text."""

from __future__ import annotations

import codecs
import re

from knowledge.errors import LoadError
from knowledge.loading.encodings import decode_text

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.I
)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,30})")
# What pages declare → what browsers read it as (WHATWG Encoding Standard).
_READ_AS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "big5": "big5hkscs", "utf8": "utf-8",
}  # fmt: skip
# Python knows encodings that are none (hex, utf-7, unicode_escape), pages declare Latin-1 by
# default, and one whose declaration was read as ASCII is not in UTF-16: these may be believed.
_BELIEVED = frozenset(
    "utf-8 gb18030 big5hkscs big5 cp950 euc_jp shift_jis cp932 euc_kr cp949".split()
)


def declared_encoding(label: str) -> str | None:
    """Python's name of the encoding that a page or a server declares, None if not to be believed."""
    label = label.strip().lower()
    try:
        encoding = codecs.lookup(_READ_AS.get(label, label)).name
    except (LookupError, ValueError):
        return None
    return encoding if encoding in _BELIEVED else None


def decode_html(data: bytes, name: str, charset: str = "") -> str:
    """The text of a page: by its mark, then the server's word, its own word, its bytes.

    A word that the bytes contradict is not believed. Bytes that fit no encoding become
    U+FFFD: damage in a site's navigation is no reason to refuse its document.
    """
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if data.startswith(mark):
            return decode_text(data, name).text
    head = data[:4096]
    declared = [charset.encode("ascii", "ignore")]
    declared += [
        found[1] for found in (_META_CHARSET.search(head), _XML_ENCODING.search(head)) if found
    ]
    encodings = [
        encoding for word in declared if (encoding := declared_encoding(word.decode("ascii")))
    ]
    if b"\x00" not in data and b"<" in head:
        # Bytes that are proper UTF-8 are nothing else, whatever is declared: Chinese text in
        # GB18030 or Big5 breaks its rules within a few characters.
        for encoding in ("utf-8", *encodings):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    try:
        return decode_text(data, name).text
    except LoadError:
        if not encodings or b"\x00" in data or b"<" not in head:
            raise
        return data.decode(encodings[0], "replace")
