"""One request to one checked machine, bounded in size and time whatever it answers."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache

import certifi

from knowledge.errors import LoadError
from knowledge.loading.public_address import IpAddress, Target

_CONNECT_SECONDS = 10.0
_CHUNK = 64 * 1024
_USER_AGENT = "Mozilla/5.0 (compatible; policy-assistant)"


@dataclass(frozen=True, slots=True)
class WebResponse:
    """One answer, with as much of its body as may be read."""

    status: int
    headers: Message
    body: bytes


def request(
    target: Target, addresses: tuple[IpAddress, ...], max_bytes: int, deadline: float
) -> WebResponse:
    """The answer of the first of `addresses` that lets itself be connected to.

    Raises LoadError if none does, or if the answer is broken, over `max_bytes` or not all
    there at `deadline` (of time.monotonic).
    """
    error: OSError | None = None
    for address in addresses:
        try:
            sock = _connected(target, address, deadline)
        except OSError as failure:
            error = failure
            continue
        return _exchange(sock, target, max_bytes, deadline)
    if isinstance(error, ssl.SSLError):
        raise LoadError(
            f"与“{target.host}”建立安全连接失败（证书或加密方式不被接受）；"
            "请在浏览器中打开，把网页另存为文件后再试。",
            f"No secure connection to “{target.host}” (its certificate or encryption is not "
            "accepted); open it in a browser and save the page as a file.",
        ) from error
    if isinstance(error, TimeoutError):
        raise _too_slow(target) from error
    raise LoadError(
        f"无法连接“{target.host}”；请检查网址和网络连接，稍后再试。",
        f"“{target.host}” cannot be reached; check the address and the network, try again later.",
    ) from error


def _connected(target: Target, address: IpAddress, deadline: float) -> socket.socket:
    limit = min(_CONNECT_SECONDS, seconds_left(deadline, target))
    sock = socket.create_connection((str(address), target.port), limit)
    if target.scheme == "http":
        return sock
    try:
        # The certificate must be the host's: the number was only looked up.
        return _tls().wrap_socket(sock, server_hostname=target.host)
    except BaseException:
        sock.close()
        raise


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    # Beside the system's own authorities, which some Python installations lack.
    context.load_verify_locations(certifi.where())
    return context


def _exchange(sock: socket.socket, target: Target, max_bytes: int, deadline: float) -> WebResponse:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    late = threading.Event()

    def cut() -> None:
        # A limit for each read would let a server send a byte at a time for ever.
        late.set()
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(max(deadline - time.monotonic(), 0.001), cut)
    watch.daemon = True
    watch.start()
    try:
        sock.settimeout(seconds_left(deadline, target))
        headers = {"Host": target.authority, "User-Agent": _USER_AGENT, "Connection": "close",
                   "Accept": "text/html, application/pdf, */*;q=0.5",
                   "Accept-Encoding": "identity", "Accept-Language": "zh-CN,zh;q=0.9"}  # fmt: skip
        connection.request("GET", target.path, headers=headers)
        response = connection.getresponse()
        body = b""
        if response.status == 200:
            body = _body(response, target, max_bytes, late)
        if late.is_set():
            raise _too_slow(target)
        return WebResponse(response.status, response.headers, body)
    except TimeoutError as error:
        raise _too_slow(target) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set():
            raise _too_slow(target) from error
        raise LoadError(
            f"“{target.host}”的回应不完整或不合规范；请稍后再试，或在浏览器中打开后另存为文件。",
            f"The answer of “{target.host}” is incomplete or malformed; try again later, or "
            "open it in a browser and save it as a file.",
        ) from error
    finally:
        watch.cancel()
        connection.close()


def _body(
    response: http.client.HTTPResponse, target: Target, max_bytes: int, late: threading.Event
) -> bytes:
    stated = response.headers.get("Content-Length", "")
    if stated.isdigit() and int(stated) > max_bytes:
        raise _too_big(target, max_bytes)
    parts: list[bytes] = []
    size = 0
    while chunk := response.read(_CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise _too_big(target, max_bytes)
        parts.append(chunk)
    if late.is_set():
        raise _too_slow(target)
    body = b"".join(parts)
    if stated.isdigit() and size < int(stated):
        raise http.client.IncompleteRead(body)
    if response.headers.get("Content-Encoding", "").strip().lower() in (
        "gzip",
        "deflate",
        "x-gzip",
    ):
        # Not asked for, and sent by some all the same.
        unpacked = zlib.decompressobj(wbits=47)
        try:
            body = unpacked.decompress(body, max_bytes + 1)
        except zlib.error as error:
            raise http.client.HTTPException("damaged compression") from error
        if len(body) > max_bytes:
            raise _too_big(target, max_bytes)
    return body


def seconds_left(deadline: float, target: Target) -> float:
    """The seconds until `deadline` (of time.monotonic); raises LoadError when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow(target)
    return left


def _too_slow(target: Target) -> LoadError:
    return LoadError(
        f"“{target.host}”在规定时间内没有传完；请稍后再试，或在浏览器中下载后再导入文件。",
        f"“{target.host}” did not finish within the time allowed; try again later, or download "
        "it in a browser and ingest the file.",
    )


def _too_big(target: Target, max_bytes: int) -> LoadError:
    limit = f"{max_bytes / 1024 / 1024:g} MB"
    return LoadError(
        f"“{target.host}”的内容超过 {limit} 的上限；请下载后拆分成较小的文件再导入。",
        f"What “{target.host}” sends is over the limit of {limit}; download it and split it "
        "into smaller files.",
    )
