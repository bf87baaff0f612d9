"""A zip file that nobody vouches for → its members, within limits, and their XML, inert.

DOCX, PPTX, XLSX, EPUB and OFD are zip files of XML. A file of 42 kilobytes can unpack to
petabytes, and an XML file of one kilobyte to gigabytes or to the contents of another file on
this machine; neither may happen to someone who only opens a document.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from knowledge.errors import LoadError
from knowledge.loading.file_problems import damaged, hostile, locked, not_a_zip, too_big

MAX_ARCHIVE_BYTES = 200 * 1024 * 1024
"""A file on disk above this is refused: it is a collection, not a document."""
MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 128 * 1024 * 1024
"""Unpacked size of one XML part."""
MAX_TOTAL_BYTES = 384 * 1024 * 1024
"""Unpacked size of all the parts that are read."""
MAX_RATIO = 250
"""Unpacked to packed. Repetitive sheets reach about 100, a bomb of zeros 1,000."""
_RATIO_MATTERS_FROM = 8 * 1024 * 1024
MAX_MARKUP = 6_000_000
"""Tags and attributes of one XML part: each takes a hundred bytes and more once parsed, so that
128 MB of `<a/>` would take four gigabytes. Half a million cells have about four million."""
# The methods that OPC, EPUB and OFD allow. Others bring their own bombs: an LZMA header asks
# for a dictionary of any size.
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    MemoryError,
    NotImplementedError,
    UnicodeDecodeError,
    ValueError,
    OverflowError,
)


class Archive:
    """An open zip file whose members are read within limits."""

    def __init__(self, opened: zipfile.ZipFile, name: str) -> None:
        self.name = name
        """The file's name, for messages."""
        self._zip = opened
        self._by_name = {info.filename.replace("\\", "/").lstrip("/"): info
                         for info in opened.infolist()}  # fmt: skip
        self._lower = {member.lower(): member for member in self._by_name}
        self._read_bytes = 0

    @property
    def members(self) -> tuple[str, ...]:
        """The names of all members, in the archive's order."""
        return tuple(self._by_name)

    def __contains__(self, member: str) -> bool:
        return member.lower() in self._lower

    def read(self, member: str, max_bytes: int = MAX_MEMBER_BYTES) -> bytes:
        """The unpacked bytes of `member`, whose name may differ in case.

        Raises KeyError if there is none; LoadError if it is locked, damaged, or a bomb.
        """
        info = self._by_name[self._lower[member.lower()]]
        if info.flag_bits & 0x1:
            raise locked(self.name)
        if info.compress_type not in _METHODS:
            raise damaged(self.name)
        limit = min(max_bytes, MAX_TOTAL_BYTES - self._read_bytes)
        if info.compress_size:
            limit = min(limit, max(_RATIO_MATTERS_FROM, info.compress_size * MAX_RATIO))
        try:
            with self._zip.open(info) as stream:
                # What the directory says of the size may be a lie; the stream is not.
                data = stream.read(limit + 1)
        except _DAMAGE as error:
            raise damaged(self.name) from error
        except (RuntimeError, OSError) as error:
            raise damaged(self.name) from error
        if len(data) > limit:
            raise too_big(self.name)
        self._read_bytes += len(data)
        return data

    def read_xml(self, member: str) -> etree._Element:
        """The root of the XML in `member`; raises as `read` and `parse_xml` do."""
        data = self.read(member)
        if data.count(b"<") + data.count(b"=") > MAX_MARKUP:
            raise too_big(self.name)
        return parse_xml(data, self.name)

    def find_xml(self, member: str) -> etree._Element | None:
        """As `read_xml`, None where there is no such member."""
        return self.read_xml(member) if member in self else None


@contextmanager
def open_archive(path: Path, file_format: str) -> Iterator[Archive]:
    """The zip file at `path`, which its suffix says is a `file_format` (DOCX).

    Raises LoadError if it cannot be read, is no zip file (and says what it is instead), has a
    password, is cut off, or is larger than a document can be.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
            if not head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK")):
                file.seek(0)
                raise not_a_zip(path.name, file_format, head, file.read(1024 * 1024))
            if size > MAX_ARCHIVE_BYTES:
                raise too_big(path.name)
            try:
                opened = zipfile.ZipFile(file)
            except (*_DAMAGE, RuntimeError) as error:
                raise damaged(path.name) from error
            with opened:
                if len(opened.infolist()) > MAX_MEMBERS:
                    raise too_big(path.name)
                yield Archive(opened, path.name)
    except OSError as error:
        raise LoadError(
            f"无法读取“{path.name}”（{error.strerror}）；请检查文件是否存在、是否有读取权限。",
            f"“{path.name}” cannot be read ({error.strerror}); check that it exists and that "
            "you may read it.",
        ) from error


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root element of the XML in `data`, with nothing fetched and nothing expanded.

    Raises LoadError if it is damaged, or declares entities, which no office format does.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if _declares_entities(data):
            raise hostile(name) from error
        raise damaged(name) from error
    if root.getroottree().docinfo.internalDTD is not None and _declares_entities(data):
        raise hostile(name)
    return root


def _declares_entities(data: bytes) -> bool:
    # In UTF-16, too.
    return b"<!ENTITY" in data.replace(b"\x00", b"")
