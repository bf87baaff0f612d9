"""`policy-assistant backup`: the whole library into one file."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from assistant.commands.base import DONE, Context
from knowledge.backup import back_up, note_backup
from knowledge.ingestion import catalog_path


class BackupCommand:
    """Writes a checked copy of the library, while others read and write it."""

    name = "backup"
    help = "备份资料库到一个文件 / the library into one file"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file to write."""
        parser.add_argument(
            "file", metavar="FILE", help="备份文件 / backup file, such as library.zip"
        )
        parser.add_argument(
            "--force", action="store_true", help="覆盖已有文件 / overwrite a file that exists"
        )

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Back up, and say what is in the file."""
        home, file = context.settings.home, Path(arguments.file).expanduser()
        backup = back_up(catalog_path(home), file, overwrite=arguments.force)
        note_backup(home, file, backup)
        if context.as_json:
            context.json({"file": str(file), **asdict(backup)})
            return DONE
        summary, size = backup.summary, file.stat().st_size / 2**20
        context.say(
            context.text(
                f"已备份到 {file}：{summary.documents} 份文件，{summary.passages} 段，"
                f"{size:.2f} MiB，已校验。恢复：policy-assistant restore {file}",
                f"Backed up to {file}: {summary.documents} documents, {summary.passages} passages, "
                f"{size:.2f} MiB, checked. To restore: policy-assistant "
                f"restore {file}",
            )
        )
        return DONE
