"""A fresh home folder for one run: nobody's library is measured, and none is touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from knowledge.embedding import Embedder

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a suite or a benchmark runs in."""

    settings: Settings
    """The user's settings, with a home folder of its own that will be thrown away."""
    embedder: Embedder
    """The user's embedding model, opened."""
    notice: Notice

    @property
    def home(self) -> Path:
        """The home folder that will be thrown away."""
        return self.settings.home


@contextmanager
def fresh_workspace(settings: Settings, notice: Notice) -> Iterator[Workspace]:
    """A workspace with an empty library and the user's model; removed at the end.

    The model is converted once, in the user's own home, and borrowed from there. The library
    takes the starter policies on first use, whatever the user's settings say.
    """
    # Here, because every command of the program imports this module.
    from assistant.factory import build_embedder

    embedder = build_embedder(settings, notice)
    with tempfile.TemporaryDirectory(prefix="policy-assistant-eval-") as name:
        home = Path(name)
        _borrow(settings.home / "models", home / "models")
        if (settings.home / "settings.env").is_file():
            # A benchmark starts the program anew in this home; it must find the same settings.
            shutil.copy2(settings.home / "settings.env", home / "settings.env")
        yield Workspace(
            settings.model_copy(update={"home": home, "starter": True}), embedder, notice
        )


def _borrow(source: Path, target: Path) -> None:
    if not source.is_dir():
        return
    try:
        target.symlink_to(source, target_is_directory=True)
    except OSError:  # Windows without the right to make links
        shutil.copytree(source, target)
