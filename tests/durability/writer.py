"""A process that ingests and says what is safe, so that a test may kill it.

`python -m tests.durability.writer HOME PATH …`: writes the number of documents that have been
committed, a line each time it grows.
"""

from __future__ import annotations

import sys
from pathlib import Path

import knowledge.ingestion as ingestion
from knowledge.ingestion import IngestProgress, ingest
from tests.fakes import HashEmbedder


def main(home: str, *inputs: str) -> None:
    # Small batches: many commits to be killed in between.
    ingestion._BATCH_PASSAGES = 4
    said = -1

    def report(progress: IngestProgress) -> None:
        nonlocal said
        if progress.documents != said:
            said = progress.documents
            sys.stdout.write(f"{said}\n")
            sys.stdout.flush()

    ingest(inputs, Path(home), HashEmbedder(), report=report)


if __name__ == "__main__":
    main(*sys.argv[1:])
