"""What is in force of the directory: contacts, service points, practices and pauses, as they show somewhere on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from contacts.models import (
    Authority,
    Contact,
    Entry,
    LocalPractice,
    Municipality,
    Pause,
    Responsibility,
    Revision,
    ServicePoint,
)
from contacts.models.entries import ContactKind, Topic
from contacts.queries.places import Areas, areas_on, responsibilities_on
from contacts.rules.freshness import Freshness, freshness
from contacts.rules.inheritance import nearest, scope
from kela_kunta.base.problems import NotFound

KELA = "kela"
KINDS: dict[str, type[Entry]] = {model.KIND: model for model in (Contact, ServicePoint, LocalPractice)}


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach each other about one municipality on a day; contacts by kind, officials' line first."""

    municipality: Municipality
    areas: Areas
    authorities: list[tuple[Authority, list[str]]]  # with the referral types that each serves
    contacts: list[Contact] = field(default_factory=list)
    service_points: list[ServicePoint] = field(default_factory=list)
    practices: list[LocalPractice] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)

    def contacts_of(self, owner: str) -> list[Contact]:
        return [contact for contact in self.contacts if contact.owner_id == owner]


def reach(municipality: Municipality, on: date) -> Reach:
    """What the page of `municipality` shows on day `on`. Seven statements."""
    serving: dict[str, tuple[Authority, list[str]]] = {}
    duties = list(responsibilities_on(municipality.code, on))
    for duty in duties:
        serving.setdefault(duty.authority_id, (duty.authority, []))[1].append(duty.type)
    owners = [*serving, KELA]
    areas = areas_on(municipality.code, on)
    return Reach(
        municipality,
        areas,
        list(serving.values()),
        contacts_at(municipality.code, owners, areas.district.code if areas.district else None),
        points_at(municipality.code, owners),
        practices_at(municipality.code, list(serving), on),
        duties,
    )


def contacts_at(municipality: str, owners: Collection[str], district: str | None) -> list[Contact]:
    """The owners' contacts that hold in a municipality, the nearer in the place of the wider. One statement."""
    rows = (
        Contact.objects.filter(owner__in=owners)
        .filter(Q(municipality=None) | Q(municipality=municipality))
        .filter(Q(district=None) | Q(district=district))
        .select_related("owner", "municipality", "district")
    )
    shown = nearest(
        (row, (row.owner_id, row.kind, row.audience), scope(municipality=row.municipality_id, district=row.district_id))
        for row in rows
    )
    return sorted(shown, key=_by_kind)


def contacts_of(owner: str) -> list[Contact]:
    """All contacts of an owner, those for all of its area first. One statement."""
    rows = Contact.objects.filter(owner=owner).select_related("owner", "municipality")
    return sorted(rows, key=lambda row: (row.municipality_id or "", row.district_id or "", *_by_kind(row)))


def _by_kind(row: Contact) -> tuple[int, str, str, UUID]:
    return list(ContactKind).index(ContactKind(row.kind)), row.owner_id, row.title_fi, row.id


def points_at(municipality: str, owners: Collection[str]) -> list[ServicePoint]:
    """The owners' service points in a municipality, then those elsewhere that are meant for it too. One statement."""
    rows = ServicePoint.objects.filter(owner__in=owners).filter(
        Q(municipality=municipality) | Q(serves__contains=[municipality])
    )
    found = rows.select_related("owner", "municipality")
    return sorted(found, key=lambda row: (row.municipality_id != municipality, row.owner_id != KELA, row.name_fi))


def practices_at(municipality: str, owners: Collection[str], on: date) -> list[LocalPractice]:
    """The agreed practices in force in a municipality on a day, by topic; its own in the place of its area's. One statement."""
    rows = (
        agreed_practices()
        .filter(owner__in=owners, valid__contains=on)
        .filter(Q(municipality=None) | Q(municipality=municipality))
        .select_related("owner", "municipality")
    )
    shown = nearest(
        (row, (row.owner_id, row.topic), scope(municipality=row.municipality_id, district=None)) for row in rows
    )
    return sorted(shown, key=by_topic)


def by_topic(row: LocalPractice) -> tuple[int, str, str]:
    """Sorts practices by what they are about, as the topics are listed, an owner's own before its municipalities'."""
    return list(Topic).index(Topic(row.topic)), row.owner_id, row.municipality_id or ""


def versions_of(owners: Collection[str], *, municipality: str | None = None) -> list[LocalPractice]:
    """The owners' practices of all days, agreed or only proposed, the latest first; only those that hold in a
    municipality when one is given. One statement."""
    rows = LocalPractice.objects.filter(owner__in=owners).select_related("owner", "municipality")
    if municipality is not None:
        rows = rows.filter(Q(municipality=None) | Q(municipality=municipality))
    return list(rows.order_by(F("valid").desc(), "id"))


def agreed_practices() -> QuerySet[LocalPractice]:
    """Those that both sides have agreed to."""
    return LocalPractice.objects.exclude(owner_agreed_on=None).exclude(kela_agreed_on=None)


def fitting(practices: Iterable[LocalPractice], *, type: str, urgent: bool) -> list[LocalPractice]:
    """Those that fit a referral of that type and urgency, what is for urgent matters alone first."""
    fit = [row for row in practices if (not row.types or type in row.types) and (urgent or not row.urgent_only)]
    return sorted(fit, key=lambda row: not row.urgent_only)


def pause_of(authority: str, type: str, at: datetime) -> Pause | None:
    """The pause of an authority in matters of a type at a moment; one of the type itself before one of all. One statement."""
    rows = Pause.objects.filter(authority=authority, type__in=["", type], valid__contains=at)
    return rows.order_by("-type").first()


def pauses_of(authorities: Collection[str], at: datetime) -> list[Pause]:
    """All pauses of the authorities at a moment. One statement."""
    return list(Pause.objects.filter(authority__in=authorities, valid__contains=at).order_by("authority", "type"))


def entry(kind: str, id: UUID) -> Entry:
    """The entry as it is now.

    Raises:
        NotFound: there is none.
    """
    found = (
        KINDS[kind]._default_manager.select_related("owner", "municipality").filter(pk=id).first()
        if kind in KINDS
        else None
    )
    if found is None:
        raise NotFound
    return found


def history(id: UUID) -> QuerySet[Revision]:
    """What was done to an entry, the newest first; also to one that is no more."""
    return Revision.objects.filter(entry_id=id).order_by("-version")


def changes_of(owner: str) -> QuerySet[Revision]:
    """What was done to an owner's entries, the newest first."""
    return Revision.objects.filter(owner=owner).order_by(F("at").desc(), "entry_id")


def entries_of(owner: str) -> list[Entry]:
    """All entries of an owner. Three statements."""
    return [
        row
        for model in KINDS.values()
        for row in model._default_manager.filter(owner=owner).select_related("owner", "municipality")
    ]


def freshness_of(row: Entry, on: date) -> Freshness:
    return freshness(row.confirmed_on, row.review_months, on=on)


def area_contacts(owner: str) -> list[Contact]:
    """An owner's contacts that hold for all of its area, by need. One statement."""
    rows = Contact.objects.filter(owner=owner, municipality=None).select_related("owner", "municipality", "district")
    order = {kind: place for place, kind in enumerate(ContactKind)}
    return sorted(rows, key=lambda row: (order[ContactKind(row.kind)], row.district_id or "", row.title_fi, row.id))


def served_by(authority: str, on: date) -> list[Municipality]:
    """The municipalities that an authority serves in anything on a day, in Finnish order. One statement."""
    serves = Responsibility.objects.filter(authority=authority, valid__contains=on)
    return list(Municipality.objects.filter(pk__in=serves.values("municipality")).order_by("sort_key"))


def standing_pauses(authority: str, at: datetime) -> list[Pause]:
    """The pauses of an authority that have not ended at a moment, also those to come. One statement."""
    return list(Pause.objects.filter(authority=authority).exclude(valid__fully_lt=(at, None)).order_by("valid", "type"))


def proposals_for(authority: str) -> list[LocalPractice]:
    """The practices that wait for one side's agreement: of Kela, or of the authority whose they would be. One statement."""
    side = Q(kela_agreed_on=None) if authority == KELA else Q(owner=authority, owner_agreed_on=None)
    rows = LocalPractice.objects.filter(side).select_related("owner", "municipality")
    return list(rows.order_by("owner__sort_key", "topic", "id"))


def ended_pauses(authority: str, at: datetime, *, most: int) -> list[Pause]:
    """The pauses of an authority that were over at a moment, the latest first. One statement."""
    over = Pause.objects.filter(authority=authority, valid__fully_lt=(at, None))
    return list(over.order_by(F("valid").desc())[:most])
