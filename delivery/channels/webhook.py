"""Calling a webhook: signed, to checked addresses only, and never for long.

The connection is made to the very address that was looked at, so that a name cannot lead
elsewhere in between; TLS still proves the name. Nothing is followed, no proxy of the environment
is used, and of the answer only its status and `Retry-After` are looked at.
"""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from types import TracebackType
from typing import Any

import httpcore
from django.conf import settings
from standardwebhooks import Webhook

from delivery.rules.addresses import LOOPBACK_HOSTS, is_loopback, is_public, url_fault

PATIENCE = timedelta(seconds=10)  # for a whole call
_TRIED = 3  # addresses of one host
_LONGEST_READ = 16 * 1024  # bytes of an answer, which go nowhere


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call: an HTTP status with `Retry-After`, or 0 and the code of what went wrong.

    Codes: forbidden_address, unknown_host, unreachable, tls_failed, timed_out, connection_lost.
    """

    status: int
    error: str = ""
    retry_after: str | None = None


class _Forbidden(Exception):
    """The address, or one that its host leads to, is none to be called."""


class _UnknownHost(Exception):
    """The host leads nowhere."""


class Line:
    """Calls to one subscription, one after the other, over one connection as long as it lasts."""

    def __init__(self) -> None:
        self._network = _Guarded()
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(), max_connections=1, retries=0, network_backend=self._network
        )

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def call(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post `body`; whatever goes wrong is in the answer. Takes `PATIENCE` at most, a slow name server apart."""
        if url_fault(url, ports=settings.WEBHOOK_PORTS, loopback=settings.WEBHOOK_LOOPBACK):
            return Answer(0, "forbidden_address")
        self._network.begin()
        try:
            with self._pool.stream("POST", url, headers=list(headers.items()), content=body) as response:
                _read_some(response.iter_stream())
                return Answer(response.status, retry_after=_header(response.headers, b"retry-after"))
        except _Forbidden:
            return Answer(0, "forbidden_address")
        except _UnknownHost:
            return Answer(0, "unknown_host")
        except httpcore.TimeoutException:
            return Answer(0, "timed_out")
        except httpcore.ConnectError as error:
            return Answer(0, "tls_failed" if _is_of_tls(error) else "unreachable")
        except (httpcore.NetworkError, httpcore.ProtocolError, ValueError):
            return Answer(0, "connection_lost")


def _read_some(chunks: Iterable[bytes]) -> None:
    """Enough for most answers, so that the connection can be used again."""
    read = 0
    for chunk in chunks:
        read += len(chunk)
        if read > _LONGEST_READ:
            return


def _header(headers: Sequence[tuple[bytes, bytes]], wanted: bytes) -> str | None:
    return next((value.decode("latin-1") for name, value in headers if name.lower() == wanted), None)


def _is_of_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Guarded(httpcore.NetworkBackend):
    """Connects to allowed addresses, and gives a call no more time than it has left."""

    def __init__(self) -> None:
        self._plain = httpcore.SyncBackend()
        self._end = 0.0

    def begin(self) -> None:
        """A call begins now."""
        self._end = time.monotonic() + PATIENCE.total_seconds()

    def left(self) -> float:
        """The seconds that the call has left.

        Raises:
            httpcore.ReadTimeout: none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError()
        for address in addresses_of(host, port)[:_TRIED]:
            try:
                return _Timed(self._plain.connect_tcp(address, port, self.left() / 2), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


def addresses_of(host: str, port: int) -> list[str]:
    """The IP addresses that `host` leads to, each of which may be called.

    Raises:
        _UnknownHost: there is none.
        _Forbidden: one of them may not.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _UnknownHost from error
    addresses = list(dict.fromkeys(str(place[4][0]) for place in found))
    own = settings.WEBHOOK_LOOPBACK and host.strip("[]").lower() in LOOPBACK_HOSTS
    if not addresses or not all(is_loopback(address) if own else is_public(address) for address in addresses):
        raise _Forbidden
    return addresses


class _Timed(httpcore.NetworkStream):
    """A connection on which a call's time runs, however little of it each byte takes."""

    def __init__(self, stream: httpcore.NetworkStream, network: _Guarded) -> None:
        self._stream, self._network = stream, network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._network.left())
        return _Timed(stream, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@dataclass(frozen=True, slots=True)
class Message:
    """What a webhook is told: ids and codes, as the change feed has them."""

    id: str
    kind: str
    referral: str
    status: str
    version: int
    cursor: str
    at: datetime

    def body(self) -> bytes:
        """The same bytes at every try."""
        data = {"referral": self.referral, "kind": self.kind, "status": self.status, "version": self.version}
        told = {
            "type": f"referral.{self.kind}",
            "timestamp": f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            "data": data | {"cursor": self.cursor},
        }
        return json.dumps(told, separators=(",", ":")).encode()


def signed(message: Message, secrets: Iterable[str], *, now: datetime) -> dict[str, str]:
    """The headers of Standard Webhooks, signed with each of `secrets`: a receiver needs to know one of them."""
    body = message.body().decode()
    signatures = [Webhook(secret).sign(message.id, now, body) for secret in secrets]
    return {
        "Content-Type": "application/json",
        "User-Agent": "kela-kunta",
        "webhook-id": message.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
