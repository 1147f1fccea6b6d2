"""Valid bodies of referrals about invented people. A test changes in them what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kela_kunta.base import clock
from referrals.rules.ages import years_after
from referrals.rules.months import add_months, month_of

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
AGES = {"under_25": 22}


def identity_code(born: date, number: int = 900, *, separator: str = "") -> str:
    """The artificial code of `number` (900–999) among those born on that day; the separator is the century's first."""
    day = f"{born:%d%m}{born.year % 100:02}"
    separator = separator or {18: "+", 19: "-", 20: "A"}[born.year // 100]
    return f"{day}{separator}{number:03}{CHECK_CHARACTERS[int(f'{day}{number:03}') % 31]}"


def person(born: date, number: int = 900, **facts: Any) -> dict[str, Any]:
    """The client in a body: somebody born on that day, of Tampere, with `facts` instead of the usual."""
    return {
        "identity_code": identity_code(born, number),
        "family_name": "Esimerkki",
        "given_names": "Aino",
        "home_municipality": "837",
        "place_of_stay": None,
        "permanent_stay": None,
        "phone": "+358401234567",
        "phone_missing_reason": None,
        "contact_language": "fi",
        "interpreter_language": None,
        "non_disclosure": False,
    } | facts


def body(
    type: str,
    *,
    on: date | None = None,
    client: Mapping[str, Any] | None = None,
    common: Mapping[str, Any] | None = None,
    **details: Any,
) -> dict[str, Any]:
    """A referral of `type` that may be sent on day `on` (today by default), in the shape of the interface.

    `client` and `common` (client_informed_on, additional_information, sender_reference) replace
    single fields of theirs, the other arguments those of `details`.
    """
    on = on or clock.today()
    born = years_after(date(on.year, 1, 1), -AGES.get(type, 36))
    return (
        {
            "type": type,
            "client": person(born) | dict(client or {}),
            "client_informed_on": on.isoformat(),
            "additional_information": "",
            "sender_reference": "",
        }
        | dict(common or {})
        | {"details": DETAILS[type](on) | details}
    )


def month(day: date, before: int = 0) -> str:
    """The month of `day`, or that many before it, such as "2026-07"."""
    return f"{add_months(month_of(day), -before):%Y-%m}"


def months(on: date, count: int) -> list[str]:
    """The `count` full months before day `on`, in order."""
    return [month(on, before) for before in range(count, 0, -1)]


def decision(on: date, **facts: Any) -> dict[str, Any]:
    """A basic decision made on day `on`: 179,71 € lacked, and so much was granted."""
    this = month(on)
    return {
        "number": "K-1",
        "decided_on": on.isoformat(),
        "period": {"from": this, "to": this},
        "result": "granted",
        "calculation_lines": [
            line(this, "expense", "587.71", label="Basic amount"),
            line(this, "income", "408.00", label="Labour market subsidy"),
            line(this, "income", "108.00", label="Disability allowance", privileged=True),
        ],
    } | facts


def line(month: str, kind: str, amount: str, **facts: Any) -> dict[str, Any]:
    """One line of a calculation."""
    return {
        "month": month,
        "kind": kind,
        "label": "Line",
        "amount": amount,
        "privileged": False,
        "source": "kela",
    } | facts


def _supplementary_application(on: date) -> dict[str, Any]:
    return {
        "requested_by_client": True,
        "application_received_on": on.isoformat(),
        "application_period": {"from": month(on), "to": month(on)},
        "urgent_supplementary": False,
        "urgent_supplementary_reason": "",
        "urgent_basic": False,
        "urgent_basic_reason": "",
        "expenses": [{"code": "home_furnishing", "amount": "250.00", "text": "Bed"}],
        "basic_decision": None,
    }


def _social_work_need(on: date) -> dict[str, Any]:
    return {
        "reasons": ["eviction_threat", "mental_health"],
        "legal_basis": "consent",
        "basis_text": "",
        "observed_facts": "The landlord has given notice. The client has not slept and wishes somebody would call.",
        "client_wish": "A call in the morning.",
        "personal_discussion_requested_on": None,
        "urgent": False,
        "urgent_reason": "",
    }


def _under_25(on: date) -> dict[str, Any]:
    return _unemployment(months(on, 4))


def _over_25(on: date) -> dict[str, Any]:
    return _unemployment(months(on, 12))


def _unemployment(months: list[str]) -> dict[str, Any]:
    return {
        "months": months,
        "unemployed": True,
        "main_income": True,
        "jobseeker_registered": "yes",
        "integration_plan": False,
        "found_by": "handler",
    }


def _immigrant(on: date) -> dict[str, Any]:
    return {
        "months": months(on, 2),
        "residence_ground": "international_protection",
        "first_permit_on": years_after(on, -1).isoformat(),
        "arrived_on": years_after(on, -2).isoformat(),
        "main_income": True,
        "found_by": "handler",
    }


def _lowered_basic_amount(on: date) -> dict[str, Any]:
    return {
        "percent": 20,
        "from": f"{month(on)}-01",
        "to": f"{month(on)}-28",
        "ground": "neglected_employment_service",
        "month": month(on),
    }


DETAILS = {
    "supplementary_application": _supplementary_application,
    "social_work_need": _social_work_need,
    "under_25": _under_25,
    "immigrant": _immigrant,
    "lowered_basic_amount": _lowered_basic_amount,
    "over_25": _over_25,
}
