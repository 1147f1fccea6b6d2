"""A municipality's page: who serves it, how it stands with them, whom to reach, where to go and what was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.exceptions import ValidationError

from accounts.pages import for_roles
from contacts.actions.keeping import may_keep
from contacts.models import Authority, Contact, Municipality, PostalCode
from contacts.models.entries import ContactKind
from contacts.pages.search import READERS
from contacts.pages.telling import ContactTold, PauseTold, PointTold, PracticeTold
from contacts.queries import areas_on, days, municipality
from contacts.queries.completeness import Need, needs_of
from contacts.queries.entries import KELA, Reach, pauses_of, reach
from contacts.rules.completeness import State
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.inputs import DayField
from referrals.types import TYPES


@dataclass(frozen=True, slots=True)
class Serving:
    """An authority with what it serves in (labels of types), and its pauses now."""

    authority: Authority
    types: list[str]
    pauses: list[PauseTold]


@dataclass(frozen=True, slots=True)
class Group:
    """The contacts for one need."""

    label: str
    contacts: list[ContactTold]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A required contact that is missing; `owner` is the code of who may add it for whoever looks, else ""."""

    kind: ContactKind
    authority: str
    owner: str


@for_roles(*READERS)
@require_safe
def municipality_page(request: HttpRequest, code: str) -> HttpResponse:
    """`?on=` is the day whose responsibilities and practices are told; today without it."""
    found = municipality(code)
    if found is None:
        raise Http404
    on, wrong = asked_day(request)
    context = _context(found, on, request.actor)
    return render(request, "contacts/municipality.html", context | {"wrong": wrong}, status=422 if wrong else 200)


def asked_day(request: HttpRequest) -> tuple[date, str]:
    """The day that the address asks for, and what is wrong with it; today where there is none to read."""
    text = request.GET.get("on", "").strip()
    try:
        return (DayField().run_validation(text) if text else clock.today()), ""
    except ValidationError as error:
        return clock.today(), " ".join(map(str, error.detail))


def _context(found: Municipality, on: date, by: Actor) -> dict[str, Any]:
    now, told = clock.now(), reach(found, on)
    towns = dict(
        PostalCode.objects.filter(code__in={p.postal_code for p in told.service_points}).values_list("code", "name_fi")
    )
    points = [PointTold.of(point, now, here=found.code, towns=towns) for point in told.service_points]
    return {
        "municipality": found,
        "areas": areas_on(found.code, on),
        "on": on,
        "is_today": on == clock.today(),
        "last_day": days(found.valid)[1],
        "predecessors": list(found.predecessors.order_by("sort_key")),
        "serving": _serving(told, now),
        "groups": groups_of((one for one in told.contacts if one.owner_id != KELA), now),
        "kela": groups_of(told.contacts_of(KELA), now),
        "lacking": _lacking(found, on, by),
        "points": points,
        "kela_office": any(point.of_kela and point.is_office and point.is_here for point in points),
        "handing": [point for point in points if point.hands_over_commitments],
        "practices": [PracticeTold.of(practice, now) for practice in told.practices],
        "adds": next((code for code, *_ in _owners(told) if may_keep(by, code, Contact)), ""),
    }


def _owners(told: Reach) -> list[tuple[str, str]]:
    return [*((authority.code, authority.name) for authority, _types in told.authorities), (KELA, "")]


def _serving(told: Reach, now: datetime) -> list[Serving]:
    pauses = pauses_of([authority.code for authority, _types in told.authorities], now)
    return [
        Serving(
            authority,
            [str(kind.short_label) for code, kind in TYPES.items() if code in types],
            [
                PauseTold.of(one, now)
                for one in pauses
                if one.authority_id == authority.code and one.type in ("", *types)
            ],
        )
        for authority, types in told.authorities
    ]


def groups_of(contacts: Iterable[Contact], now: datetime) -> list[Group]:
    """Contacts by need, in the order in which they came."""
    groups: dict[str, Group] = {}
    for contact in contacts:
        group = groups.setdefault(contact.kind, Group(str(ContactKind(contact.kind).label), []))
        group.contacts.append(ContactTold.of(contact, now))
    return list(groups.values())


def _lacking(found: Municipality, on: date, by: Actor) -> list[Lacking]:
    missing = [need for need in needs_of(found, on) if need.state == State.MISSING and need.owner]
    return [_lack(need, by) for need in missing]


def _lack(need: Need, by: Actor) -> Lacking:
    owner = need.owner
    code, name = (owner.code, owner.name) if owner else ("", "")
    return Lacking(need.kind, name, code if may_keep(by, code, Contact) else "")
