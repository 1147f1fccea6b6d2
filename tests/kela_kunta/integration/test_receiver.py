from __future__ import annotations

from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from kela_kunta.integration.receiver import OUTCOMES, Doorbell
from referrals.types import TYPES

SECRET = "whsec_" + "QUFB" * 8


def rung(body: str = "{}", *, secret: str = SECRET, id: str = "msg_1", at: datetime | None = None) -> dict[str, str]:
    at = at or datetime.now(UTC)
    signature = Webhook(secret).sign(id, at, body)
    return {"webhook-id": id, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


@pytest.fixture
def bell() -> Doorbell:
    bell = Doorbell()
    bell.secret = SECRET
    return bell


def test_a_signed_call_wakes_and_the_same_again_is_answered_but_counted_apart(bell):
    assert [bell.take(rung(), b"{}"), bell.take(rung(), b"{}")] == [204, 204]
    assert bell.rung.is_set()
    assert bell.counts == {"verified": 1, "again": 1}


@pytest.mark.parametrize(
    "headers",
    [
        rung(secret="whsec_" + "QkJC" * 8),
        rung('{"other": 1}'),
        rung(at=datetime(2026, 1, 1, tzinfo=UTC)),
        {},
    ],
    ids=["another secret", "another body", "an old one replayed", "no signature"],
)
def test_a_forged_call_is_refused_and_wakes_nobody(bell, headers):
    assert bell.take(headers, b"{}") == 401
    assert not bell.rung.is_set()
    assert bell.counts == {"forged": 1}


def test_every_type_is_closed_with_an_outcome_of_its_own():
    assert OUTCOMES.keys() == TYPES.keys()
    assert all(OUTCOMES[code] in kind.outcomes for code, kind in TYPES.items())
