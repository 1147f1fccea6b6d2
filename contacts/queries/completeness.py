"""What the directory lacks: required kinds of contact that are missing, or not confirmed in time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from contacts.models import (
    Authority,
    Contact,
    DirectoryCheck,
    Entry,
    FinnishOrder,
    LocalPractice,
    Municipality,
    MunicipalityCounty,
    MunicipalityRegion,
    Region,
    Responsibility,
)
from contacts.models.entries import ContactKind
from contacts.queries.entries import KINDS
from contacts.queries.places import ALAND_COUNTY
from contacts.rules.completeness import Kept, Requirement, State, required_on, state_in
from contacts.rules.freshness import Freshness, freshness


@dataclass(frozen=True, slots=True)
class Need:
    """A required kind in a municipality: who must have the contact (None when nobody serves there), and how it stands."""

    kind: ContactKind
    owner: Authority | None
    state: State


@dataclass(frozen=True, slots=True)
class Counts:
    """How many required kinds stand how."""

    by_state: Counter[State] = field(default_factory=Counter)

    @property
    def missing(self) -> int:
        return self.by_state[State.MISSING]

    @property
    def stale(self) -> int:
        return self.by_state[State.STALE]

    @property
    def due(self) -> int:
        return self.by_state[State.DUE]

    @property
    def reliable(self) -> int:
        """What is there and confirmed in time."""
        return self.by_state[State.CURRENT] + self.due

    @property
    def total(self) -> int:
        return self.by_state.total()

    @property
    def share(self) -> int:
        """Per cent that can be relied on, rounded down: 100 only when nothing is missing or stale."""
        return 100 * self.reliable // self.total if self.total else 100

    @property
    def complete(self) -> bool:
        return self.reliable == self.total


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality with its needs, in the order of the requirements."""

    municipality: Municipality
    needs: list[Need]

    @property
    def counts(self) -> Counts:
        return Counts(Counter(need.state for need in self.needs))

    def lacking(self, state: State) -> list[Need]:
        """Those that stand so."""
        return [need for need in self.needs if need.state == state]


@dataclass(frozen=True, slots=True)
class Area:
    """A region with its municipalities, by name."""

    region: Region
    places: list[Place]

    @property
    def counts(self) -> Counts:
        return counts_of(self.places)


@dataclass(frozen=True, slots=True)
class Missing:
    """A required kind that an owner lacks, in some of the municipalities that it serves or in all of them."""

    kind: ContactKind
    municipalities: list[Municipality]
    everywhere: bool


def counts_of(places: Iterable[Place]) -> Counts:
    return Counts(sum((place.counts.by_state for place in places), Counter()))


def completeness(on: date, *, region: str | None = None) -> list[Area]:
    """Every region, or one, with its municipalities on day `on`, by name; Åland apart. Three statements."""
    rows = (
        MunicipalityRegion.objects.filter(valid__contains=on, municipality__valid__contains=on)
        .exclude(municipality__in=_aland())
        .select_related("region", "municipality")
        .order_by("region__sort_key", FinnishOrder(f"municipality__{_name()}"), "municipality")
    )
    if region is not None:
        rows = rows.filter(region=region)
    found = list(rows)
    needs = _needs([row.municipality for row in found], on)
    areas: dict[str, Area] = {}
    for row in found:
        area = areas.setdefault(row.region_id, Area(row.region, []))
        area.places.append(Place(row.municipality, needs[row.municipality_id]))
    return list(areas.values())


def needs_of(municipality: Municipality, on: date) -> list[Need]:
    """The needs of one municipality on day `on`, in the order of the requirements. Two statements."""
    return _needs([municipality], on)[municipality.code]


def aland(on: date) -> list[Municipality]:
    """The municipalities of Åland, which decides social assistance by its own law. One statement."""
    return list(
        Municipality.objects.filter(valid__contains=on, pk__in=_aland()).order_by(FinnishOrder(_name()), "code")
    )


def missing_kinds(owner: str, on: date) -> list[Missing]:
    """The required kinds that an owner has nowhere, or not everywhere that it serves, on day `on`. Two statements."""
    duties = _duties(on).filter(authority=owner).select_related("municipality")
    served: defaultdict[str, list[Municipality]] = defaultdict(list)
    for duty in duties.order_by(FinnishOrder(f"municipality__{_name()}"), "municipality"):
        served[duty.type].append(duty.municipality)
    kept = _kept([owner], on)
    found = []
    for required in required_on(on):
        places = served[required.type]
        missing = [place for place in places if state_in(place.code, kept[owner, required.kind]) == State.MISSING]
        if missing:
            found.append(Missing(ContactKind(required.kind), missing, everywhere=len(missing) == len(places)))
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many entries of an owner are to be confirmed soon, and how many were not in time."""

    due: int = 0
    stale: int = 0


def waiting_by_owner(on: date) -> dict[str, Waiting]:
    """The owners with entries that wait to be confirmed on day `on`, by code. Three statements.

    A practice that has ended is not asked about any more.
    """
    counts: Counter[tuple[str, Freshness]] = Counter()
    for model in KINDS.values():
        rows = _still_to_keep(model, on).values_list("owner", "confirmed_on", "review_months")
        counts.update((owner, freshness(day, months, on=on)) for owner, day, months in rows)
    owners = sorted({owner for owner, state in counts if state != Freshness.FRESH})
    return {owner: Waiting(counts[owner, Freshness.DUE], counts[owner, Freshness.STALE]) for owner in owners}


def last_check() -> DirectoryCheck | None:
    """What the nightly look found last. One statement."""
    return DirectoryCheck.objects.order_by("-at", "-id").first()


def _still_to_keep(model: type[Entry], on: date) -> QuerySet[Any]:
    if model is LocalPractice:
        return LocalPractice.objects.exclude(valid__fully_lt=DateRange(on, None))
    return model._default_manager.all()


def _needs(municipalities: Collection[Municipality], on: date) -> dict[str, list[Need]]:
    """The needs of each municipality, by its code. Two statements."""
    required = required_on(on)
    serving: dict[tuple[str, str], Authority] = {
        (duty.municipality_id, duty.type): duty.authority
        for duty in _duties(on).filter(municipality__in=municipalities).select_related("authority")
    }
    kept = _kept({authority.code for authority in serving.values()}, on)

    def need(place: str, row: Requirement) -> Need:
        owner = serving.get((place, row.type))
        state = state_in(place, kept[owner.code, row.kind]) if owner else State.MISSING
        return Need(ContactKind(row.kind), owner, state)

    return {place.code: [need(place.code, row) for row in required] for place in municipalities}


def _duties(on: date) -> QuerySet[Responsibility]:
    return Responsibility.objects.filter(valid__contains=on, type__in={row.type for row in required_on(on)})


def _kept(owners: Collection[str], on: date) -> defaultdict[tuple[str, str], list[Kept]]:
    """The owners' contacts of required kinds, by owner and kind. One statement."""
    rows = Contact.objects.filter(
        Q(district=None), owner__in=owners, kind__in={row.kind for row in required_on(on)}
    ).values_list("owner_id", "kind", "audience", "municipality_id", "confirmed_on", "review_months")
    kept: defaultdict[tuple[str, str], list[Kept]] = defaultdict(list)
    for owner, kind, audience, municipality, confirmed_on, months in rows:
        kept[owner, kind].append(Kept(audience, municipality, freshness(confirmed_on, months, on=on)))
    return kept


def _aland() -> QuerySet[MunicipalityCounty, Any]:
    return MunicipalityCounty.objects.filter(county=ALAND_COUNTY).values("municipality")


def _name() -> str:
    return "name_sv" if (get_language() or "").startswith("sv") else "name_fi"
