"""How many processors this process may use, and does."""

from __future__ import annotations

import os

import threadpoolctl


def available_threads() -> int:
    """Processors that this process may use: those of its affinity, where the system has one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def keep_blas_to_one_thread() -> None:
    """Let NumPy multiply in the thread that asks, for the whole process.

    Vectors of a search are short. OpenBLAS's other threads gain nothing on them, and spin for a
    while afterwards on the processors that the embedding model waits for: with two processors a
    search took 35 ms instead of 19.
    """
    threadpoolctl.threadpool_limits(limits=1, user_api="blas")
