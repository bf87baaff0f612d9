"""Real files damaged in every way that disks, mail programs and attackers know.

A mutation is made again from its seed: `mutated(name, data, seed)` gives the same bytes always.
"""

from __future__ import annotations

import random
import re
import warnings
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

_ZIPPED = (".docx", ".xlsx", ".pptx", ".epub", ".ofd")
_XML = (".xml", ".rels", ".xhtml", ".opf")
# What the readers give a meaning: numbers at the edge, names, marks, markup.
_TOKENS = [
    token.encode("utf-8", "surrogatepass")
    for token in (
        "0 -1 1 65536 2147483648 99999999999999999999 1e308 -1e-308 NaN inf 0x10 １２ 九千九百九十九万亿 "
        "第 条 第一条 第零条 一、 （一） （ ） 《 》 〔 〕 【 】 | # ``` --- ： 。 、 年 月 日 2025年13月45日 "
        "&amp; &#0; &#xD800; &#x10FFFF; &#1114112; &lt;p&gt; &nbsp; <p> </p> <table> </tr> <td> <!-- --> "
        "<![CDATA[ ]]> <?xml <!DOCTYPE <!ENTITY </ <script> \ufeff \u202e \u2060 \u200b \u00ad \u3000 \u2028 "
        "\u0085 \ud800 \udfff \U000e0041 ⼀ ﷺ \x00 \x0b \x0c \x1b \x7f \r \t true false null { } [ ] \" ' \\ , : "
        "\\u0000 \\ud800 !!python/object:os.system *a &a ? - > %PDF- %%EOF endobj endstream stream xref obj << >> "
        "/Length /Kids /Count /Encrypt PK\x03\x04 PK\x01\x02 PK\x05\x06 ../../../../etc/passwd C:\\a /dev/zero "
        "file:///etc/passwd A1048576 XFD1 A0 ZZZ99 A1:XFD1048576 %1.%9 #REF! yyyy [h]:mm 0.000 ;;;"
    ).split(" ")
]  # fmt: skip
_ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname">%p;]>',
)


def mutated(name: str, data: bytes, seed: int) -> bytes:
    """The file `data` called `name`, damaged by chance; the same for the same seed."""
    chance = random.Random(f"{name}/{seed}")
    suffix = name[name.rindex(".") :]
    # Damage to the zip container only ever shows its reader; most must reach the parts.
    if suffix in _ZIPPED and chance.random() < 0.75:
        return _repacked(data, chance)
    return _damaged(data, chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        data = chance.choice(_DAMAGE)(data, chance)
    return data


def _bit(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def _byte(data: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + bytes([chance.choice((0, 0xFF, 0x80, 0x3C, chance.randrange(256)))]) + data[place + 1 :]  # fmt: skip


def _truncation(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _removal(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _doubling(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    times = chance.choice((2, 2, 3, 50)) if end - start < 2000 else 2
    return data[:start] + data[start:end] * times + data[end:]


def _splice(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    place = chance.randint(0, len(data))
    return data[:place] + data[start:end] + data[place:]


def _token(data: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(data))
    token = chance.choice(_TOKENS) * chance.choice((1, 1, 1, 2, 100))
    return data[:place] + token + data[place + chance.choice((0, 0, len(token))) :]


def _value(data: bytes, chance: random.Random) -> bytes:
    """Another value for an attribute, a number or the text between two tags."""
    places = list(re.finditer(rb'"[^"<>]{0,80}"|>[^<>]{1,80}<|\d+', data))
    if not places:
        return _token(data, chance)
    found = chance.choice(places)
    first, last = found.group()[:1], found.group()[-1:]
    edges = (first, last) if first in b'">' else (b"", b"")
    return data[: found.start()] + edges[0] + chance.choice(_TOKENS) + edges[1] + data[found.end() :]  # fmt: skip


def _stretch(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 4, 30, 300, 5000)))


_DAMAGE = (_bit, _byte, _truncation, _removal, _doubling, _splice, _token, _token, _value, _value)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """The zip file with some of its members damaged, gone, doubled, or exchanged."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = chance.randrange(len(members))
        name, content = members[place]
        match chance.randrange(16):
            case 0:
                del members[place]
                if not members:
                    return b""
            case 1:
                members.append((name, chance.choice(members)[1]))
            case 2:
                members[place] = (chance.choice((name.upper(), "../" + name, name + "\0x", "", name.replace("/", "\\"))), content)  # fmt: skip
            case 3 if name.endswith(_XML):
                members[place] = (name, _with_declaration(content, chance))
            case 4:
                members[place] = (name, content.decode("utf-8", "replace").encode("utf-16"))
            case 5 | 6 | 7 if name.endswith(_XML):
                members[place] = (name, _reordered(content, chance))
            case 8 | 9 | 10 | 11 if name.endswith(_XML):
                members[place] = (name, _revalued(content, chance))
            case _:
                members[place] = (name, _damaged(content, chance))
    packed = BytesIO()
    # Two in ten by a method that office files may not use.
    method = chance.choice(
        [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED] * 4 + [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    )
    with zipfile.ZipFile(packed, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Two members of one name are meant.
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return packed.getvalue()


def _with_declaration(content: bytes, chance: random.Random) -> bytes:
    content = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", content)
    return chance.choice(_ENTITIES) + content.replace(b"><", b">&a;<", chance.randint(0, 3))


def _revalued(content: bytes, chance: random.Random) -> bytes:
    """Well-formed still: other values for attributes, other texts, an attribute or element gone."""
    for _ in range(chance.choice((1, 2, 5, 20))):
        places = list(
            re.finditer(rb'(?<==)"[^"<>]*"|(?<=>)[^<>]+(?=<)| [\w:]+="[^"]*"|<[\w:]+/>', content)
        )
        if not places:
            return content
        found = chance.choice(places)
        token = chance.choice(_TOKENS).decode("utf-8", "replace")
        value = escape("".join(c for c in token if c >= " "), {'"': "&quot;"}).encode()
        match found.group()[:1]:
            case b'"':
                made = b'"' + value + b'"'
            case b" " | b"<":
                made = b""
            case _:
                made = value
        content = content[: found.start()] + made + content[found.end() :]
    return content


def _reordered(content: bytes, chance: random.Random) -> bytes:
    """Well-formed still: elements moved, repeated or nested in themselves."""
    tags = re.split(rb"(?=<)", content)
    if len(tags) < 4:
        return content
    start = chance.randrange(1, len(tags) - 1)
    end = min(len(tags) - 1, start + chance.randint(1, 12))
    piece = tags[start:end]
    match chance.randrange(4):
        case 0:
            tags[start:end] = piece * chance.choice((2, 5, 200))
        case 1:
            tags[start:end] = []
        case 2:
            chance.shuffle(piece)
            tags[start:end] = piece
        case _:
            name = (re.match(rb"<([\w:]+)", piece[0]) or [b"", b"x"])[1]
            depth = chance.choice((3, 60, 200, 3000))
            tags[start:end] = [b"<" + name + b">"] * depth + piece + [b"</" + name + b">"] * depth
    return b"".join(tags)
