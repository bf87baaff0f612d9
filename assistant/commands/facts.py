"""`policy-assistant facts`: the extracted domain, target and funding facts."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from assistant.commands.base import DONE, Context
from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path
from knowledge.regions import canonical_region


class FactsCommand:
    """Lists facts with their verbatim statements."""

    name = "facts"
    help = "查看提取的政策要点 / the extracted facts"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Filters."""
        parser.add_argument("--kind", choices=("domain", "target", "funding"))
        parser.add_argument("--region")

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Print one fact a line."""
        from assistant.factory import build_embedder, check_home, prepare_home

        home = context.settings.home
        check_home(home, reading=True)
        if not catalog_path(home).exists():
            prepare_home(
                context.settings, build_embedder(context.settings, context.notice), context.notice
            )
        with Catalog(catalog_path(home)) as catalog:
            facts = catalog.facts(arguments.kind, canonical_region(arguments.region))
        if context.as_json:
            context.json([asdict(fact) for fact in facts])
            return DONE
        for fact in facts:
            when = f" [{fact.deadline}]" if fact.deadline else ""
            context.say(
                f"{fact.kind}  {fact.region or '-'}{when}  {' '.join(fact.statement.split())}"
            )
        return DONE
