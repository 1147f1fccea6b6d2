"""A mail server of the tests' own: it speaks SMTP, keeps what it was given, and can refuse, hang and be gone."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tools import servers


class Mailbox:
    """Started at once, on a port that stays the same.

    `answers` holds other answers than the usual by command, such as {"RCPT": "550 nobody"}, and
    `by_address` such to RCPT by address. While `taking` is not set, it keeps what it was given and
    does not say so.
    """

    def __init__(self) -> None:
        self.port = servers.free_port()
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.by_address: dict[str, str] = {}
        self.taking = threading.Event()
        self.taking.set()
        self.talks = 0
        self.start()

    def start(self) -> None:
        self._server = _Server(("127.0.0.1", self.port), _Talk)
        self._server.mailbox = self
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Gone: nobody listens any more."""
        self.taking.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def readers(self) -> list[str]:
        return [str(letter["To"]) for letter in self.letters]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    mailbox: Mailbox


class _Talk(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        mailbox = self.server.mailbox
        mailbox.talks += 1
        try:
            welcome = mailbox.answers.get("CONNECT", "220 mailbox.example")
            if not welcome:
                return
            self.say(welcome)
            while line := self.rfile.readline().decode().strip():
                if not self.answer(mailbox, line):
                    return
        except ConnectionError:
            return

    def answer(self, mailbox: Mailbox, line: str) -> bool:
        """Whether the talk goes on."""
        verb = line.split(maxsplit=1)[0].upper()
        said = mailbox.answers.get(verb)
        if verb == "RCPT":
            said = said or next((text for one, text in mailbox.by_address.items() if f"<{one}>" in line), None)
        if said is None and verb == "DATA":
            self.say("354 go on")
            said = self.take(mailbox)
        if said == "":
            return False  # hangs up without a word
        self.say(said or ("250-mailbox.example\r\n250 8BITMIME" if verb == "EHLO" else "250 fine"))
        return verb != "QUIT" and not (said or "").startswith("421")

    def take(self, mailbox: Mailbox) -> str | None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        said = mailbox.answers.get("BODY")
        if said is None:
            message = message_from_bytes(b"".join(lines), policy=policy.default)
            mailbox.letters.append(message)
            mailbox.taking.wait()
        return said

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def mailbox(settings: object, worker_settings: dict[str, str]) -> Iterator[Mailbox]:
    """The mail server that this test's process and its workers use."""
    own = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", own.port  # type: ignore[attr-defined]
    settings.EMAIL_TIMEOUT = 1  # type: ignore[attr-defined]
    worker_settings["EMAIL_URL"] = f"smtp://127.0.0.1:{own.port}"
    yield own
    own.stop()
