"""The bytes of a Chinese text file → its text, exactly, or a clear refusal.

Order: byte order mark, strict UTF-8, then GB18030, Big5 and UTF-16 without a mark judged by
what the result looks like. Nothing is ever decoded with replacement characters: a wrong or
damaged character in a policy would be quoted as if it stood there.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from knowledge.errors import LoadError


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text and the name of the encoding it was in."""

    text: str
    encoding: str


_BYTE_ORDER_MARKS = (
    # UTF-32 before UTF-16: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Every file format people rename to .txt by accident, with the name shown.
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP/DOCX/XLSX"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP/WAV/AVI"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/XLS/WPS"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\xfd7zXZ\x00", "XZ"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\xca\xfe\xba\xbe", "Mach-O/Java"),
    (b"\xcf\xfa\xed\xfe", "Mach-O"),
    (b"OggS", "OGG"),
    (b"ID3", "MP3"),
)

# The 140 or so characters that make up about half of any Chinese text, in both scripts, with
# the words of official documents. Chosen so that a wrong decoding hits next to none of them.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上国和地到以说时要就出会可也你对生能而子那得于着下自之年过发后"
    "作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开"
    "但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重"
    "并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门"
    "任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数"
    "安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科"
    "司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取"
    "拉格望觉术领共确传师观清今切院让识候带导争运省县村镇街委厅局办通知意见规划服务福利机构岗位"
    "的這來個們國時會對說過發後裡種動還進樣開從實軍無長機關點業間問並應戰頭體見產從制爾話給門東"
    "聲員論處義氣題別變總電數報結務場計資許統區隊決馬聽達強難權設類據邊張該規觀覺領確傳師讓識帶"
    "導爭運縣鎮廳辦劃構崗"
)
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·〇％\u3000")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MIN_SCORE = 0.25
_MAX_CONTROL_SHARE = 0.005
_MAX_WESTERN_SHARE = 0.15


def decode_text(data: bytes, name: str) -> DecodedText:
    """The text in `data`, without byte order mark; `name` is the file's, for messages.

    Raises LoadError if `data` is a binary format, damaged, or in no encoding we can tell.
    """
    _refuse_binary(data, name)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            if text is None:
                raise _damaged(name, encoding.upper())
            return _checked(text, encoding, name)
    if b"\x00" not in data:
        text = _strict(data, "utf-8")
        if text is not None:
            return _checked(text, "utf-8", name)
    return _guess(data, name)


def _guess(data: bytes, name: str) -> DecodedText:
    candidates = ["utf-16-le", "utf-16-be"] if b"\x00" in data else ["gb18030", "big5hkscs"]
    scored = []
    for encoding in candidates:
        text = _strict(data, encoding)
        if text is not None and not _CONTROL.search(text):
            scored.append((_score(text), text, encoding))
    best = max(scored, key=lambda item: item[0], default=None)
    if best and best[0] >= _MIN_SCORE:
        return _checked(best[1], best[2], name)
    if b"\x00" in data:
        raise _binary(name, None)
    if _mostly_utf8(data):
        raise _damaged(name, "UTF-8", data)
    if best and len(best[1]) <= 40 and best[2] == "gb18030" and _strict(data, "gb2312"):
        # A title or a name: too short for a share of common characters to mean anything.
        return _checked(best[1], best[2], name)
    if best and best[0] > 0.1:
        return _checked(best[1], best[2], name)
    # Half of the last character may be missing: the copy was cut off.
    cut_off = _strict(data[:-1], "gb18030") if best is None else None
    if cut_off and _score(cut_off) >= _MIN_SCORE:
        raise _damaged(name, "GB18030")
    western = _strict(data, "cp1252")
    if western and sum(byte > 0x7F for byte in data) <= len(data) * _MAX_WESTERN_SHARE:
        # Mostly ASCII with a few accents. A detector's guess was tried here (à came out as
        # ą); the code page of Western Windows is right more often.
        return _checked(western, "cp1252", name)
    raise LoadError(
        f"无法判断“{name}”的文字编码；请用记事本等程序打开，另存为 UTF-8 编码后再试。",
        f"The character encoding of “{name}” cannot be told; open it in a text editor, save it "
        "as UTF-8, and try again.",
    )


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _score(text: str) -> float:
    """The share of common characters among those outside ASCII; without any, among all."""
    beyond = [ch for ch in text if ch > "\x7f"]
    if not beyond:
        return 1.0
    known = sum(ch in _COMMON or ch in _PUNCTUATION for ch in beyond)
    private = sum("\ue000" <= ch <= "\uf8ff" for ch in beyond)
    return (known - private) / len(beyond)


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = sum(ch > "\x7f" for ch in text) - broken
    return beyond > broken * 10


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise _binary(name, kind)
    # "MZ" alone may begin a text; a program has NUL bytes in its header.
    if data[:2] == b"MZ" and b"\x00" in data[:64]:
        raise _binary(name, "EXE")


def _checked(text: str, encoding: str, name: str) -> DecodedText:
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > max(3, len(text) * _MAX_CONTROL_SHARE):
        raise _binary(name, None)
    return DecodedText(text, encoding)


def _binary(name: str, kind: str | None) -> LoadError:
    zh = f"（{kind} 格式）" if kind else ""
    en = f" ({kind})" if kind else ""
    return LoadError(
        f"“{name}”的内容不是文本{zh}；请检查文件，或改回它真正的扩展名后再试。",
        f"“{name}” does not contain text{en}; check the file, or give it back its real suffix "
        "and try again.",
    )


def _damaged(name: str, encoding: str, data: bytes | None = None) -> LoadError:
    line = ""
    line_en = ""
    if data is not None:
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            number = data.count(b"\n", 0, error.start) + 1
            line, line_en = f"第 {number} 行附近", f" near line {number}"
    return LoadError(
        f"“{name}”是 {encoding} 编码，但{line}有损坏的字节（可能没有传完）；"
        "请重新获取该文件后再试。",
        f"“{name}” is in {encoding} but has damaged bytes{line_en} (perhaps a cut-off copy); "
        "get the file again and retry.",
    )
