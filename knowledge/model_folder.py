"""A folder whose files are known: written whole, checked by a manifest, published by a rename.

The manifest holds each file's size, modification time and SHA-256, and the fingerprint of the
vectors that the model in the folder makes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

MANIFEST_FILE = "manifest.json"

_FORMAT = 1
_ABANDONED_SECONDS = 3600


def write_manifest(folder: Path, fingerprint: str) -> None:
    """Record every file that is in `folder` now."""
    files = {}
    for path in sorted(folder.iterdir()):
        found = path.stat()
        files[path.name] = {
            "size": found.st_size,
            "modified_ns": found.st_mtime_ns,
            "sha256": sha256_of(path),
        }
    manifest = {"format": _FORMAT, "fingerprint": fingerprint, "files": files}
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def read_fingerprint(folder: Path) -> str:
    """The fingerprint in a converted folder's manifest; "" if the folder is none of ours."""
    manifest = _read_manifest(folder)
    return str(manifest["fingerprint"]) if manifest else ""


def is_intact(folder: Path, *, thorough: bool = False) -> bool:
    """Whether the folder is a whole conversion.

    Sizes and modification times are compared with the manifest; a file whose time differs (a
    copied or restored folder), or every file if `thorough`, is hashed.
    """
    manifest = _read_manifest(folder)
    if manifest is None:
        return False
    try:
        for name, expected in manifest["files"].items():
            found = (folder / name).stat()
            if found.st_size != expected["size"]:
                return False
            known = not thorough and found.st_mtime_ns == expected["modified_ns"]
            if not known and sha256_of(folder / name) != expected["sha256"]:
                return False
    except (OSError, KeyError, TypeError, AttributeError):
        return False
    return True


def publish(building: Path, folder: Path) -> None:
    """Put the finished folder in place, unless another process was faster."""
    if is_intact(folder):
        return
    if folder.exists():
        move_away(folder)
    try:
        building.rename(folder)
    except OSError:
        if not is_intact(folder):
            raise


def move_away(folder: Path) -> None:
    """Take a damaged folder out of sight at once, then delete it."""
    grave = Path(tempfile.mkdtemp(prefix=".damaged-", dir=folder.parent))
    try:
        folder.rename(grave / folder.name)
    except FileNotFoundError:
        pass  # another process took it away first
    finally:
        shutil.rmtree(grave, ignore_errors=True)


def remove_abandoned(parent: Path) -> None:
    """Remove what killed conversions left behind, but not what one may be writing now."""
    for path in [*parent.glob(".converting-*"), *parent.glob(".damaged-*")]:
        try:
            old = time.time() - path.stat().st_mtime > _ABANDONED_SECONDS
        except OSError:
            continue
        if old:
            shutil.rmtree(path, ignore_errors=True)


def _read_manifest(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        return None
    return manifest if "fingerprint" in manifest and "files" in manifest else None


def sha256_of(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
