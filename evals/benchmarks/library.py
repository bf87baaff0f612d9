"""A library of a size worth measuring, made from the starter policies."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.ingestion import catalog_path, embedded_text


def write_copies(folder: Path, copies: int) -> None:
    """Write each starter policy `copies` times as a document of its own.

    Title and end of the text differ, so that nothing is skipped as known: the title is part
    of what is embedded.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for entry in (resources.files("knowledge") / "starter").iterdir():
        if not entry.name.endswith(".md"):
            continue
        text = entry.read_text(encoding="utf-8")
        for number in range(1, copies + 1):
            copy = text.replace("title: ", f"title: 第{number}号副本 ", 1)
            copy = f"{copy.rstrip()}\n\n这是第{number}号副本。\n"
            (folder / f"{number:03}-{entry.name}").write_text(copy, encoding="utf-8")


def texts_to_embed(home: Path) -> list[str]:
    """What the model was given for each passage of the library under `home`."""
    with Catalog(catalog_path(home)) as catalog:
        return [
            embedded_text(passage)
            for document in catalog.documents()
            for passage in catalog.passages_of(document.id)
        ]
