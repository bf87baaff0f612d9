"""How many processors this process may use."""

from __future__ import annotations

import os


def available_threads() -> int:
    """Processors that this process may use: those of its affinity, where the system has one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
