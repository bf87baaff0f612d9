"""The server around the page: its address, its port, and what it lets through."""

from __future__ import annotations

import socket

import pytest
from fastapi.testclient import TestClient

from tests.ui.fakes import FakeAssistant, FakeChecker, FakeLibrary
from ui.app import PortInUseError, address, bind, serve, web_app
from ui.gate import BODY_LIMIT


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(web_app(FakeAssistant(), FakeLibrary(), FakeChecker()))


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError) as failure:
            serve(FakeAssistant(), FakeLibrary(), FakeChecker(), port=port)
    for language in ("zh", "en"):
        assert str(port) in failure.value.message(language)
        assert "--port" in failure.value.message(language)


@pytest.mark.parametrize(("host", "port"), [("203.0.113.7", 0), ("127.0.0.1", 70000)])
def test_an_address_that_cannot_be_served_is_one_sentence(host: str, port: int) -> None:
    with pytest.raises(PortInUseError) as failure:
        bind(host, port)
    assert "--" in failure.value.message("zh")


def test_the_address_is_one_a_browser_opens() -> None:
    with bind("0.0.0.0", 0) as listener:
        assert address(listener).startswith("http://localhost:")
    if socket.has_ipv6:
        try:
            with bind("::1", 0) as listener:
                assert address(listener).startswith("http://[::1]:")
        except PortInUseError:
            pytest.skip("this machine has no IPv6 loopback address")


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/upload",
        "/gradio_api/file=pyproject.toml",
        "/gradio_api/proxy=https://example.org",
        "/gradio_api/runs",
        "/gradio_api/run/predict",
        "/gradio_api/call/ask",
        "/gradio_api/mcp/",
        "/monitoring",
        "/docs",
        "/openapi.json",
        "/gradio_api/../gradio_api/info",
        "/gradio_api//info",
    ],
)
def test_what_the_page_does_not_use_is_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_the_page_itself_is_open_and_forbids_outside_requests(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http:" not in policy and "https:" not in policy


def test_no_event_is_offered_as_an_api(client: TestClient) -> None:
    dependencies = client.get("/config").json()["dependencies"]
    assert dependencies
    assert {dependency["api_visibility"] for dependency in dependencies} == {"private"}


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    response = client.post("/gradio_api/queue/join", content=b"x" * (BODY_LIMIT + 1))
    assert response.status_code == 413
