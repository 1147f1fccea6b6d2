"""A municipality's page: who serves it, how it stands with them, whom to reach, where to go and what was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from rest_framework.exceptions import ValidationError

from accounts.pages import for_roles
from contacts.actions.keeping import may_keep
from contacts.models import Authority, Contact, Municipality, PostalCode
from contacts.models.entries import ContactKind
from contacts.pages import practices
from contacts.pages.search import READERS
from contacts.pages.telling import ContactTold, PauseTold, PointTold
from contacts.queries import days, municipality
from contacts.queries.completeness import needs_of
from contacts.queries.entries import KELA, Reach, pauses_of, reach, versions_of
from contacts.rules.completeness import State
from contacts.rules.hours import covers_week
from contacts.wording import ORDINARY
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.inputs import DayField
from referrals.types import TYPES


@dataclass(frozen=True, slots=True)
class Serving:
    """An authority with what it serves in (labels of types), its pauses now, and the first who can be called there."""

    authority: Authority
    types: list[str]
    pauses: list[PauseTold]
    call: ContactTold | None

    @property
    def paused_in_part(self) -> bool:
        """Whether some of its types go on as usual."""
        return bool(self.pauses) and all(pause.type for pause in self.pauses) and len(self.pauses) < len(self.types)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A required contact that is missing, with the name of who keeps it; `adds` for who looks."""

    authority: str
    adds: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The contacts for one need; `has_gaps` where a need of day and night is not met at all hours."""

    kind: ContactKind
    contacts: list[ContactTold] = field(default_factory=list)
    lacking: Lacking | None = None
    has_gaps: bool = False


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


def names_of(named: Municipality | Authority) -> dict[str, str]:
    """The name in the language active now, then those in Finnish and Swedish that differ; the language by the name."""
    names = {named.name: (get_language() or "fi")[:2]}
    for name, language in ((named.name_fi, "fi"), (named.name_sv, "sv")):
        names.setdefault(name, language)
    return names


def _context(found: Municipality, on: date, by: Actor) -> dict[str, Any]:
    now, told = clock.now(), reach(found, on)
    owners = [authority.code for authority, _types in told.authorities]
    points = _points(told, now)
    in_force, versions = practices.told(told.practices, versions_of(owners, municipality=found.code), on=on, now=now)
    return {
        "municipality": found,
        "names": names_of(found),
        "areas": told.areas,
        "on": on,
        "is_today": on == clock.today(),
        "at_kela": by.of_kela,
        "last_day": days(found.valid)[1],
        "predecessors": list(found.predecessors.order_by("sort_key")),
        "serving": _serving(told, now),
        "emergency": first_call((one for one in told.contacts if one.kind == ContactKind.SOCIAL_EMERGENCY), now),
        "groups": _groups(found, told, on, by),
        "kela": groups_of(told.contacts_of(KELA), now),
        "points": points,
        "kela_office": any(point.of_kela and point.is_office and point.is_here for point in points),
        "handing": [point for point in points if point.hands_over_commitments],
        "practices": in_force,
        "versions": versions,
    }


def _points(told: Reach, now: datetime) -> list[PointTold]:
    codes = {point.postal_code for point in told.service_points}
    towns = dict(PostalCode.objects.filter(code__in=codes).values_list("code", "name_fi"))
    return [PointTold.of(point, now, here=told.municipality.code, towns=towns) for point in told.service_points]


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
            first_call(told.contacts_of(authority.code), now),
        )
        for authority, types in told.authorities
    ]


def first_call(contacts: Iterable[Contact], now: datetime) -> ContactTold | None:
    """The first of `contacts` whom an official can call: of the first need what is for officials alone."""
    with_phone = [contact for contact in contacts if contact.phone]
    of_first = [contact for contact in with_phone if contact.kind == with_phone[0].kind]
    found = min(of_first, key=lambda contact: contact.audience, default=None)  # "officials" comes before "public"
    return ContactTold.of(found, now) if found else None


def _groups(found: Municipality, told: Reach, on: date, by: Actor) -> list[Group]:
    """The needs met by who serves here, and the required ones that nobody meets now, each at its place."""
    needs = needs_of(found, on) if on == clock.today() else []
    missing = {
        need.kind: Lacking(need.owner.name, may_keep(by, need.owner.code, Contact))
        for need in needs
        if need.state == State.MISSING and need.owner
    }
    groups = [
        replace(group, lacking=missing.pop(group.kind, None))
        for group in groups_of((one for one in told.contacts if one.owner_id != KELA), clock.now())
    ]
    groups += [Group(kind, lacking=lacking) for kind, lacking in missing.items()]
    return sorted(groups, key=lambda group: list(ContactKind).index(group.kind))


def groups_of(contacts: Iterable[Contact], now: datetime) -> list[Group]:
    """Contacts by need, in the order in which they came."""
    by_kind: dict[ContactKind, list[Contact]] = {}
    for contact in contacts:
        by_kind.setdefault(ContactKind(contact.kind), []).append(contact)
    return [
        Group(kind, [ContactTold.of(row, now) for row in rows], has_gaps=_has_gaps(kind, rows))
        for kind, rows in by_kind.items()
    ]


def _has_gaps(kind: ContactKind, rows: list[Contact]) -> bool:
    return kind == ContactKind.SOCIAL_EMERGENCY and not covers_week((row.hours for row in rows), ORDINARY)
