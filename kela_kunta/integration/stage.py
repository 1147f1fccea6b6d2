"""The service played on a stage: what a receiving system calls, with a few referrals, and faults when they are asked for.

It keeps everything in memory and knows one client. What it answers has the fields of the real answers that a receiver goes by.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import RLock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from kela_kunta.base import clock

_MOVES = {"acknowledge": "acknowledged", "start": "in_progress", "return": "returned", "close": "closed"}
_LONGEST_BODY = 1024 * 1024  # bytes

Json = dict[str, Any]
Answer = tuple[int, Json | None, dict[str, str]]


@dataclass(slots=True)
class Stage:
    """What is there, what was called, and which faults come next: `busy` calls of a move, `late` seconds of a reading."""

    client: str
    secret: str
    referrals: dict[str, Json] = field(default_factory=dict)
    changes: list[Json] = field(default_factory=list)
    webhook: Json | None = None
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked_after: list[str | None] = field(default_factory=list)
    busy: dict[str, list[float]] = field(default_factory=dict)
    late: dict[str, float] = field(default_factory=dict)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    lock: Any = field(default_factory=RLock)

    def deliver(self, body: Json) -> str:
        """A referral arrives; its id."""
        with self.lock:
            referral = str(uuid4())
            self.referrals[referral] = body | {"id": referral, "version": 2, "status": "delivered", "added_later": True}
            self._tell(referral, "delivered")
            return referral

    def repeat(self, referral: str) -> None:
        """The feed tells the referral's last change once more."""
        with self.lock:
            self._tell(referral, next(one["kind"] for one in self.changes[::-1] if one["referral"] == referral))

    def is_acknowledged(self, referral: str) -> bool:
        return self.referrals[referral]["status"] != "delivered"

    def message(self, referral: str, **more: Any) -> bytes:
        """The body of the webhook that tells of its delivery."""
        change = next(one for one in self.changes if one["referral"] == referral)
        data = {name: change[name] for name in ("referral", "kind", "status", "version", "cursor")}
        return json.dumps({"type": "referral.delivered", "timestamp": change["at"], "data": data | more}).encode()

    def answer(self, method: str, target: str, headers: Json, body: bytes) -> Answer:
        """Status, JSON and headers for a call."""
        address = urlsplit(target)
        path = address.path.strip("/").split("/")
        if path == ["oauth2", "token"]:
            return self._give_token(headers, body)
        if headers.get("authorization") != f"Bearer {self.token}":
            return _problem(401, "bad_token")
        asked = {name: values[-1] for name, values in parse_qs(address.query).items()}
        told = json.loads(body) if body else {}
        with self.lock:
            match method, path[2:]:
                case "POST", ["webhooks"]:
                    key = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
                    self.webhook = {"id": str(uuid4()), "url": told.get("url"), "kinds": [], "secret": key}
                    return 201, self.webhook, {}
                case "GET", ["webhooks"]:
                    return 200, {"next": None, "previous": None, "results": []}, {}
                case "DELETE", ["webhooks", _]:
                    return 204, None, {}
                case "GET", ["inbox", "changes"]:
                    return self._feed(asked)
                case "GET", ["inbox", "reconcile"]:
                    return 200, {"days": self._days()}, {}
                case "GET", ["referrals"]:
                    return 200, {"next": None, "previous": None, "results": list(self.referrals.values())}, {}
                case "GET", ["referrals", referral] if referral in self.referrals:
                    return self._told(referral)
                case "POST", ["referrals", referral, move] if referral in self.referrals:
                    return self._move(referral, move, headers)
        return _problem(404, "not_found")

    def seconds_late(self, method: str, target: str) -> float:
        """How long to wait before answering; once for each referral."""
        return self.late.pop(target.strip("/").split("/")[-1], 0) if method == "GET" else 0

    def _give_token(self, headers: Json, body: bytes) -> Answer:
        form = {name: values[-1] for name, values in parse_qs(body.decode()).items()}
        basic = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        in_body = (form.get("client_id"), form.get("client_secret")) == (self.client, self.secret)
        if headers.get("authorization") != f"Basic {basic}" and not in_body:
            return 401, {"error": "invalid_client"}, {}
        return 200, {"access_token": self.token, "token_type": "Bearer", "expires_in": 600}, {}

    def _feed(self, asked: Json) -> Answer:
        after = asked.get("after")
        self.asked_after.append(after)
        cursors = [one["cursor"] for one in self.changes]
        if after is not None and after not in ("begin", *cursors):
            return _problem(422, "bad_cursor")
        first = cursors.index(after) + 1 if after in cursors else 0
        found = self.changes[first : first + int(asked.get("limit", 200))]
        return 200, {"changes": found, "next": found[-1]["cursor"] if found else after or "begin"}, {}

    def _move(self, referral: str, move: str, headers: Json) -> Answer:
        row = self.referrals[referral]
        if move == "receipt":
            self._change(row, "receipt", row["status"])
            return 200, {"accepted": True, "version": row["version"]}, {"ETag": f'"{row["version"]}"'}
        if move not in _MOVES:
            return _problem(404, "not_found")
        self.moved[referral, move] += 1
        if times := self.busy.get(f"{referral} {move}"):
            times.append(time.monotonic())
            if len(times) <= 3:  # the first stands for when it was armed
                return 503, None, {"Retry-After": "1"}
        if "if-match" not in headers:
            return _problem(428, "if_match_required")
        if headers["if-match"] != f'"{row["version"]}"':
            return _problem(412, "stale")
        if (move == "acknowledge") != (row["status"] == "delivered"):
            return _problem(409, "move_forbidden")
        self._change(row, "started" if move == "start" else _MOVES[move], _MOVES[move])
        return self._told(referral)

    def _told(self, referral: str) -> Answer:
        return 200, self.referrals[referral], {"ETag": f'"{self.referrals[referral]["version"]}"'}

    def _change(self, row: Json, kind: str, status: str) -> None:
        row |= {"version": row["version"] + 1, "status": status}
        self._tell(row["id"], kind)

    def _tell(self, referral: str, kind: str) -> None:
        row = self.referrals[referral]
        self.changes.append(
            {
                "cursor": secrets.token_urlsafe(9),
                "referral": referral,
                "kind": kind,
                "status": row["status"],
                "version": row["version"],
                "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            }
        )

    def _days(self) -> list[Json]:
        items = [{name: row[name] for name in ("id", "version", "status")} for row in self.referrals.values()]
        items.sort(key=lambda item: item["id"])
        lines = "".join(f"{item['id']}:{item['version']}:{item['status']}\n" for item in items)
        digest = hashlib.sha256(lines.encode()).hexdigest()
        return [{"day": clock.today().isoformat(), "count": len(items), "digest": digest, "items": items}]


def _problem(status: int, code: str) -> Answer:
    body = {"type": "about:blank", "title": code, "status": status, "code": code, "errors": []}
    return status, body, {"Content-Type": "application/problem+json"}


@contextmanager
def played(stage: Stage, host: str, port: int) -> Iterator[str]:
    """The stage behind a web server on `host` and `port` (0: any); its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def handle_call(self) -> None:
            length = self.headers.get("Content-Length", "0")
            content = self.rfile.read(min(int(length) if length.isdigit() else 0, _LONGEST_BODY))
            headers = {name.lower(): value for name, value in self.headers.items()}
            time.sleep(stage.seconds_late(self.command, self.path))
            try:
                status, body, more = stage.answer(self.command, self.path, headers, content)
            except (ValueError, UnicodeDecodeError):
                status, body, more = _problem(400, "not_json")
            answer = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            for name, value in ({"Content-Type": "application/json"} | more).items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_DELETE = handle_call

        def log_message(self, *words: Any) -> None:
            """Nothing: the score tells."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
