"""A process that searches again and again, and tells what it saw when its input ends.

`python -m tests.durability.reader HOME`: one line "ready" after the first search, at the end
one line of JSON: the number of searches, the revisions of station 1 in the order seen, and what
was wrong with any single search.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from knowledge.ingestion import catalog_path, index_folder
from knowledge.retrieval import HybridRetriever, SearchQuery
from tests.durability.program import revisions
from tests.fakes import HashEmbedder


def main(home: Path) -> None:
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    retriever = HybridRetriever(catalog_path(home), index_folder(home), HashEmbedder())
    searches, seen, wrong = 0, [], []
    while True:
        last = ended.is_set()
        texts = [one.passage.text for one in retriever.retrieve(SearchQuery("第1号社工站"), 100)]
        searches += 1
        found = revisions(" ".join(text for text in texts if text.startswith("第1号")))
        if len(found) != 1:
            wrong.append(f"search {searches}: revisions {found} of station 1")
        elif not seen or seen[-1] != found[0]:
            seen.append(found[0])
        if len(set(texts)) != len(texts):
            wrong.append(f"search {searches}: a passage twice")
        if not any(text.startswith("第2号") for text in texts):
            wrong.append(f"search {searches}: station 2, which never changes, is gone")
        if searches == 1:
            sys.stdout.write("ready\n")
            sys.stdout.flush()
        if last:
            break
    sys.stdout.write(json.dumps({"searches": searches, "seen": seen, "wrong": wrong[:5]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
