"""Which internet addresses may be fetched: public ones, whatever they are spelt like.

The server that runs this program can reach machines that its users cannot: its own services,
the machines beside it, the metadata service of a cloud. An address is therefore judged by the
numbers that its name resolves to, and the connection is made to the very number judged.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from knowledge.errors import LoadError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_URL = 2048
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]*))*\.?", re.IGNORECASE)
# NAT64 (RFC 6052): IPv4 addresses in the last 32 bits.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_BLANKS = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes."""

    scheme: str
    """http or https."""
    host: str
    """In ASCII, lower case; an IPv6 address without brackets."""
    port: int
    path: str
    """With the query, percent-encoded."""

    @property
    def authority(self) -> str:
        """The host as the Host header wants it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = 443 if self.scheme == "https" else 80
        return host if self.port == default else f"{host}:{self.port}"


def parse_target(url: str, base: str = "") -> tuple[str, Target]:
    """The address in full and what to connect to; `base` is the page that points to `url`.

    Raises LoadError if it is no http or https address that can be fetched.
    """
    url = url.strip()
    if base:
        with contextlib.suppress(ValueError):  # What cannot be joined cannot be split below.
            url = urljoin(base, url)
    if len(url) > MAX_URL or _BLANKS.search(url):
        raise _no_address(url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _no_address(url) from error
    if parts.scheme not in ("http", "https"):
        raise LoadError(
            f"只能读取 http 或 https 开头的网址，不能读取“{_short(url)}”。",
            f"Only http and https addresses can be read, not “{_short(url)}”.",
        )
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise _no_address(url)
    host = _ascii_host(parts.hostname, url)
    default = 443 if parts.scheme == "https" else 80
    return url, Target(parts.scheme, host, port or default, _path(parts))


def resolve(target: Target, *, allow_private: bool, timeout: float) -> tuple[IpAddress, ...]:
    """The numbers that the host of `target` stands for, all of them allowed.

    Raises LoadError if there are none within `timeout` seconds, or if one is not public and
    `allow_private` is not set: an answer that mixes both is an attempt to get in.
    """
    found = _lookup(target, timeout)
    if not allow_private and not all(is_public(address) for address in found):
        raise LoadError(
            f"“{target.host}”指向本机或内部网络，不能读取；请给出公开网站的网址。",
            f"“{target.host}” is on this machine or an internal network and may not be read; "
            "give the address of a public site.",
        )
    return found


def is_public(address: IpAddress) -> bool:
    """Whether `address` is a machine on the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo is not None:
            inner = address.teredo[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_private
        and not address.is_loopback
        and not address.is_link_local
        and not address.is_reserved
        and not address.is_unspecified
    )


def _ascii_host(host: str, url: str) -> str:
    if ":" in host:
        if "%" in host:
            # A zone names an interface of this machine.
            raise _no_address(url)
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError as error:
            raise _no_address(url) from error
    try:
        # Nameprep inside: full-width and circled digits become plain ones before the check.
        ascii_host = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise _no_address(url) from error
    if _NUMERIC.fullmatch(ascii_host):
        try:
            # Only the plain form: 2130706433, 0177.0.0.1 and 0x7f.1 are tricks.
            return str(ipaddress.IPv4Address(ascii_host))
        except ValueError as error:
            raise _no_address(url) from error
    if not re.fullmatch(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?", ascii_host):
        raise _no_address(url)
    return ascii_host


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    return f"{path}?{query}" if query else path


def _lookup(target: Target, timeout: float) -> tuple[IpAddress, ...]:
    try:
        return (ipaddress.ip_address(target.host),)
    except ValueError:
        pass
    answers: list[IpAddress] = []

    def ask() -> None:
        try:
            entries = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        for entry in entries:
            address = ipaddress.ip_address(str(entry[4][0]))
            if address not in answers:
                answers.append(address)

    # The resolver has no time limit of its own.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(max(timeout, 0.0))
    found = tuple(answers) if not thread.is_alive() else ()
    if not found:
        raise LoadError(
            f"找不到网站“{target.host}”；请检查网址和网络连接。",
            f"The site “{target.host}” cannot be found; check the address and the network.",
        )
    return found


def _short(url: str) -> str:
    shown = "".join(ch if ch.isprintable() else "?" for ch in url)
    return shown if len(shown) <= 80 else shown[:77] + "..."


def _no_address(url: str) -> LoadError:
    return LoadError(
        f"“{_short(url)}”不是可以读取的网址；请给出以 http:// 或 https:// 开头的完整网址。",
        f"“{_short(url)}” is not an address that can be read; give a full address that begins "
        "with http:// or https://.",
    )
