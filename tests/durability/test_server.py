"""A server that is killed while it answers starts again and answers."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.durability.program import ROOT, command, environment, filled_home, write_stations

QUESTION = "第3号社工站配备多少名社工"


@contextmanager
def server(home: Path, temporary: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`policy-assistant serve` on any free port, and its address."""
    process = subprocess.Popen(
        command("serve", "--port", 0),
        env=environment(home, TMPDIR=str(temporary)),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = []
    try:
        for line in process.stderr:
            said.append(line)
            if "http://" in line:
                yield process, "http://" + line.split("http://")[1].split()[0]
                break
        else:
            raise AssertionError("the page did not come up: " + "".join(said))
    finally:
        process.kill()
        process.wait()


def fetch(address: str, body: dict[str, Any] | None = None) -> Any:
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    return urllib.request.urlopen(request, timeout=60)


def ask(address: str) -> Any:
    """Put the question as the page does; returns the stream of what comes back."""
    config = json.loads(fetch(f"{address}/config").read())
    event = next(d["id"] for d in config["dependencies"] if d["api_name"] == "_ask")
    values = [QUESTION, "", "", "0" * 32, "zh"]
    fetch(
        f"{address}/gradio_api/queue/join",
        {"data": values, "fn_index": event, "session_hash": "test"},
    ).read()
    return fetch(f"{address}/gradio_api/queue/data?session_hash=test")


def test_a_server_killed_while_it_answers_and_another_process_writes(tmp_path: Path) -> None:
    home, temporary = filled_home(tmp_path, range(1, 9)), tmp_path / "tmp"
    temporary.mkdir()
    with server(home, temporary) as (process, address):
        writer = subprocess.Popen(
            command("ingest", write_stations(tmp_path / "more", range(10, 30))),
            env=environment(home),
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        stream = ask(address)
        assert stream.readline().startswith(b"data:")
        process.kill()
        process.wait()
    assert "Traceback" not in writer.communicate()[1]
    assert writer.returncode == 0

    with server(home, temporary) as (_, address):
        told = ""
        for line in ask(address):
            told += line.decode("utf-8")
            if "process_completed" in line.decode("utf-8"):
                break
        assert "配备社工3名" in told.encode("ascii", "backslashreplace").decode("unicode_escape")
        # What the killed server had for itself is gone.
        assert len(list(temporary.glob("policy-assistant-index-*"))) == 1
