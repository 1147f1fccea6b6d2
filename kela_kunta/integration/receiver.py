"""A client information system: told by webhooks, certain by the feed, and proved by reconciling.

A webhook only wakes: what happened is read from the feed, which skips nothing. So a lost,
doubled or late webhook changes nothing.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from kela_kunta.integration.service import Refused, Service

_PAGE = 1000  # changes
_LONGEST_CALL = 64 * 1024  # bytes
_LEFT = frozenset({"transferred", "succeeded", "rerouted"})
_MOVED_MEANWHILE = frozenset({404, 409, 412})
# fmt: off
OUTCOMES = {
    "supplementary_application": "granted", "social_work_need": "assessment_started", "immigrant": "assessment_started",
    "under_25": "activation_plan_started", "over_25": "activation_plan_started", "lowered_basic_amount": "contacted",
}
# fmt: on


class Doorbell:
    """Where webhooks come in: counts them, drops those that are forged or came before, and wakes whoever waits."""

    def __init__(self) -> None:
        self.secret = ""
        self.rung, self.counts = Event(), Counter[str]()
        self._seen: set[str] = set()
        self._lock = Lock()

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """The HTTP status for a call that came; 204 also for one that came before."""
        try:
            Webhook(self.secret).verify(body, headers)
        except WebhookVerificationError:
            with self._lock:
                self.counts["forged"] += 1
            return 401
        with self._lock:
            is_new = headers["webhook-id"] not in self._seen
            self._seen.add(headers["webhook-id"])
            self.counts["verified" if is_new else "again"] += 1
        self.rung.set()
        return 204


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[Doorbell, str]]:
    """A doorbell behind a web server on `host` and `port` (0: any), and its address."""
    bell = Doorbell()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            status = 413
            if length.isdigit() and int(length) <= _LONGEST_CALL:
                headers = {name.lower(): value for name, value in self.headers.items()}
                status = bell.take(headers, self.rfile.read(int(length)))
            self.send_response(status)
            if status == 413:
                self.send_header("Connection", "close")
            if status != 204:
                self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            """Nothing: the result tells."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        yield bell, f"http://{host}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(slots=True)
class Held:
    """What the system holds: each referral's version and status, by the feed, and how far it has read."""

    cursor: str | None = None
    referrals: dict[str, tuple[int, str]] = field(default_factory=dict)

    def catch_up(self, service: Service) -> None:
        """Read the feed to its end."""
        while True:
            asked = {"limit": str(_PAGE)} | ({"after": self.cursor} if self.cursor else {})
            answer = service.call("GET", "inbox/changes/", params=asked).json()
            for change in answer["changes"]:
                if change["kind"] in _LEFT:
                    self.referrals.pop(change["referral"], None)
                else:
                    self.referrals[change["referral"]] = (change["version"], change["status"])
            self.cursor = answer["next"]
            if len(answer["changes"]) < _PAGE:
                return

    def waiting(self) -> list[str]:
        """What was delivered and not yet acknowledged."""
        return [referral for referral, (_, status) in self.referrals.items() if status == "delivered"]

    def differing(self, service: Service) -> list[str]:
        """The days of the last month on which this is not what the service says the authority holds."""
        days = service.call("GET", "inbox/reconcile/", params={"ids": "1"}).json()["days"]
        return [day["day"] for day in days if day["digest"] != self._digest(day["items"])]

    def _digest(self, items: list[dict[str, Any]]) -> str:
        """The digest of the same referrals as they are held here."""
        held = ((item["id"], self.referrals.get(item["id"])) for item in items)
        lines = sorted(f"{referral}:{found[0]}:{found[1]}\n" for referral, found in held if found)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def work(service: Service, referral: str, done: Counter[str]) -> None:
    """Take a referral in, say so, and carry it through to its end; what somebody else moved meanwhile is left to them."""
    try:
        answer = service.call("GET", f"referrals/{referral}/")
        kind, tag = answer.json()["type"], answer.headers["ETag"]
        receipt = service.call("POST", f"referrals/{referral}/receipt/", json={"accepted": True})
        done["receipts"] += 1
        tag = receipt.headers["ETag"]
        for move, body in (
            ("acknowledge", {}),
            ("start", {}),
            ("close", {"outcome": OUTCOMES[kind], "text": ""}),
        ):
            answer = service.call("POST", f"referrals/{referral}/{move}/", json=body, headers={"If-Match": tag})
            done[move] += 1
            tag = answer.headers["ETag"]
    except Refused as problem:
        if problem.status not in _MOVED_MEANWHILE:
            raise
        done["moved_meanwhile"] += 1


@dataclass(slots=True)
class Day:
    """What came of a day: how many webhooks, receipts and moves, and the days on which both sides differ."""

    webhooks: Counter[str]
    done: Counter[str]
    held: int
    differing: list[str]


def receive(service: Service, bell: Doorbell, address: str, *, seconds: float, most: int, look_every: float = 5) -> Day:
    """Be the authority's system for `seconds` with a webhook to `address`, working at most `most` referrals.

    Without a webhook's call it looks at the feed every `look_every` seconds: what was lost on the way is made good.

    Raises:
        Refused: the service refuses what it should take.
    """
    held, done, worked = Held(), Counter[str](), set[str]()
    webhook = service.call("POST", "webhooks/", json={"url": address}).json()
    bell.secret = webhook["secret"]
    try:
        end = time.monotonic() + seconds
        while True:
            bell.rung.clear()
            held.catch_up(service)
            for referral in [one for one in held.waiting() if one not in worked][: most - len(worked)]:
                worked.add(referral)
                work(service, referral, done)
            left = end - time.monotonic()
            if left <= 0:
                break
            bell.rung.wait(min(left, look_every))
    finally:
        service.call("DELETE", f"webhooks/{webhook['id']}/")
    held.catch_up(service)
    return Day(bell.counts, done, len(held.referrals), held.differing(service))
