"""Where a webhook may go: to public hosts, by https, at usual ports, and never to our own side of the wall."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import inet_aton
from urllib.parse import urlsplit

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
_OWN_ENDINGS = ("localhost", "local", "internal", "lan", "home.arpa", "intranet", "corp", "private")
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?\.?", re.IGNORECASE)
_PLAIN = re.compile(r"[\x21-\x7e]+")
# Special use that Python's own list took for public in some of its releases (IANA's registries, RFC 6890).
_SPECIAL = [
    ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]  # fmt: skip
_UNICAST = ip_network("2000::/3")  # all of IPv6 that is given out to the world


def url_fault(url: str, *, ports: Collection[int], loopback: bool) -> str:
    """Why a webhook may not be sent to this address, as a code; "" when it may, as far as its text tells.

    Codes: not_an_address, not_https, has_credentials, has_fragment, port, not_public. `loopback` lets addresses
    of the own machine pass, by http and at any port: for a demo and for tests.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "not_an_address"
    if not _PLAIN.fullmatch(url) or not host or parts.scheme not in ("http", "https") or "\\" in url:
        return "not_an_address"
    if parts.username is not None or parts.password is not None:
        return "has_credentials"
    if "#" in url:
        return "has_fragment"
    if loopback and host in LOOPBACK_HOSTS:
        return ""
    if parts.scheme != "https":
        return "not_https"
    if (443 if port is None else port) not in ports:
        return "port"
    return "" if _may_be_public(host) else "not_public"


def _may_be_public(host: str) -> bool:
    """Whether the host is a public IP address, or a name of the public kind; what a name leads to is seen when sending."""
    number = _as_number(host)
    if number is not None:
        return is_public(number)
    bare = host.rstrip(".")
    return bool(_HOST.fullmatch(host)) and not any(bare == end or bare.endswith(f".{end}") for end in _OWN_ENDINGS)


def _as_number(host: str) -> str | None:
    """The IP address that the host is in any way of writing it (RFC 3986 and BSD's inet_aton), None for a name."""
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        return str(IPv4Address(inet_aton(host)))
    except (OSError, ValueError):
        return None


def is_public(address: str) -> bool:
    """Whether the IP address is one of the public internet; one that hides another in it is not."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (ip not in _UNICAST or ip.scope_id):  # a zone is one of the own machine
        return False
    special = any(ip in network for network in _SPECIAL if network.version == ip.version)
    return ip.is_global and not special and not ip.is_multicast and not ip.is_reserved


def is_loopback(address: str) -> bool:
    """Whether the IP address is the own machine's."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
