"""What a user may correct of a document: the fields, their values, and how they take effect.

A correction belongs to the document's id, not to one version: it holds for every later reading
of the same source until it is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, get_args

from knowledge.documents import PolicyDocument, ValidityStatus
from knowledge.errors import KnowledgeError
from knowledge.references import find_references
from knowledge.regions import canonical_region
from knowledge.validity import status_on

Value = str | tuple[str, ...] | date | None

DATES = ("published_on", "effective_from", "effective_until")
LISTS = ("issuers", "supersedes")
EDITABLE = ("title", "issuers", "document_number", "region", *DATES, "status", "supersedes")
_STATUSES: tuple[str, ...] = get_args(ValidityStatus)
# States that follow from the dates alone, and no longer hold when the dates are corrected.
_BY_DATE = ("lapsed", "not_yet_in_force")
# The longest real titles of policies have about 100 characters.
_LONGEST = 300


class MetadataError(KnowledgeError):
    """A correction has a value that its field cannot have."""


@dataclass(frozen=True, slots=True)
class MetadataEdit:
    """One corrected field of one document."""

    field: str
    """One of EDITABLE."""
    value: Value
    """What the user says; None or () where the document has none."""
    edited_at: datetime


def parse_edit(field: str, given: str | Sequence[str]) -> Value:
    """The value that a user wrote for `field`; "" stands for none.

    `given` is a sequence for the fields in LISTS. Raises MetadataError with what is wrong.
    """
    if field in LISTS:
        parts = [given] if isinstance(given, str) else given
        return tuple(dict.fromkeys(_line(field, part).strip("《》") for part in parts if part))
    text = _line(field, given if isinstance(given, str) else " ".join(given))
    if not text and field in ("title", "status"):
        raise MetadataError(f"{field} 不能为空。", f"{field} cannot be empty.")
    if not text:
        return None
    if field in DATES:
        return _date(field, text)
    if field == "region":
        return _region(text)
    if field == "status" and text not in _STATUSES:
        raise MetadataError(
            f"没有名为“{text}”的效力状态，可用：{'、'.join(_STATUSES)}。",
            f"There is no status “{text}”; use one of: {', '.join(_STATUSES)}.",
        )
    if field == "document_number":
        return next(iter(find_references(text).document_numbers), text)
    return text


def apply_edits(
    document: PolicyDocument, edits: Mapping[str, MetadataEdit], today: date | None = None
) -> PolicyDocument:
    """`document` with its corrections; its status follows corrected dates."""
    if not edits:
        return document
    changes: dict[str, Any] = {name: edit.value for name, edit in edits.items()}
    edited = replace(document, **changes)
    if "status" in edits or not any(name in edits for name in DATES):
        return edited
    return replace(edited, status=_status(edited, today or date.today()))


def check_dates(document: PolicyDocument) -> None:
    """Raise MetadataError where a document would end before it begins."""
    start, end = document.effective_from, document.effective_until
    if start and end and end < start:
        raise MetadataError(
            f"失效日期 {end} 早于施行日期 {start}，请检查。",
            f"It would end on {end}, before it takes effect on {start}; check both dates.",
        )


def _status(document: PolicyDocument, today: date) -> ValidityStatus:
    by_dates = status_on(
        today,
        published_on=document.published_on,
        effective_from=document.effective_from,
        effective_until=document.effective_until,
    )
    if document.status in ("amended", "repealed"):
        return document.status
    if by_dates in _BY_DATE or document.status in _BY_DATE or by_dates == "current":
        return by_dates
    return document.status


def _line(field: str, given: str) -> str:
    text = " ".join(given.split())
    if len(text) > _LONGEST or not text.isprintable():
        raise MetadataError(
            f"{field} 的值超过 {_LONGEST} 个字符，或含有控制字符。",
            f"The value of {field} is longer than {_LONGEST} characters or holds control "
            "characters.",
        )
    return text


def _date(field: str, text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise MetadataError(
        f"{field} 的日期“{text}”无法识别，请写成 2024-01-31 的形式。",
        f"The date “{text}” of {field} is not understood; write it as 2024-01-31.",
    )


def _region(text: str) -> str:
    known = canonical_region(text)
    if known is None:
        raise MetadataError(
            f"“{text}”不是已知的地区。请写全国、省名（广西）或省名加市名（浙江杭州市）。",
            f"“{text}” is no known region. Give 全国, a province (广西) or a province and city "
            "(浙江杭州市).",
        )
    return known
