"""Invented referrals as a sender writes them: the JSON of the interface, by type.

Everything follows from the `random` that is handed in, so the same seed writes the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from kela_kunta.demo import texts
from kela_kunta.demo.chance import Chance
from kela_kunta.demo.people import Person
from referrals.rules.months import add_months, month_of

Body = dict[str, Any]

_BASIC_AMOUNTS = (("2025-01", 58_771), ("", 48_789))  # cents a month for one adult, from a month on
# fmt: off
_ASKED_FOR = (
    "rent_arrears", "rent_arrears", "electricity_arrears", "home_furnishing", "home_furnishing", "child_supplies",
    "child_hobby", "study_costs", "work_costs", "long_term_illness", "guardianship_fee", "funeral_costs",
    "housing_other", "debt_settlement", "other",
)
_ASKED_FOR_AT_ONCE = ("food_and_medicine_crisis", "temporary_accommodation", "electricity_arrears", "rent_arrears")
_REASONS = (
    *["life_management"] * 7, *["livelihood"] * 5, *["housing"] * 4, *["health"] * 2, "eviction_threat", "eviction_threat",
    "over_indebtedness", "substance_use", "mental_health", "family_and_children", "older_person", "young_person",
)
_BASES = (*["consent"] * 5, *["client_request"] * 3, "unable_to_care", "child_interest", "lowering_considered")
_RESIDENCE = (
    *["international_protection"] * 8, *["family_tie"] * 5, *["quota_refugee"] * 2, "temporary_protection", "work", "study",
    "continuous_other", "eu_registered",
)
_GROUNDS = (
    *["neglected_employment_service"] * 4, *["refused_work"] * 2, "refused_or_neglected_activation_plan",
    "refused_or_neglected_integration_plan", "not_registered_as_jobseeker", "education_refused",
)
# fmt: on


def referral(
    kind: str,
    who: Person,
    details: Body,
    *,
    home: str | None,
    informed_on: date | None,
    stay: str | None = None,
    note: str = "",
    reference: str = "",
    protected: bool = False,
    home_missing: str = "",
) -> Body:
    """A whole referral of type `kind` about `who`. Municipalities by code; `home_missing` says why there is none."""
    client: Body = {
        "identity_code": who.identity_code,
        "family_name": who.family_name,
        "given_names": who.given_names,
        "home_municipality": home,
        "place_of_stay": stay,
        "permanent_stay": None,
        "phone": who.phone or None,
        "phone_missing_reason": who.phone_missing_reason or None,
        "contact_language": who.contact_language,
        "interpreter_language": who.interpreter_language or None,
        "interpreter_not_needed": who.interpreter_not_needed,
        "non_disclosure": protected,
    }
    if home is None:
        client["home_municipality_missing_reason"] = home_missing
    return {
        "type": kind,
        "client": client,
        "client_informed_on": informed_on.isoformat() if informed_on else None,
        "additional_information": note,
        "sender_reference": reference,
        "details": details,
    }


def written(random: Chance, told: texts.Told, who: Person) -> str:
    """One of the sentences, in Swedish about whom one speaks Swedish with, else in Finnish."""
    return random.choice(told.get(who.contact_language) or told["fi"])


def note(random: Chance, who: Person) -> str:
    """Additional information, mostly none."""
    return written(random, texts.ADDITIONAL, who)


def supplementary_application(
    random: Chance, who: Person, *, on: date, number: int, urgent: bool = False, decided: bool = True
) -> Body:
    """The details of an application sent on day `on`; `decided`: with the basic decision."""
    first = add_months(month_of(on), random.choice((-1, 0, 0, 0, 1)))
    period = {"from": _month(first), "to": _month(add_months(first, random.choice((0, 0, 1))))}
    urgent_basic = urgent or random.random() < 0.12
    asked_for = _ASKED_FOR_AT_ONCE if urgent else _ASKED_FOR
    codes = dict.fromkeys(random.choice(asked_for) for _ in range(random.choice((1, 1, 1, 2, 2, 3))))
    return {
        "requested_by_client": True,
        "application_received_on": (on - timedelta(days=random.randint(0, 9))).isoformat(),
        "application_period": period,
        "urgent_supplementary": urgent,
        "urgent_supplementary_reason": written(random, texts.URGENT_SUPPLEMENTARY, who) if urgent else "",
        "urgent_basic": urgent_basic,
        "urgent_basic_reason": written(random, texts.URGENT_BASIC, who) if urgent_basic else "",
        "expenses": [_expense(random, code, who) for code in codes],
        "basic_decision": basic_decision(random, who.contact_language, on=on, number=number, period=period)
        if decided
        else None,
    }


def basic_decision(random: Chance, language: str, *, on: date, number: int, period: dict[str, str]) -> Body:
    """Kela's decision, made at most three days before `on`, with the calculation of each month of `period`.

    Its lines are in Swedish if that is the `language`, else in Finnish.
    """
    result = random.choice(("granted", "granted", "partly", "rejected", "rejected"))
    months = [period["from"]] if period["from"] == period["to"] else [period["from"], period["to"]]
    return {
        "number": f"K-{on.year}-{number}",
        "decided_on": (on - timedelta(days=random.randint(0, 3))).isoformat(),
        "period": period,
        "result": result,
        "calculation_lines": [
            line
            for month in months
            for line in _calculation(
                random, month, language if language == "sv" else "fi", surplus=result == "rejected"
            )
        ],
    }


def social_work_need(random: Chance, who: Person, *, on: date, urgent: bool = False) -> Body:
    basis = random.choice(_BASES)
    asked = random.random() < 0.1
    reasons = dict.fromkeys(random.choice(_REASONS) for _ in range(random.choice((1, 1, 2, 2, 3))))
    if asked:
        reasons["personal_discussion"] = None
    return {
        "reasons": list(reasons),
        "legal_basis": basis,
        "basis_text": "" if basis in ("consent", "client_request") else written(random, texts.BASIS, who),
        "observed_facts": written(random, texts.FACTS, who),
        "client_wish": written(random, texts.WISHES, who),
        "personal_discussion_requested_on": on.isoformat() if asked else None,
        "urgent": urgent,
        "urgent_reason": written(random, texts.URGENT_SOCIAL_WORK, who) if urgent else "",
    }


def unemployment_alert(random: Chance, *, on: date, at_least: int) -> Body:
    """The details of an alert about a person under 25 (four months) or of 25 and over (twelve)."""
    return {
        "months": _months_before(on, at_least + random.choice((0, 0, 0, 1, 2))),
        "unemployed": True,
        "main_income": True,
        "jobseeker_registered": random.choice(("yes", "yes", "yes", "no", "unknown")),
        "integration_plan": False,
        "found_by": "detection",
    }


def immigrant(random: Chance, *, on: date) -> Body:
    months = random.choice((2, 2, 2, 3, 4))
    arrived = on - timedelta(days=31 * months + random.randint(20, 600))
    permit = arrived + timedelta(days=random.randint(0, (on - arrived).days))
    return {
        "months": _months_before(on, months),
        "residence_ground": random.choice(_RESIDENCE),
        "first_permit_on": permit.isoformat(),
        "arrived_on": arrived.isoformat(),
        "main_income": True,
        "found_by": "detection",
    }


def lowered_basic_amount(random: Chance, *, on: date) -> Body:
    """The notice of one lowered month, of a lowering that began at the turn of this month or the last."""
    first = add_months(month_of(on), random.choice((-1, 0)))
    last = add_months(first, random.choice((1, 2))) - timedelta(days=1)
    return {
        "percent": random.choice((20, 20, 20, 40)),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "ground": random.choice(_GROUNDS),
        "month": _month(first),
    }


def _expense(random: Chance, code: str, who: Person) -> Body:
    cents = None if random.random() < 0.1 else random.randint(20, 900) * 100 + random.choice((0, 0, 0, 50, 90))
    return {"code": code, "amount": cents and _euros(cents), "text": written(random, texts.EXPENSES[code], who)}


def _calculation(random: Chance, month: str, language: str, *, surplus: bool) -> Sequence[Body]:
    """The lines of a month, with more counted income than expenses if `surplus`, else with less."""
    basic = next(cents for since, cents in _BASIC_AMOUNTS if month >= since)
    rent, electricity = random.randint(320, 780) * 100, random.randint(15, 60) * 100
    income = int((basic + rent + electricity) * random.uniform(*((1.02, 1.4) if surplus else (0.3, 0.92))))
    allowance = income * random.randint(30, 55) // 100
    lines = [
        ("expense", "basic_amount", basic, False, "kela"),
        ("expense", "rent", rent, False, "kela"),
        ("expense", "electricity", electricity, False, "kela"),
        ("income", "housing_allowance", allowance, False, "kela"),
        *(
            [("income", "wages", income - allowance, False, "other")]
            if random.random() < 0.2
            else [("income", "labour_market_subsidy", income - allowance, False, "kela")]
        ),
        *([("income", "disability_allowance", 10_800, True, "kela")] if random.random() < 0.08 else []),
    ]
    return [
        {
            "month": month,
            "kind": kind,
            "label": texts.LINES[label][language],
            "amount": _euros(cents),
            "privileged": privileged,
            "source": source,
        }
        for kind, label, cents, privileged, source in lines
    ]


def _months_before(on: date, count: int) -> list[str]:
    last = add_months(month_of(on), -1)
    return [_month(add_months(last, -back)) for back in reversed(range(count))]


def _month(month: date) -> str:
    return month.isoformat()[:7]


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
