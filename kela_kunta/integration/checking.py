"""What a receiving system must bear, tried on it one after the other from the stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import httpx
from standardwebhooks import Webhook

from kela_kunta.base import clock
from kela_kunta.demo import bodies, people
from kela_kunta.demo.bodies import Body
from kela_kunta.demo.chance import Chance
from kela_kunta.integration.stage import Stage

_LATE = 3.0  # seconds
_CALL = 10  # seconds that the service waits for a webhook's answer


@dataclass(frozen=True, slots=True)
class Check:
    """What was tried, and why it failed; "" when it did not."""

    name: str
    fault: str

    @property
    def passed(self) -> bool:
        return not self.fault


class Trial:
    """All checks of one system, each with `patience` seconds to do what it should."""

    def __init__(self, stage: Stage, *, patience: float) -> None:
        self._stage, self._patience = stage, patience
        self._chance = Chance("check")

    def run(self) -> Iterator[Check]:
        """Check after check, in an order in which each builds on those before."""
        old = self._stage.deliver(self._body())
        yield Check(
            "asks for a token and reads the feed", self._until(lambda: bool(self._stage.asked_after), "no call came")
        )
        yield Check("acknowledges what was there before it began", self._acknowledged(old))
        yield Check("registers a webhook", self._until(lambda: self._stage.webhook is not None, "no POST /webhooks/"))
        if self._stage.webhook is not None:
            yield from self._webhooks()
        yield Check(
            "goes on without a webhook's call, by the feed", self._acknowledged(self._stage.deliver(self._body()))
        )
        yield Check("waits for a late answer", self._late())
        yield Check("tries again after 503, as Retry-After says", self._busy())
        yield Check("acknowledges nothing twice when the feed repeats a change", self._twice(old))
        yield Check("resumes the feed from its cursor", self._resumed())

    def _webhooks(self) -> Iterator[Check]:
        told = self._stage.deliver(self._body())
        identity = str(uuid4())
        yield Check("takes a signed call", self._ring(told, id=identity) or self._acknowledged(told))
        yield Check("takes the same call again", self._ring(told, id=identity) or self._twice(told))
        yield Check("refuses a broken signature", self._refused(self._call(told, key="whsec_" + "QUFB" * 8)))
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        yield Check("refuses a call of an hour ago", self._refused(self._call(told, at=long_ago)))
        first, second = self._stage.deliver(self._body()), self._stage.deliver(self._body())
        fault = self._ring(second) or self._ring(first)
        yield Check("bears calls out of order", fault or self._acknowledged(first) or self._acknowledged(second))
        new = self._stage.deliver(self._body())
        fault = self._ring(new, added_later={"unknown": True}, kind="of_next_year")
        yield Check("bears unknown fields and kinds", fault or self._acknowledged(new))

    def _body(self) -> Body:
        who = people.person(self._chance.randint(0, 199_999), people.adults(clock.today().year), "fi")
        details = bodies.social_work_need(self._chance, who, on=clock.today())
        return bodies.referral("social_work_need", who, details, home="837", informed_on=clock.today())

    def _call(self, referral: str, *, id: str = "", key: str = "", at: datetime | None = None, **more: object) -> int:
        """Call the webhook; the status, 0 when it does not answer."""
        webhook = self._stage.webhook or {}
        message, moment = self._stage.message(referral, **more), at or datetime.now(UTC)
        id = id or str(uuid4())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": id,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": Webhook(key or webhook["secret"]).sign(id, moment, message.decode()),
        }
        try:
            return httpx.post(str(webhook["url"]), content=message, headers=headers, timeout=_CALL).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            return 0

    def _ring(self, referral: str, **facts: object) -> str:
        status = self._call(referral, **facts)  # type: ignore[arg-type]
        return "" if 200 <= status < 300 else f"the webhook answered {status or 'nothing'}"

    def _refused(self, status: int) -> str:
        return "" if 400 <= status < 500 else f"the webhook answered {status or 'nothing'} instead of 401"

    def _late(self) -> str:
        body = self._body()
        with self._stage.lock:
            referral = self._stage.deliver(body)
            self._stage.late[referral] = _LATE
        return self._acknowledged(referral)

    def _busy(self) -> str:
        body = self._body()
        with self._stage.lock:
            referral = self._stage.deliver(body)
            times = self._stage.busy[f"{referral} acknowledge"] = [time.monotonic()]
        if fault := self._acknowledged(referral):
            return fault
        waits = [after - before for before, after in pairwise(times[1:])]
        return "" if min(waits) >= 0.9 else "it came again before the second was over"

    def _twice(self, referral: str) -> str:
        before = self._stage.moved[referral, "acknowledge"]
        self._stage.repeat(referral)
        seen = len(self._stage.asked_after)
        self._until(lambda: len(self._stage.asked_after) > seen + 1, "")
        return "" if self._stage.moved[referral, "acknowledge"] == before else "it acknowledged once more"

    def _resumed(self) -> str:
        beginnings = self._stage.asked_after.count(None)
        return "" if beginnings <= 1 else f"it began at the beginning {beginnings} times"

    def _acknowledged(self, referral: str) -> str:
        return self._until(lambda: self._stage.is_acknowledged(referral), "the referral was not acknowledged")

    def _until(self, true: Callable[[], bool], fault: str) -> str:
        end = time.monotonic() + self._patience
        while not true():
            if time.monotonic() > end:
                return fault
            time.sleep(0.05)
        return ""
