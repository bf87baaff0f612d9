"""`policy-assistant documents edit`: a document's metadata corrected by the user."""

from __future__ import annotations

import argparse

from assistant.commands.base import Context
from assistant.errors import UsageError
from assistant.serialization import document_fields, edit_fields
from knowledge.catalog import Catalog
from knowledge.edited_document import EditReport, edit_document
from knowledge.ingestion import catalog_path
from knowledge.metadata_edits import EDITABLE, LISTS, MetadataError, Value, parse_edit

# Options whose name is not that of the field.
_OPTIONS = {"issuers": "--issuer"}
_HELP = {
    "title": "标题 / title",
    "issuers": "发文机关，可重复 / issuer, repeatable",
    "document_number": "发文字号 / document number",
    "region": "适用地区 / region, such as 广西 or 浙江杭州市",
    "published_on": "发布日期 / date of publication, 2024-01-31",
    "effective_from": "施行日期 / in force from",
    "effective_until": "失效日期 / last day in force",
    "status": "效力状态 / validity: current, not_yet_in_force, amended, repealed, lapsed, unknown",
    "supersedes": "所废止或取代的文件，可重复 / what it repeals or replaces, repeatable",
}


def add_edit_arguments(parser: argparse.ArgumentParser) -> None:
    """An option for each field that may be corrected; "" empties a field."""
    parser.add_argument("id", help="document id")
    for field in EDITABLE:
        option = _OPTIONS.get(field, "--" + field.replace("_", "-"))
        action = "append" if field in LISTS else "store"
        parser.add_argument(option, dest=field, action=action, metavar="VALUE", help=_HELP[field])
    parser.add_argument(
        "--reset",
        action="append",
        default=[],
        metavar="FIELD",
        help="恢复为原文所载，可重复；all 为全部 / back to what the source says, repeatable; or all",
    )


def run_edit(arguments: argparse.Namespace, context: Context) -> EditReport:
    """Correct the fields given, and say what stands now."""
    from assistant.factory import build_embedder

    changes, resets = _asked(arguments)
    try:
        report = edit_document(
            context.settings.home,
            arguments.id,
            changes,
            resets,
            lambda: build_embedder(context.settings, context.notice),
            wait_seconds=30,
        )
    except MetadataError as error:
        raise UsageError(error.message_zh, error.message_en) from error
    if report is None:
        raise unknown_document(arguments.id)
    with Catalog(catalog_path(context.settings.home)) as catalog:
        edits = edit_fields(catalog.edits(arguments.id), catalog.found(arguments.id))
    if context.as_json:
        context.json(
            {**document_fields(report.document), "edited": edits, "embedded": report.embedded}
        )
        return report
    for field in dict.fromkeys((*changes, *resets)):
        value = shown(getattr(report.document, field)) or context.text("（无）", "(none)")
        context.say(f"{field}: {value}{edit_mark(edits, field, context)}")
    if report.embedded:
        context.say(
            context.text(
                f"标题已变，重新计算了 {report.embedded} 段的向量。",
                f"The title changed: {report.embedded} passages were embedded again.",
            )
        )
    return report


def edit_mark(edits: dict[str, dict[str, object]], field: str, context: Context) -> str:
    """What follows a corrected value where it is shown; "" after one that is as it was found."""
    if field not in edits:
        return ""
    found = shown(edits[field]["found"]) or context.text("无", "none")
    when = edits[field]["edited_at"]
    if when is None:
        return context.text(
            f"  （按修改后的日期得出；原为 {found}）", f"  (follows from edited dates; was {found})"
        )
    return context.text(
        f"  （{str(when)[:10]} 修改；原文所载：{found}）",
        f"  (edited {str(when)[:10]}; the source says: {found})",
    )


def shown(value: object) -> str:
    """A value of a field on one line."""
    if isinstance(value, tuple | list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def unknown_document(document_id: str) -> UsageError:
    """The error for an id that the library does not hold."""
    return UsageError(
        f"资料库里没有编号为 {document_id} 的文件。用 policy-assistant documents list 查看编号。",
        f"The library holds no document {document_id}. See: policy-assistant documents list",
    )


def _asked(arguments: argparse.Namespace) -> tuple[dict[str, Value], tuple[str, ...]]:
    """The corrections and the fields to take back; raises UsageError for a wrong value."""
    resets: list[str] = []
    for name in arguments.reset:
        field = {"issuer": "issuers"}.get(name, name.replace("-", "_"))
        if field != "all" and field not in EDITABLE:
            raise UsageError(
                f"没有可修改的字段“{name}”，可用：{'、'.join(EDITABLE)}、all。",
                f"There is no field “{name}” to reset; use one of: {', '.join(EDITABLE)}, all.",
            )
        resets += EDITABLE if field == "all" else (field,)
    try:
        changes = {
            field: parse_edit(field, given)
            for field in EDITABLE
            if (given := getattr(arguments, field)) is not None
        }
    except MetadataError as error:
        raise UsageError(error.message_zh, error.message_en) from error
    if not changes and not resets:
        raise UsageError(
            "请至少给出一个要修改的字段（如 --region 广西）或 --reset 字段。",
            "Give at least one field to change (such as --region 广西) or --reset FIELD.",
        )
    if both := set(changes) & set(resets):
        raise UsageError(
            f"字段 {'、'.join(sorted(both))} 不能同时修改和恢复。",
            f"{', '.join(sorted(both))} cannot be changed and reset at once.",
        )
    return changes, tuple(dict.fromkeys(resets))
