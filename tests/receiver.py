"""A system that is called by webhooks: a real HTTP server on the own machine, answering as a test tells it to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from standardwebhooks import Webhook

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Call:
    """One call as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def data(self) -> dict[str, Any]:
        return json.loads(self.body)["data"]

    def verify(self, secret: str) -> None:
        """As the receiver does, by the library of Standard Webhooks."""
        Webhook(secret).verify(self.body, self.headers)


@dataclass(slots=True)
class Receiver:
    """What was called, and how the next calls are answered: by an HTTP status, or by a function."""

    url: str
    calls: list[Call] = field(default_factory=list)
    replies: list[int | Reply] = field(default_factory=list)
    always: int | Reply = 204

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        self.calls.append(Call(handler.path, {name.lower(): value for name, value in handler.headers.items()}, body))
        reply = self.replies.pop(0) if self.replies else self.always
        if callable(reply):
            reply(handler)
        else:
            status(reply)(handler)


def status(code: int, **headers: str) -> Reply:
    """An answer with this status and these headers."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return reply


@pytest.fixture
def start_receiver() -> Iterator[Callable[..., Receiver]]:
    """Starts a receiver; `wrap` makes its socket one of TLS."""
    servers = []

    def started(wrap: Callable[[Any], Any] | None = None) -> Receiver:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                with suppress(OSError):
                    receiver.answer(self)

            def log_message(self, *words: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.handle_error = lambda *facts: None  # type: ignore[method-assign]
        if wrap:
            server.socket = wrap(server.socket)
        receiver = Receiver(f"http{'s' if wrap else ''}://127.0.0.1:{server.server_port}/hook")
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return receiver

    yield started
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver(start_receiver: Callable[..., Receiver], settings: Any) -> Receiver:
    """A receiver that may be called although it is on the own machine."""
    settings.WEBHOOK_LOOPBACK = True
    return start_receiver()
