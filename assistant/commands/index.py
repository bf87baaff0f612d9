"""`policy-assistant index`: the search indexes against the catalogue."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from assistant.commands.base import DONE, FAILED, Context
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, index_folder
from knowledge.search_index import SearchIndex
from knowledge.writer_lock import writer_lock


class IndexCommand:
    """Checks and rebuilds the indexes."""

    name = "index"
    help = "检查与重建索引 / check and rebuild the indexes"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The action."""
        parser.add_argument("action", choices=("check", "rebuild"))

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Exit code 0 if the indexes are in step with the catalogue afterwards."""
        from assistant.factory import build_embedder, check_home, prepare_home

        home = context.settings.home
        check_home(home, reading=True)
        if not catalog_path(home).exists():
            # An empty catalogue made here would keep the starter policies out for good.
            embedder = build_embedder(context.settings, context.notice)
            prepare_home(context.settings, embedder, context.notice)
        index = SearchIndex(index_folder(home))
        with Catalog(catalog_path(home)) as catalog:
            if arguments.action == "rebuild":
                with writer_lock(home, "rebuild", wait_seconds=30):
                    index.synchronise(catalog, rebuild=True)
            state = index.check(catalog)
        if context.as_json:
            context.json({**asdict(state), "in_step": state.in_step})
        elif state.in_step:
            context.say(
                context.text(
                    f"索引与资料库一致，共 {state.catalog_passages} 段。",
                    f"The indexes are in step with the catalogue: {state.catalog_passages} passages.",
                )
            )
        else:
            context.say(
                context.text(
                    f"索引与资料库不一致（{state.problem or '版本落后'}）。"
                    "请运行 policy-assistant index rebuild。",
                    f"The indexes are out of step ({state.problem or 'older generation'}). "
                    "Run: policy-assistant index rebuild",
                )
            )
        return DONE if state.in_step else FAILED
