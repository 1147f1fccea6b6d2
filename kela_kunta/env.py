"""Settings from the environment. Nobody else looks at `os.environ`."""

from __future__ import annotations

import base64
import binascii
import os
import re
import sys
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable as documented in `.env.example`."""

    name: str
    meaning: str
    default: Any
    kind: str


SETTINGS: list[Setting] = []  # all that were read, in order


def _read(name: str, meaning: str, default: Any, kind: str) -> str | None:
    SETTINGS.append(Setting(name, meaning, default, kind))
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is MISSING:
        stop(f"{name} is missing: {meaning}")
    return None


def stop(sentence: str) -> NoReturn:
    """End the start with one clear line and exit status 1."""
    sys.exit(sentence)


def text(name: str, meaning: str, default: str = MISSING) -> str:
    """Any text."""
    value = _read(name, meaning, default, "text")
    return default if value is None else value


def flag(name: str, meaning: str, default: bool = False) -> bool:
    """0 or 1."""
    value = _read(name, meaning, default, "0 or 1")
    if value is None:
        return default
    if value not in ("0", "1"):
        stop(f'{name} must be 0 or 1, not "{value}".')
    return value == "1"


def seconds(name: str, meaning: str, default: int = MISSING) -> int:
    """A whole number of seconds, at least one."""
    value = _read(name, meaning, default, "seconds")
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        stop(f'{name} must be a whole number of seconds, not "{value}".')
    return int(value)


def count(name: str, meaning: str, default: int = MISSING) -> int:
    """A whole number, at least one."""
    value = _read(name, meaning, default, "whole number")
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        stop(f'{name} must be a whole number, at least 1, not "{value}".')
    return int(value)


def words(name: str, meaning: str, default: list[str] = MISSING) -> list[str]:
    """A list with commas, never empty."""
    value = _read(name, meaning, default, "list, with commas")
    if value is None:
        return default
    found = [word.strip() for word in value.split(",") if word.strip()]
    return found or stop(f"{name} must be a list with commas, and not empty.")


def ports(name: str, meaning: str, default: list[str] = MISSING) -> frozenset[int]:
    """Port numbers, a list with commas."""
    found = words(name, meaning, default)
    if not all(port.isascii() and port.isdigit() and 0 < int(port) < 65536 for port in found):
        stop(f"{name} must be a list of port numbers, with commas.")
    return frozenset(map(int, found))


def networks(name: str, meaning: str, default: list[str] = MISSING) -> list[IPv4Network | IPv6Network]:
    """Addresses or networks, a list with commas."""
    try:
        return [ip_network(word) for word in words(name, meaning, default)]
    except ValueError:
        stop(f"{name} must be a list of addresses or networks, with commas.")


def header(name: str, meaning: str) -> str:
    """The name of an HTTP header, or "" for none."""
    value = _read(name, meaning, "", "name of a header") or ""
    if not re.fullmatch(r"[A-Za-z0-9-]*", value):
        stop(f"{name} must be the name of a header: letters, digits and hyphens.")
    return value


def url(name: str, meaning: str, *schemes: str, default: str = MISSING) -> str:
    """An address with one of `schemes` and a host; no slash at its end."""
    value = _read(name, meaning, default, "://… or ".join(schemes) + "://…")
    if value is None:
        return default
    parts = urlsplit(value)
    if parts.scheme not in schemes or not parts.hostname:
        stop(f"{name} must be an address that begins with {' or '.join(s + '://' for s in schemes)}.")
    return value.rstrip("/")


def database(name: str, meaning: str) -> dict[str, Any]:
    """A PostgreSQL address as Django's connection settings; options such as `?sslmode=verify-full` go with it."""
    value = _read(name, meaning, MISSING, "postgresql://user:password@host:port/database") or ""
    parts = urlsplit(value)
    try:
        port = str(parts.port or "")
    except ValueError:
        port = "wrong"
    complete = parts.path.strip("/") and parts.username and port != "wrong"
    if parts.scheme not in ("postgresql", "postgres") or not complete:
        stop(f"{name} must look like postgresql://user:password@host:port/database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters go: a server, or for the demo and for trying out a folder or the log."""

    backend: str
    folder: str | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False


_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail(name: str, meaning: str) -> MailServer:
    """A mail server: smtp+tls:// (STARTTLS), smtps:// (TLS from the first byte) or smtp://; or file:///folder, or
    console:// for the log."""
    kind = "smtp+tls://user:password@host:port, smtps://…, smtp://…, file:///folder or console://"
    parts = urlsplit(_read(name, meaning, MISSING, kind) or "")
    try:
        port = parts.port or _MAIL_PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    backend = "django.core.mail.backends.{}.EmailBackend"
    if parts.scheme == "console":
        return MailServer(backend.format("console"))
    if parts.scheme == "file" and parts.path.strip("/"):
        return MailServer(backend.format("filebased"), folder=unquote(parts.path))
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or not port:
        stop(f"{name} must look like {kind}.")
    return MailServer(
        backend.format("smtp"),
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp+tls",
    )


def keys(name: str, meaning: str, default: dict[int, bytes] = MISSING) -> dict[int, bytes]:
    """Versioned keys of 32 bytes: "1:<base64>,2:<base64>"."""
    value = _read(name, meaning, default, "version:base64 of 32 bytes, with commas")
    if value is None:
        return default
    try:
        return {int(version): _key(key) for version, key in (entry.split(":", 1) for entry in value.split(","))}
    except (ValueError, binascii.Error):
        stop(f"{name} must be a list such as 1:<base64 of 32 bytes>.")


def key(name: str, meaning: str, default: bytes = MISSING) -> bytes:
    """One key of 32 bytes in base64."""
    value = _read(name, meaning, default, "base64 of 32 bytes")
    if value is None:
        return default
    try:
        return _key(value)
    except (ValueError, binascii.Error):
        stop(f"{name} must be the base64 of 32 bytes.")


def _key(encoded: str) -> bytes:
    decoded = base64.b64decode(encoded.strip(), validate=True)
    if len(decoded) != 32:
        raise ValueError
    return decoded
