"""`policy-assistant documents`: what the library holds."""

from __future__ import annotations

import argparse

from assistant.commands.base import DONE, Context, common_arguments
from assistant.errors import UsageError
from assistant.serialization import document_fields, passage_fields
from knowledge.catalog import Catalog
from knowledge.documents import PolicyDocument
from knowledge.ingestion import catalog_path, index_folder
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock


class DocumentsCommand:
    """Lists, shows and removes documents."""

    name = "documents"
    help = "查看与删除文件 / list, show and remove documents"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """One action and, but for `list`, a document id."""
        common = common_arguments()
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        actions.add_parser("list", help="列出全部 / list all", parents=[common])
        for name, text in (
            ("show", "查看一份 / show one with its text and passages"),
            ("remove", "删除一份 / take one out of all answers"),
            ("history", "历次版本 / its versions"),
        ):
            action = actions.add_parser(name, help=text, parents=[common])
            action.add_argument("id", help="document id")

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Do the action."""
        from assistant.factory import build_embedder, check_home, prepare_home

        check_home(context.settings.home)
        if not catalog_path(context.settings.home).exists():
            prepare_home(
                context.settings, build_embedder(context.settings, context.notice), context.notice
            )
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
    document = catalog.document(arguments.id)
    if document is None:
        raise _unknown(arguments.id)
    if context.as_json:
        passages = [passage_fields(passage) for passage in catalog.passages_of(document.id)]
        context.json({**document_fields(document, with_text=True), "passages": passages})
        return
    for name, value in document_fields(document).items():
        if value:
            shown = "、".join(value) if isinstance(value, tuple) else value
            context.say(f"{name}: {shown}")
    context.say("\n" + document.text)


def _remove(catalog: Catalog, arguments: argparse.Namespace, context: Context) -> None:
    home = context.settings.home
    with writer_lock(home, "remove", wait_seconds=30):
        if not catalog.remove_document(arguments.id):
            raise _unknown(arguments.id)
        SearchIndex(index_folder(home)).synchronise(catalog)
    if context.as_json:
        context.json({"removed": arguments.id})
    else:
        context.say(context.text(f"已删除 {arguments.id}。", f"Removed {arguments.id}."))


def _history(catalog: Catalog, arguments: argparse.Namespace, context: Context) -> None:
    versions = catalog.history(arguments.id)
    if not versions:
        raise _unknown(arguments.id)
    rows = [
        {
            "version": info.version,
            "is_current": info.is_current,
            **document_fields(info.document),
        }
        for info in versions
    ]
    if context.as_json:
        context.json(rows)
        return
    for info in versions:
        mark = "*" if info.is_current else " "
        when = info.document.retrieved_at
        context.say(f"{mark} {info.version}  {when:%Y-%m-%d %H:%M}  {info.document.title}")


def _line(document: PolicyDocument) -> str:
    parts = [document.id, document.region or "-", document.title]
    if document.document_number:
        parts.append(document.document_number)
    return "  ".join(parts)


def _unknown(document_id: str) -> UsageError:
    return UsageError(
        f"资料库里没有编号为 {document_id} 的文件。用 policy-assistant documents list 查看编号。",
        f"The library holds no document {document_id}. See: policy-assistant documents list",
    )
