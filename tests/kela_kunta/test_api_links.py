"""Calls one after the other, each made from what the one before answered: the description is true of these as well."""

from __future__ import annotations

from collections import Counter
from itertools import count

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode

from referrals.actions.routing import route_batch
from tests.api import access_token
from tests.builders import body
from tests.kela_kunta.test_api import api, held

__all__ = ["held"]
SENDING = "POST /api/v1/referrals/"
ROWS = settings(
    max_examples=30,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


def test_calls_in_a_row_are_answered_as_described(etotu, county_pirkanmaa, held):
    """Kela's system sends and withdraws, the county's does all else; what is sent is routed at once."""
    answered: Counter[tuple[str, int]] = Counter()

    class Row(api.as_state_machine()):
        def setup(self):
            """Each row begins where the first one began."""
            self.numbers = count()
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

        def before_call(self, case):
            if case.operation.label == SENDING and case.meta.generation.mode is GenerationMode.POSITIVE:
                number = next(self.numbers)
                case.body = body("social_work_need")  # leaves at once, so that the county has it for the next call
                case.headers["Idempotency-Key"] = f"row-{number}"
            kelas = (
                any(part in case.operation.path for part in ("withdraw", "decision")) or case.operation.label == SENDING
            )
            case.headers = {
                **(case.headers or {}),
                "Authorization": f"Bearer {access_token(etotu if kelas else county_pirkanmaa)}",
            }

        def after_call(self, response, case):
            answered[case.operation.label, response.status_code] += 1
            route_batch()

    Row.run(settings=ROWS)
    assert sum(answered.values()) > 150
    worked = {label for label, status in answered if status in (200, 201)}
    assert SENDING in worked, answered
    assert "GET /api/v1/referrals/{referral_id}/" in worked
    assert len(worked) >= 4, answered
