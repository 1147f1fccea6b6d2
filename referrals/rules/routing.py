"""Which authority receives a referral, with the reason kept beside (Act on Social Assistance, sections 4, 14 c and 27;
Social Welfare Act, section 12; Act on Rehabilitative Work, section 27; Act 681/2023, section 84)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Any

from contacts.rules.register import Register


class Places(Enum):
    """Where a type's law sends the referral, first match first."""

    HOME_ONLY = "home only"
    HOME = "home"
    URGENT_STAY = "urgent: stay; else home"
    URGENT_STAY_PERMANENT = "urgent: stay; else permanent stay; else home"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable code, worded when shown, with codes and dates as parameters; never anything of the client but
    municipalities."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Case:
    """What routing asks of a referral. `urgent` is the urgency that the receiver's deadline goes by."""

    type: str
    order: Places
    home: str | None
    permanent_stay: str | None = None
    place_of_stay: str | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Routed:
    authority: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Unroutable:
    reason: Reason


NO_SUCH_MUNICIPALITY = "U1"
NO_HOME_FOR_ALERT = "U2"
ALAND = "U3"
NOBODY_RESPONSIBLE = "U4"
NO_PLACE = "U5"


def route(case: Case, register: Register, *, on: date) -> Routed | Unroutable:
    """Who receives `case` when the router delivers it on day `on` (Helsinki): always an authority or a reason why not.

    A code that was merged leads to its successor; an Åland municipality to nobody unless a
    responsibility is recorded; the authority is the one responsible on that day.
    """
    chosen = next(_places(case), None)
    if chosen is None:
        return Unroutable(Reason(NO_HOME_FOR_ALERT if case.order is Places.HOME_ONLY else NO_PLACE))
    code, place = chosen
    params = {"place": place, "type": case.type, "on": on.isoformat()}
    current = register.current(place, on)
    if current is None:
        return Unroutable(Reason(NO_SUCH_MUNICIPALITY, params))
    if current != place:
        params |= _merger(register, place, current)
    duty = register.responsible(current, case.type, on)
    if duty is None:
        municipality = register.municipality(current)
        outside = municipality is not None and municipality.aland
        return Unroutable(Reason(ALAND if outside else NOBODY_RESPONSIBLE, params))
    params["authority"] = duty.authority
    if duty.valid_from:
        params["since"] = duty.valid_from.isoformat()
    if duty.valid_to:
        params["until"] = duty.valid_to.isoformat()
    return Routed(duty.authority, Reason(code, params))


def _places(case: Case) -> Iterator[tuple[str, str]]:
    """The places to try, each with the code of the reason; the first one decides."""
    urgent = case.urgent and case.order in (Places.URGENT_STAY, Places.URGENT_STAY_PERMANENT)
    if urgent and case.place_of_stay:
        # Where there is no other place, the urgency decided nothing.
        yield ("urgent_stay" if case.home or case.permanent_stay else "no_home_stay"), case.place_of_stay
    elsewhere = case.permanent_stay if case.permanent_stay != case.home else None
    if elsewhere and case.home and not urgent and case.order is Places.URGENT_STAY_PERMANENT:
        yield "permanent_stay", elsewhere
    if case.home:
        yield ("urgent_stay_not_given" if urgent else "home"), case.home
    if case.order is not Places.HOME_ONLY:
        if case.permanent_stay:
            yield "no_home_permanent_stay", case.permanent_stay
        if case.place_of_stay:
            yield "no_home_stay", case.place_of_stay


def _merger(register: Register, place: str, current: str) -> dict[str, str]:
    """Which municipality `place` is part of now, and since when."""
    line = register.lineage(place)
    former = register.municipality(line[line.index(current) - 1])
    params = {"merged_into": current}
    if former and former.valid_to:
        params["merged_on"] = (former.valid_to + timedelta(days=1)).isoformat()
    return params
