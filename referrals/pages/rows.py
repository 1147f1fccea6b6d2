"""Referrals as a list shows them: two lines each, grouped by time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q
from django.utils.translation import gettext as _

from contacts.queries import register
from contacts.rules.register import Register
from kela_kunta.base import clock
from kela_kunta.base.actor import current_actor
from referrals import wording
from referrals.models import Referral
from referrals.pages.due import Due, due_of
from referrals.queries import unread_among
from referrals.rules.ages import age_on
from referrals.rules.lifecycle import HELD, Status
from referrals.types import TYPES
from referrals.types.base import ReferralType


@dataclass(frozen=True, slots=True)
class Row:
    """One referral in a list. A protected person's name and place stand only on the referral's own page."""

    referral: Referral
    kind: ReferralType
    name: str
    about: str
    matter: str
    due: Due | None
    whose: str
    is_unread: bool
    fault: str
    lacks_files: bool

    @classmethod
    def of(cls, referral: Referral, *, today: date, names: Register, is_unread: bool) -> Row:
        kind, client = TYPES[referral.type], referral.client
        about = [_("%(age)s y") % {"age": age_on(client.birth_date, today)}]
        if client.home_municipality_id:
            about.append(wording.municipality_name(client.home_municipality_id, names))
        elif client.place_of_stay_id:
            about.append(
                _("stays in %(municipality)s")
                % {"municipality": wording.municipality_name(client.place_of_stay_id, names)}
            )
        return cls(
            referral=referral,
            kind=kind,
            name=_("Protected person") if referral.protected else client.full_name,
            about=_("details on the referral only") if referral.protected else " · ".join(about),
            matter=kind.matter(getattr(referral, kind.related_name)),
            due=due_of(referral),
            whose=_whose(referral),
            is_unread=is_unread,
            lacks_files=referral.status == Status.SENT and referral.attachments_due is not None,
            fault=referral.fault if current_actor().of_kela and referral.status in HELD else "",
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the same time, with how many there are of them on all pages, where that is known."""

    name: str
    title: str
    rows: list[Row]
    total: int | None = None


def rows_of(referrals: Iterable[Referral], *, today: date) -> list[Row]:
    """The rows of `referrals`, in their order. Two statements beside those of `referrals`."""
    found, names = list(referrals), register()
    unread = unread_among(current_actor(), [referral.pk for referral in found]) if found else set()
    return [Row.of(one, today=today, names=names, is_unread=one.pk in unread) for one in found]


def escalated_group(referrals: Iterable[Referral], *, today: date, total: int) -> Group:
    """What was escalated and nobody has taken note of."""
    return Group("escalated", _("Escalated: not acknowledged yet"), rows_of(referrals, today=today), total)


def by_deadline(referrals: Iterable[Referral], *, today: date, totals: dict[str, int]) -> list[Group]:
    """Late, today, this week, later; `referrals` come nearest deadline first."""
    titles = {
        "late": _("Late"),
        "today": _("Today, %(date)s") % {"date": f"{today.day}.{today.month}."},
        "week": _("This week"),
        "later": _("Later"),
    }
    rows = rows_of(referrals, today=today)
    return [
        Group(name, titles[name], list(group), totals.get(name))
        for name, group in groupby(rows, key=lambda row: deadline_group(row.referral.due_on, today))
    ]


def by_sending(referrals: Iterable[Referral], *, today: date) -> list[Group]:
    """Sent today, this week, earlier; `referrals` come latest first."""
    titles = {"today": _("Sent today"), "week": _("Sent this week"), "earlier": _("Sent earlier")}
    return _by_day(referrals, "sent_at", titles, today)


def by_arrival(referrals: Iterable[Referral], *, today: date) -> list[Group]:
    """Arrived at the authority today, this week, earlier; `referrals` come latest first."""
    titles = {"today": _("Arrived today"), "week": _("Arrived this week"), "earlier": _("Arrived earlier")}
    return _by_day(referrals, "delivered_at", titles, today)


def _by_day(referrals: Iterable[Referral], moment: str, titles: dict[str, str], today: date) -> list[Group]:
    def group_of(row: Row) -> str:
        return _past_group(clock.helsinki_day(getattr(row.referral, moment)), today)

    return [
        Group(name, titles[name], list(group)) for name, group in groupby(rows_of(referrals, today=today), key=group_of)
    ]


def _whose(referral: Referral) -> str:
    """Who has it: the assignee to the authority's people, the authority to Kela's."""
    if current_actor().of_kela:
        return referral.receiving_authority.name if referral.receiving_authority else ""
    return referral.assignee.name if referral.assignee else ""


def deadline_group(due_on: date | None, today: date) -> str:
    """Where a deadline stands, seen from `today`."""
    if due_on is None:
        return "later"
    if due_on < today:
        return "late"
    if due_on == today:
        return "today"
    return "week" if due_on <= _sunday(today) else "later"


def deadline_conditions(today: date) -> dict[str, Q]:
    """The conditions of the groups of `by_deadline`, to count them by."""
    sunday = _sunday(today)
    return {
        "late": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "week": Q(due_on__gt=today, due_on__lte=sunday),
        "later": Q(due_on__gt=max(today, sunday)),
    }


def _past_group(day: date, today: date) -> str:
    if day >= today:
        return "today"
    return "week" if day >= today - timedelta(days=today.weekday()) else "earlier"


def _sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())
