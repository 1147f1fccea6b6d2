"""Months of assistance in tests, told as the payment system tells them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from contacts.queries import register
from kela_kunta.base import clock
from referrals.actions.grounds import DETECTOR
from referrals.actions.taking_in import take_in
from referrals.assistance import AssistanceReader
from referrals.models import Recipient
from referrals.rules.months import add_months, month_of
from tests.builders import identity_code

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
BORN = date(2003, 5, 12)  # 23 on that day


@pytest.fixture
def november() -> Iterator[None]:
    """Everything happens on 25 November 2026."""
    with clock.frozen(NOW):
        yield


def month_told(month: date, *, born: date = BORN, number: int = 900, **facts: Any) -> dict[str, Any]:
    """A month of somebody of Tampere, unemployed and living on it, unless `facts` say otherwise."""
    return {
        "identity_code": identity_code(born, number),
        "family_name": "Esimerkki",
        "given_names": "Oiva",
        "month": f"{month:%Y-%m}",
        "amount": "587.71",
        "home_municipality": "837",
        "main_income": True,
        "unemployed": True,
        "integration_plan": False,
        "residence_ground": None,
        "first_permit_on": None,
    } | facts


def tell(*bodies: dict[str, Any]) -> int:
    """Take in the months that `bodies` tell; how many were new or different."""
    reader = AssistanceReader(on=clock.today(), register=register())
    made = take_in([reader.read(body) for body in bodies], by=DETECTOR)
    return made.changed if made else 0


def tell_months(count: int, *, until: date | None = None, **facts: Any) -> None:
    """Tell of `count` months in a row, by default up to last month."""
    last = until or add_months(month_of(clock.today()), -1)
    tell(*(month_told(add_months(last, -place), **facts) for place in range(count)))


def recipient_of(born: date = BORN, number: int = 900) -> Recipient:
    return next(row for row in Recipient.objects.all() if row.identity_code == identity_code(born, number))
