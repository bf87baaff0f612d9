"""The guards of conftest.py and the fake embedder do what other tests rely on."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import NetworkUsedError
from tests.fakes import HashEmbedder


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_no_other_machine_can_be_reached(host: str) -> None:
    with pytest.raises(NetworkUsedError, match=host):
        socket.create_connection((host, 80), timeout=0.1)


def test_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_no_setting_of_the_user_is_seen() -> None:
    assert not [name for name in os.environ if name.startswith("POLICY_ASSISTANT_")]
    assert not (Path.home() / ".policy-assistant").exists()


def test_hash_embedder_on_paper() -> None:
    embedder = HashEmbedder()
    both, one = embedder.embed_passages(["甲乙", "甲丙"])
    # One of two characters is shared: 1 / (√2 · √2).
    assert float(both @ one) == pytest.approx(0.5)
    assert np.array_equal(embedder.embed_query("乙 甲"), both)
    assert float(np.linalg.norm(embedder.embed_query(""))) == 1.0
    assert embedder.texts_embedded == 2
