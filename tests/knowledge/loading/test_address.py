"""Addresses: nobody gets at an internal machine, and no server can hold or flood the program."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import LoadError
from knowledge.loading import LoadedFile
from knowledge.loading.address import fetch_address
from knowledge.loading.public_address import is_public, parse_target
from tests.knowledge.loading.test_docx import make_docx, paragraph

TITLE = "某市社会工作服务站建设办法"
TEXT = "到2027年，全市建成120个社工站，每站配备不少于3名专职社工，所需经费列入年度预算。"
PAGE = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{TEXT}</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A small site with everything that can go right or wrong."""

    docx = b""
    stop = threading.Event()

    def log_message(self, format: str, *args: object) -> None:
        pass

    def answer(self, body: bytes, kind: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def go(self, where: str) -> None:
        self.answer(b"", "", 302, Location=where)

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        match self.path:
            case "/page.html":
                self.answer(PAGE.encode(), "text/html; charset=utf-8")
            case "/gbk.html":
                self.answer(PAGE.encode("gb18030"), "text/html; charset=gb2312")
            case "/gzip.html":
                self.answer(gzip.compress(PAGE.encode()), "text/html", Content_Encoding="gzip")
            case "/bomb.html":
                packed = gzip.compress(bytes(30_000_000))
                self.answer(packed, "text/html", Content_Encoding="gzip")
            case "/file":
                self.answer(
                    self.docx, "application/octet-stream",
                    Content_Disposition='attachment; filename="办法.docx"'.encode().decode("latin-1"),
                )  # fmt: skip
            case "/%E5%8A%9E%E6%B3%95.docx?x=1":
                self.answer(self.docx, "")
            case "/note.txt":
                self.answer(TEXT.encode("gb18030"), "text/plain; charset=GBK")
            case "/legacy":
                self.answer(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword")
            case "/video":
                self.answer(bytes(500), "video/mp4")
            case "/empty":
                self.answer(b"", "text/html")
            case "/missing":
                self.answer(b"no", "text/html", 404)
            case "/challenge":
                self.answer(b"no", "text/html", 412)
            case "/once":
                self.go("/page.html")
            case "/loop":
                self.go(f"http://127.0.0.1:{port}/loop")
            case "/inside":
                self.go("http://10.0.0.7/admin")
            case "/scheme":
                self.go("file:///etc/passwd")
            case "/endless":
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                while not self.stop.is_set():
                    try:
                        self.wfile.write(b"a" * 65536)
                    except OSError:
                        return
            case "/slow" | "/slow-head":
                if self.path == "/slow":
                    self.send_response(200)
                    self.end_headers()
                while not self.stop.wait(0.05):
                    try:
                        self.wfile.write(b"a")
                        self.wfile.flush()
                    except OSError:
                        return
            case "/short":
                self.answer(PAGE.encode(), "text/html", Content_Length="99999")
            case "/nonsense":
                self.wfile.write(b"\x00\x01\x02 no http\r\n\r\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = make_docx(tmp_path_factory.mktemp("site") / "办法.docx", paragraph(TEXT))
    Site.docx = path.read_bytes()
    Site.stop.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Site.stop.set()
    server.shutdown()
    server.server_close()


def text_of(loaded: LoadedFile) -> str:
    return "\n".join(page.text for page in loaded.pages)


def failure(url: str, **options: object) -> LoadError:
    with pytest.raises(LoadError) as caught:
        fetch_address(url, **options)  # type: ignore[arg-type]
    for message in (caught.value.message_zh, caught.value.message_en):
        assert message and "\n" not in message and "Traceback" not in message
    return caught.value


@pytest.mark.parametrize(
    "path",
    ["/page.html", "/gbk.html", "/gzip.html", "/file", "/办法.docx?x=1", "/note.txt", "/once"],
)
def test_a_document_is_read_by_its_type_and_its_encoding(site: str, path: str) -> None:
    loaded = fetch_address(site + path, allow_private=True)
    assert TEXT in text_of(loaded)
    assert loaded.source == site + path
    if "html" in path or path == "/once":
        assert loaded.metadata["title"] == TITLE


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/missing", "404"),
        ("/challenge", "另存为文件"),
        ("/video", "video/mp4"),
        ("/empty", "空白"),
        ("/legacy", "另存为"),
        ("/loop", "跳转"),
        ("/scheme", "http 或 https"),
        ("/short", "不完整"),
        ("/nonsense", "不合规范"),
        ("/bomb.html", "上限"),
    ],
)
def test_what_cannot_be_read_is_said(site: str, path: str, words: str) -> None:
    error = failure(site + path, allow_private=True, max_bytes=20_000_000)
    assert words in error.message_zh


def test_an_endless_answer_is_cut_at_the_size_allowed(site: str) -> None:
    assert "上限" in failure(site + "/endless", allow_private=True, max_bytes=300_000).message_zh


@pytest.mark.parametrize("path", ["/slow", "/slow-head"])
def test_an_answer_a_byte_at_a_time_is_cut_at_the_time_allowed(site: str, path: str) -> None:
    start = time.monotonic()
    assert "时间" in failure(site + path, allow_private=True, timeout=0.6).message_zh
    assert time.monotonic() - start < 5


def test_nothing_listens_there() -> None:
    assert "无法连接" in failure("http://127.0.0.1:9/x", allow_private=True).message_zh


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://①②⑦.⓪.⓪.①/",
        "https://127.0.0.1:8443/",
    ],
)
def test_internal_machines_are_refused(url: str) -> None:
    assert "内部网络" in failure(url).message_zh


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1.5/",
        "http://[::1%25eth0]/",
        "http://user:pass@example.org/",
        "http://user@127.0.0.1/",
        "http:///x",
        "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org:99999/",
        "http://[::1/",
        "http://example.org/" + "a" * 3000,
        "http://example.org/\r\nHost: x",
    ],
)
def test_tricks_with_the_spelling_are_refused(url: str) -> None:
    with pytest.raises(LoadError):
        parse_target(url)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/x", "gopher://x/", "data:text/html,x", "", "通知"],
)
def test_other_schemes_are_refused(url: str) -> None:
    assert "http" in failure(url).message_zh


def test_a_redirect_to_an_internal_machine_is_refused(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test's own site stands for a public one; everything else is judged as always.
    port = int(site.rsplit(":", 1)[1])
    seen: list[str] = []

    def judged(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
        seen.append(str(address))
        return str(address) == "127.0.0.1" or is_public(address)

    monkeypatch.setattr("knowledge.loading.public_address.is_public", judged)
    assert "内部网络" in failure(f"http://127.0.0.1:{port}/inside").message_zh
    assert seen == ["127.0.0.1", "10.0.0.7"]


def test_a_name_that_changes_its_meaning_is_asked_only_once(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rsplit(":", 1)[1])
    real, asked = socket.getaddrinfo, 0

    def rebinding(host: str, *args: Any, **options: Any) -> Any:
        nonlocal asked
        if host != "policy.example":
            return real(host, *args, **options)
        asked += 1
        return real("127.0.0.1" if asked == 1 else "10.0.0.7", *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    loaded = fetch_address(f"http://policy.example:{port}/page.html", allow_private=True)
    assert TEXT in text_of(loaded)
    assert asked == 1
    with pytest.raises(LoadError, match="内部网络"):
        fetch_address(f"http://policy.example:{port}/page.html")


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_machines_are_allowed(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_chinese_addresses_are_encoded() -> None:
    _, target = parse_target("https://民政.中国:8443/政策/通知.html?名=社工#x")
    assert target.host == "xn--4grz6j.xn--fiqs8s" or target.host.startswith("xn--")
    assert target.path == "/%E6%94%BF%E7%AD%96/%E9%80%9A%E7%9F%A5.html?%E5%90%8D=%E7%A4%BE%E5%B7%A5"
    assert target.authority.endswith(":8443")


def test_nothing_is_left_on_the_disk(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    fetch_address(site + "/file", allow_private=True)
    failure(site + "/legacy", allow_private=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["//[", "http://[::1", "/\ud800", "http://a.cn/\udcff"])
def test_where_a_redirect_points_may_be_nonsense(url: str) -> None:
    with pytest.raises(LoadError, match="不是可以读取的网址"):
        parse_target(url, "https://a.cn/b.html")
