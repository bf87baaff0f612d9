"""`policy-assistant restore`: a backup becomes the library."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path

from assistant.commands.base import DONE, Context
from knowledge.backup import note_backup, read_manifest
from knowledge.restore import restore


class RestoreCommand:
    """Puts a backup in place of the library; a running server goes on and follows."""

    name = "restore"
    help = "从备份恢复资料库 / the library from a backup"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file to read."""
        parser.add_argument("file", metavar="FILE", help="备份文件 / backup file")

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Restore, and say what is in the library now and where the former one is kept."""
        from assistant.factory import build_embedder, check_home

        home, file = context.settings.home, Path(arguments.file).expanduser()
        # Before the model is loaded: a wrong file is told at once.
        read_manifest(file)
        check_home(home)
        model = build_embedder(context.settings, context.notice).fingerprint
        restored = restore(file, home, model, wait_seconds=30)
        summary = replace(restored.backup.summary, generation=restored.generation)
        note_backup(home, file, replace(restored.backup, summary=summary))
        if context.as_json:
            former = str(restored.former) if restored.former else None
            fields = {"file": str(file), "former": former, "generation": restored.generation}
            context.json({**fields, "backup": asdict(restored.backup)})
            return DONE
        created = restored.backup.created_at
        context.say(
            context.text(
                f"已恢复 {created:%Y-%m-%d %H:%M}（UTC）的备份：{summary.documents} 份文件，"
                f"{summary.passages} 段，索引已重建。",
                f"Restored the backup of {created:%Y-%m-%d %H:%M} UTC: {summary.documents} "
                f"documents, {summary.passages} passages; the indexes are rebuilt.",
            )
        )
        if restored.former:
            context.say(
                context.text(
                    f"原资料库保存在 {restored.former}；确认无误后可以删除。",
                    f"The former library is kept in {restored.former}; delete it when all is well.",
                )
            )
        return DONE
