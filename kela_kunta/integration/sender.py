"""Kela's system on a realistic day: all six types, most of them one by one, the alerts of the night in one batch."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from fpdf import FPDF

from kela_kunta.demo import bodies, people
from kela_kunta.demo.bodies import Body
from kela_kunta.demo.chance import Chance
from kela_kunta.integration.service import Refused, Service

_MOST_IN_A_BATCH = 1000
_PEOPLE = 200_000
# The shares of the types are near those of 2017.
_ALONE = (*["supplementary_application"] * 7, *["social_work_need"] * 2, "lowered_basic_amount")
_IN_BATCH = ("under_25", "under_25", "over_25", "immigrant")


@dataclass(slots=True)
class Sent:
    """What came of a day: how many of each type went, how many each problem's code refused, how many files and months of
    assistance."""

    types: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    again: int = 0
    files: int = 0
    months: int = 0


def send_day(service: Service, *, count: int, municipalities: list[str], on: date, seed: str) -> Sent:
    """Send `count` referrals as on day `on` about people of `municipalities`, two thirds singly, the rest in batches, and
    tell as many months of assistance.

    The same `seed` on the same day writes the same referrals. Every tenth single one is sent twice, as after a lost answer.

    Raises:
        Refused: the service refuses a whole call other than for what stands in a referral.
    """
    chance, sent, run = Chance(f"{seed} {on}"), Sent(), uuid4().hex
    alone = count - count // 3
    for place in range(alone):
        kind = _ALONE[place % len(_ALONE)]
        body = _body(chance, kind, home=chance.choice(municipalities), on=on, number=place)
        if body["type"] == "social_work_need":
            body["attachments"] = [_declared(_sheet(), name=f"Vuokrasopimus {place}.pdf")]
        _send_one(service, body, sent, key=f"{run}-{place}", again=place % 10 == 0)
    items = [
        {
            "idempotency_key": f"{run}-{place}",
            "referral": _body(
                chance, _IN_BATCH[place % len(_IN_BATCH)], home=chance.choice(municipalities), on=on, number=place
            ),
        }
        for place in range(alone, count)
    ]
    for first in range(0, len(items), _MOST_IN_A_BATCH):
        _send_batch(service, items[first : first + _MOST_IN_A_BATCH], sent)
    _tell_months(service, [_month(chance, chance.choice(municipalities), on) for _place in range(count)], sent)
    return sent


def _send_one(service: Service, body: Body, sent: Sent, *, key: str, again: bool) -> None:
    try:
        for _time in range(1 + again):
            answer = service.call("POST", "referrals/", json=body, headers={"Idempotency-Key": key}).json()
        for file in body.get("attachments", ()):
            path = f"referrals/{answer['id']}/attachments/{file['sha256']}/"
            service.call("PUT", path, content=_sheet(), headers={"Content-Type": file["media_type"]})
            sent.files += 1
    except Refused as problem:
        if problem.status != 422:
            raise
        sent.refused[problem.code] += 1
        return
    sent.types[body["type"]] += 1
    sent.again += again


@cache
def _sheet() -> bytes:
    """A PDF of one empty page."""
    sheet = FPDF()
    sheet.add_page()
    return bytes(sheet.output())


def _declared(content: bytes, *, name: str) -> dict[str, Any]:
    """The line that announces a file; until it is uploaded the referral waits."""
    sha256 = hashlib.sha256(content).hexdigest()
    return {"name": name, "size": len(content), "sha256": sha256, "media_type": "application/pdf"}


def _send_batch(service: Service, items: list[dict[str, Any]], sent: Sent) -> None:
    results = service.call("POST", "referrals/batch/", json={"items": items}).json()["results"]
    for item, result in zip(items, results, strict=True):
        if result["status"] == 201:
            sent.types[item["referral"]["type"]] += 1
        else:
            sent.refused[result["problem"]["code"]] += 1


def _tell_months(service: Service, months: list[dict[str, Any]], sent: Sent) -> None:
    for first in range(0, len(months), _MOST_IN_A_BATCH):
        told = {"months": months[first : first + _MOST_IN_A_BATCH]}
        for result in service.call("POST", "assistance-months/batch/", json=told).json()["results"]:
            if result["status"] == 200:
                sent.months += 1
            else:
                sent.refused[result["problem"]["code"]] += 1


def _month(chance: Chance, home: str, on: date) -> dict[str, Any]:
    """What was paid to somebody invented for the month of day `on`; sometimes it turns out that nothing was."""
    who = people.person(chance.randint(0, _PEOPLE - 1), people.adults(on.year), "fi")
    return {
        "identity_code": who.identity_code,
        "family_name": who.family_name,
        "given_names": who.given_names,
        "month": f"{on:%Y-%m}",
        "amount": "0.00" if chance.random() < 0.05 else f"{chance.randint(150, 900)}.00",
        "home_municipality": home,
        "main_income": chance.random() < 0.7,
        "unemployed": chance.random() < 0.5,
        "integration_plan": False,
        "residence_ground": None,
        "first_permit_on": None,
    }


def _body(chance: Chance, kind: str, *, home: str, on: date, number: int) -> Body:
    """A referral of `kind` about somebody invented, who lives in the municipality `home`."""
    cohorts = {"under_25": people.under_25, "over_25": people.over_25, "immigrant": people.immigrants}
    who = people.person(chance.randint(0, _PEOPLE - 1), cohorts.get(kind, people.adults)(on.year), "fi")
    urgent = chance.random() < 0.12
    match kind:
        case "supplementary_application":
            # Without the decision, so that it leaves at once: with it a system's referral waits for the day after.
            details = bodies.supplementary_application(chance, who, on=on, number=number, urgent=urgent, decided=False)
        case "social_work_need":
            details = bodies.social_work_need(chance, who, on=on, urgent=urgent)
        case "lowered_basic_amount":
            details = bodies.lowered_basic_amount(chance, on=on)
        case "immigrant":
            details = bodies.immigrant(chance, on=on)
        case _:
            details = bodies.unemployment_alert(chance, on=on, at_least=4 if kind == "under_25" else 12)
    return bodies.referral(
        kind, who, details, home=home, informed_on=on, note=bodies.note(chance, who), reference=f"SIM-{number}"
    )
