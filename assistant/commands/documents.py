"""`policy-assistant documents`: what the library holds."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from assistant.commands.base import DONE, Context, common_arguments
from assistant.commands.document_edit import (
    add_edit_arguments,
    edit_mark,
    run_edit,
    shown,
    unknown_document,
)
from assistant.errors import UsageError
from assistant.serialization import document_fields, edit_fields, passage_fields
from knowledge.catalog import Catalog
from knowledge.documents import PolicyDocument
from knowledge.ingestion import catalog_path, index_folder
from knowledge.search_index import SearchIndex
from knowledge.version_changes import changes_between
from knowledge.writer_lock import writer_lock


class DocumentsCommand:
    """Lists, shows, corrects and removes documents."""

    name = "documents"
    help = "查看、修改与删除文件 / list, show, edit and remove documents"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """One action and, but for `list`, a document id."""
        common = common_arguments()
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        actions.add_parser("list", help="列出全部 / list all", parents=[common])
        for name, text in (
            ("show", "查看一份 / show one with its text and passages"),
            ("remove", "删除一份 / take one out of all answers"),
            ("history", "历次版本 / its versions and what changed"),
        ):
            action = actions.add_parser(name, help=text, parents=[common])
            action.add_argument("id", help="document id")
            if name == "show":
                action.add_argument(
                    "--version", type=int, help="历史版本号 / a former version, by its number"
                )
        edit = actions.add_parser(
            "edit", help="修改标题、地区、日期等 / correct its metadata", parents=[common]
        )
        add_edit_arguments(edit)

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Do the action."""
        from assistant.factory import build_embedder, check_home, prepare_home

        check_home(context.settings.home, reading=True)
        if not catalog_path(context.settings.home).exists():
            prepare_home(
                context.settings, build_embedder(context.settings, context.notice), context.notice
            )
        if arguments.action == "edit":
            run_edit(arguments, context)
            return DONE
        with Catalog(catalog_path(context.settings.home)) as catalog:
            action = {
                "list": _list,
                "show": _show,
                "remove": _remove,
                "history": _history,
            }[arguments.action]
            action(catalog, arguments, context)
        return DONE


def _list(catalog: Catalog, arguments: argparse.Namespace, context: Context) -> None:
    documents = catalog.documents()
    if context.as_json:
        context.json([document_fields(document) for document in documents])
        return
    for document in documents:
        context.say(_line(document))
    context.say(context.text(f"共 {len(documents)} 份文件。", f"{len(documents)} documents."))


def _show(catalog: Catalog, arguments: argparse.Namespace, context: Context) -> None:
    number: int | None = arguments.version
    document = catalog.document(arguments.id, number)
    if document is None and number is not None and catalog.document(arguments.id):
        raise UsageError(
            f"文件 {arguments.id} 没有版本 {number}。"
            f"用 policy-assistant documents history {arguments.id} 查看版本号。",
            f"Document {arguments.id} has no version {number}. "
            f"See: policy-assistant documents history {arguments.id}",
        )
    if document is None:
        raise unknown_document(arguments.id)
    edits = edit_fields(catalog.edits(document.id), catalog.found(document.id, number))
    if context.as_json:
        passages = [passage_fields(passage) for passage in catalog.passages_of(document.id, number)]
        fields = document_fields(document, with_text=True)
        context.json({**fields, "edited": edits, "passages": passages})
        return
    for name, value in document_fields(document).items():
        if value or name in edits:
            context.say(f"{name}: {shown(value)}{edit_mark(edits, name, context)}")
    context.say("\n" + document.text)


def _remove(catalog: Catalog, arguments: argparse.Namespace, context: Context) -> None:
    home = context.settings.home
    with writer_lock(home, "remove", wait_seconds=30):
        if not catalog.remove_document(arguments.id):
            raise unknown_document(arguments.id)
        SearchIndex(index_folder(home)).synchronise(catalog)
    if context.as_json:
        context.json({"removed": arguments.id})
    else:
        context.say(context.text(f"已删除 {arguments.id}。", f"Removed {arguments.id}."))


def _history(catalog: Catalog, arguments: argparse.Namespace, context: Context) -> None:
    versions = catalog.history(arguments.id)
    if not versions:
        raise unknown_document(arguments.id)
    rows = [
        {
            "version": info.version,
            "is_current": info.is_current,
            "changes": asdict(change) if change else None,
            **document_fields(info.document),
        }
        for info, change in zip(versions, changes_between(catalog, versions), strict=True)
    ]
    if context.as_json:
        context.json(rows)
        return
    for info, change in zip(versions, changes_between(catalog, versions), strict=True):
        mark = "*" if info.is_current else " "
        when = info.document.retrieved_at
        context.say(
            f"{mark} {info.version}  {f'{when:%Y-%m-%d %H:%M}  ' if when else ''}{info.document.title}"
        )
        if change is None:
            continue
        fields = context.text("、", ", ").join(change.fields) or context.text("无", "none")
        context.say(
            context.text(
                f"      新增或修改 {change.passages_new} 段，删去 {change.passages_gone} 段；字段变化：{fields}",
                f"      {change.passages_new} passages new or changed, {change.passages_gone} gone; "
                f"fields changed: {fields}",
            )
        )


def _line(document: PolicyDocument) -> str:
    parts = [document.id, document.region or "-", document.title]
    if document.document_number:
        parts.append(document.document_number)
    return "  ".join(parts)
