"""`policy-assistant doctor`: is everything in place?"""

from __future__ import annotations

import argparse
import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from assistant.commands.base import DONE, FAILED, Context
from knowledge.errors import KnowledgeError

_LIBRARIES = ("chromadb", "tantivy", "onnxruntime", "langchain-core", "gradio", "torch")
# Model, indexes and a copy of the indexes while they are written.
_NEEDED_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    detail: str


class DoctorCommand:
    """Looks at settings, home folder, model, indexes, and asks one question."""

    name = "doctor"
    help = "自检 / check the installation"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """None of its own."""

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Print a line a finding; exit code 0 if all are well."""
        findings = [_look(name, look, context) for name, look in _LOOKS]
        if context.as_json:
            context.json([asdict(finding) for finding in findings])
        else:
            for finding in findings:
                context.say(f"{'✓' if finding.ok else '✗'} {finding.name}: {finding.detail}")
        return DONE if all(finding.ok for finding in findings) else FAILED


def _look(name: str, look: Callable[[Context], str], context: Context) -> Finding:
    try:
        return Finding(name, True, look(context))
    except KnowledgeError as error:
        return Finding(name, False, error.message(context.language))


def _versions(context: Context) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"Python {platform.python_version()}, {libraries}"


def _home(context: Context) -> str:
    from assistant.factory import check_home

    check_home(context.settings.home)
    free = shutil.disk_usage(context.settings.home).free
    if free < _NEEDED_BYTES:
        raise KnowledgeError(
            f"{context.settings.home} 所在磁盘只剩 {free // 2**20} MiB，请清理。",
            f"Only {free // 2**20} MiB are free for {context.settings.home}; make room.",
        )
    return f"{context.settings.home} ({free // 2**30} GiB free)"


def _model(context: Context) -> str:
    from assistant.factory import build_embedder

    started = time.perf_counter()
    embedder = build_embedder(context.settings, context.notice)
    embedder.embed_query("社会工作")
    return f"{embedder.fingerprint}, {time.perf_counter() - started:.1f} s"


def _library(context: Context) -> str:
    assistant = context.assistant()
    snapshot = assistant.retriever.snapshot()
    return (
        f"{len(snapshot.documents())} documents, {snapshot.dense.size} passages, "
        f"generation {snapshot.generation}"
    )


def _library_file(context: Context) -> Path:
    """The catalogue's file; opening one that is not there would make an empty library."""
    from knowledge.ingestion import catalog_path

    path = catalog_path(context.settings.home)
    if not path.exists():
        raise KnowledgeError(
            "资料库尚未建立；解决上面的问题后运行任一命令即可建立。",
            "There is no library yet; mend what is named above, then run any command.",
        )
    return path


def _catalogue(context: Context) -> str:
    from knowledge.catalog import Catalog

    path = _library_file(context)
    with Catalog(path) as catalog:
        catalog.check()
        versions = len(catalog.versions())
    return f"every page is sound, {versions} versions, {path.stat().st_size / 2**20:.1f} MiB"


def _backup(context: Context) -> str:
    from knowledge.backup import last_backup
    from knowledge.catalog import Catalog

    home = context.settings.home
    if (last := last_backup(home)) is None:
        return context.text(
            "还没有备份；请运行 policy-assistant backup 文件名.zip",
            "none yet; run: policy-assistant backup FILE.zip",
        )
    file, when, generation = last
    with Catalog(_library_file(context)) as catalog:
        is_same = catalog.generation == generation
    since = "" if is_same else context.text("，此后资料库有变化", ", the library has changed since")
    return f"{file}, {when:%Y-%m-%d %H:%M} UTC{since}"


def _indexes(context: Context) -> str:
    from knowledge.catalog import Catalog
    from knowledge.ingestion import index_folder
    from knowledge.search_index import SearchIndex

    with Catalog(_library_file(context)) as catalog:
        state = SearchIndex(index_folder(context.settings.home)).check(catalog)
    if not state.in_step:
        raise KnowledgeError(
            f"索引与资料库不一致（{state.problem}），请运行 policy-assistant index rebuild。",
            f"The indexes are out of step ({state.problem}). Run: policy-assistant index rebuild",
        )
    return f"in step, {state.catalog_passages} passages"


def _chat_model(context: Context) -> str:
    from assistant.chat_failure import ChatFailure
    from assistant.chat_notes import cause_in_words
    from assistant.factory import chat_settings
    from assistant.generative import ChatModel

    chat = chat_settings(context.settings)
    if chat is None:
        return context.text("未配置，回答为原文摘录", "none: answers are quoted")
    model = ChatModel(chat)
    model.open()
    started = time.perf_counter()
    try:
        for _piece in model.stream("只回答一个字。", "好"):
            pass
    except ChatFailure as failure:
        raise KnowledgeError(
            f"{chat.model}：{cause_in_words(failure.cause, 'zh')}。在此之前，回答为原文摘录。",
            f"{chat.model}: {cause_in_words(failure.cause, 'en')}. Until then answers are quoted.",
        ) from failure
    where = f" ({chat.base_url})" if chat.base_url else ""
    return f"{chat.model}{where}, {time.perf_counter() - started:.1f} s"


_LOOKS: tuple[tuple[str, Callable[[Context], str]], ...] = (
    ("versions", _versions),
    ("home", _home),
    ("embedding model", _model),
    ("library", _library),
    ("catalogue", _catalogue),
    ("indexes", _indexes),
    ("backup", _backup),
    ("chat model", _chat_model),
)
