"""The demo's directory, made whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from contacts.bodies import BODIES
from contacts.models import (
    Authority,
    Contact,
    Entry,
    LocalPractice,
    Municipality,
    Pause,
    PostalCode,
    Revision,
    ServicePoint,
)
from contacts.models.entries import Audience, ContactKind
from contacts.queries import areas_on, municipalities_on, register
from contacts.queries.completeness import completeness
from contacts.queries.entries import Reach, freshness_of, pause_of, reach
from contacts.rules.completeness import State
from contacts.rules.freshness import Freshness
from kela_kunta.base import clock
from kela_kunta.demo.accounts import LAPLAND, PIRKANMAA, make_accounts
from kela_kunta.demo.directory.making import NORTH_SAVO, make_directory, written
from kela_kunta.demo.directory.numbers import DIGITS, PREFIX, Numbers

KUHMOINEN = "291"


@dataclass(frozen=True, slots=True)
class Made:
    """What stood in the tables after the directory was made twice; nothing of it stays."""

    first: int
    second: int
    entries: list[Entry]
    revisions: dict[Any, list[Revision]]
    reached: dict[str, Reach]
    lacking: dict[State, set[tuple[str, str]]]

    def of(self, model: type[Any]) -> list[Any]:
        return [row for row in self.entries if isinstance(row, model)]


class Undo(Exception):
    """Rolls back."""


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Made]:
    """The tests run inside the transaction that made it."""
    with django_db_blocker.unblock(), suppress(Undo), transaction.atomic():
        make_accounts()
        first, second = make_directory(), make_directory()
        today = clock.today()
        revisions: defaultdict[Any, list[Revision]] = defaultdict(list)
        for revision in Revision.objects.order_by("version"):
            revisions[revision.entry_id].append(revision)
        lacking: defaultdict[State, set[tuple[str, str]]] = defaultdict(set)
        for place in (place for area in completeness(today) for place in area.places):
            for need in place.needs:
                lacking[need.state].add((place.municipality.code, need.kind))
        places = [row for row in municipalities_on(today) if register().responsible(row.code, "under_25", today)]
        entries = [row for model in (Contact, ServicePoint, LocalPractice) for row in model.objects.select_related()]
        yield Made(first, second, entries, revisions, {row.code: reach(row, today) for row in places}, dict(lacking))
        raise Undo


def test_making_it_again_changes_nothing(made: Made) -> None:
    assert (made.first, made.second) == (len(made.entries), 0)


def test_every_municipality_of_the_mainland_has_each_kind_but_one(made: Made) -> None:
    assert len(made.reached) == 292
    without = {
        (code, kind)
        for code, found in made.reached.items()
        for kind in ContactKind
        if kind not in {contact.kind for contact in found.contacts}
    }
    assert without == {(KUHMOINEN, "housing")}


def test_what_is_missing_is_what_is_planned(made: Made) -> None:
    assert made.lacking[State.MISSING] == {(KUHMOINEN, "housing")}


def test_in_pirkanmaa_two_are_stale_and_some_are_due_soon(made: Made) -> None:
    today = clock.today()
    own = Counter(freshness_of(row, today) for row in made.entries if row.owner_id == PIRKANMAA)
    assert (own[Freshness.STALE], own[Freshness.DUE]) == (2, 3)


def test_most_of_the_rest_is_fresh(made: Made) -> None:
    stale = [row for row in made.entries if freshness_of(row, clock.today()) == Freshness.STALE]
    assert 5 < len(stale) < len(made.entries) * 0.05


def test_people_could_have_written_each_entry(made: Made) -> None:
    for row in made.entries:
        body = BODIES[row.KIND](data=_written(row))
        assert body.is_valid(), (row.owner_id, body.errors)
        assert {name: body.validated_data[name] for name in row.WRITTEN} == row.written()


def _written(row: Entry) -> dict[str, Any]:
    values = {name.removesuffix("_id"): value for name, value in row.written().items()}
    if valid := values.pop("valid", None):
        values["from"] = valid.lower.isoformat()
        values["to"] = (valid.upper - timedelta(days=1)).isoformat() if valid.upper else None
    return values


def test_the_newest_revision_of_each_entry_is_the_entry(made: Made) -> None:
    for row in made.entries:
        told = made.revisions[row.pk]
        assert [revision.version for revision in told] == list(range(1, row.version + 1))
        assert told[-1].content["confirmed_on"] == row.confirmed_on.isoformat()
        assert told[-1].at == row.updated_at
        assert [revision.at for revision in told] == sorted(revision.at for revision in told)
        assert told[-1].at < clock.now()
    assert len(made.revisions) == len(made.entries)


def test_no_number_is_anybodys_and_none_stands_twice(made: Made) -> None:
    numbers = [row.phone for row in (*made.of(Contact), *made.of(ServicePoint))]
    numbers += Pause.objects.exclude(fallback_phone="").values_list("fallback_phone", flat=True)
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith(PREFIX) and len(number) == len(PREFIX) + DIGITS for number in numbers)


def test_no_address_is_anybodys(made: Made) -> None:
    addresses = [row.email for row in (*made.of(Contact), *made.of(ServicePoint)) if row.email]
    links = [row.link for row in made.of(Contact) if row.link]
    assert addresses
    assert all(address.endswith(".example") for address in addresses)
    assert links
    assert all(link.removeprefix("https://").split("/")[0].endswith(".example") for link in links)


def test_what_is_of_officials_alone_is_marked_so(made: Made) -> None:
    lines = [row for row in made.of(Contact) if row.kind == ContactKind.OFFICIALS_LINE]
    assert lines
    assert {row.audience for row in lines} == {Audience.OFFICIALS}


def test_where_swedish_is_spoken_all_is_told_in_swedish(made: Made) -> None:
    for code, found in made.reached.items():
        if "sv" not in found.municipality.languages.split():
            continue
        assert all(row.title_sv for row in found.contacts), code
        assert all(row.name_sv and row.street_sv for row in found.service_points if row.municipality_id == code), code
        assert all(row.text_sv for row in found.practices), code
        assert all(bool(row.note_fi) == bool(row.note_sv) for row in (*found.contacts, *found.service_points)), code


def test_every_contact_and_point_has_hours_that_are_kept(made: Made) -> None:
    assert all(row.hours for row in (*made.of(Contact), *made.of(ServicePoint)))
    emergency = {row.hours for row in made.of(Contact) if row.kind == ContactKind.SOCIAL_EMERGENCY}
    assert emergency == {"24/7"}


def test_everywhere_a_payment_commitment_can_be_handed_over(made: Made) -> None:
    without = [
        code
        for code, found in made.reached.items()
        if not any(point.hands_over_commitments for point in found.service_points)
    ]
    assert without == []
    none_of_its_own = [
        code for code, found in made.reached.items() if all(p.municipality_id != code for p in found.service_points)
    ]
    assert 20 < len(none_of_its_own) < 60


def test_a_postal_code_is_of_the_municipality_of_the_point(made: Made) -> None:
    homes = dict(PostalCode.objects.values_list("code", "municipality_id"))
    assert all(homes[row.postal_code] == row.municipality_id for row in made.of(ServicePoint))


def test_kela_has_a_line_for_officials_in_every_district(made: Made) -> None:
    today = clock.today()
    districts = {areas_on(code, today).district for code in ("091", "853", "837", "297", "698")}
    own = [row for row in made.of(Contact) if row.owner_id == "kela" and row.district_id]
    assert {row.district_id for row in own} == {district.code for district in districts if district}
    for found in made.reached.values():
        (line,) = [row for row in found.contacts_of("kela") if row.kind == ContactKind.OFFICIALS_LINE]
        assert line.district_id


def test_each_county_and_kela_agreed_on_five_to_eight_topics(made: Made) -> None:
    today = clock.today()
    counts = Counter(
        row.owner_id
        for row in made.of(LocalPractice)
        if row.agreed and today in row.valid and row.owner_id.startswith("county-")
    )
    assert len(counts) == 22
    assert set(counts.values()) <= {5, 6, 7, 8}


def test_some_practices_were_others_before(made: Made) -> None:
    today = clock.today()
    ended = [row for row in made.of(LocalPractice) if row.valid.upper and row.valid.upper <= today]
    assert len(ended) > 10
    for row in ended:
        (later,) = [
            other
            for other in made.of(LocalPractice)
            if (other.owner_id, other.topic, other.valid.lower) == (row.owner_id, row.topic, row.valid.upper)
        ]
        assert later.text_fi != row.text_fi


def test_one_proposal_waits_for_kela_and_one_for_pirkanmaa(made: Made) -> None:
    waiting = {
        (row.owner_id, row.topic, "kela" if row.owner_agreed_on else "owner")
        for row in made.of(LocalPractice)
        if not row.agreed
    }
    assert waiting == {(PIRKANMAA, "surplus", "kela"), (PIRKANMAA, "housing_costs", "owner")}


def test_one_authority_is_paused_now_and_another_was(made: Made) -> None:
    now = clock.now()
    assert {row.authority_id for row in Pause.objects.all()} == {LAPLAND, NORTH_SAVO}
    paused = pause_of(LAPLAND, "under_25", now)
    assert paused is not None
    assert paused.fallback_phone
    assert paused.valid.upper > now
    assert pause_of(LAPLAND, "social_work_need", now) is None
    assert pause_of(NORTH_SAVO, "social_work_need", now) is None


def test_titles_and_names_are_in_the_reader_s_language(made: Made) -> None:
    found = made.reached["499"]
    with translation.override("sv"):
        assert "Korsholm" in [point.name.split(", ")[1] for point in found.service_points]


def test_everything_is_of_an_authority_that_is(made: Made) -> None:
    serving = set(Authority.objects.values_list("code", flat=True))
    assert {row.owner_id for row in made.entries} <= serving
    assert Municipality.objects.filter(code=KUHMOINEN).exists()


def test_it_is_the_same_every_time(made: Made) -> None:
    today = clock.today()
    assert written(today, Numbers()) == written(today, Numbers())


@pytest.mark.django_db
def test_on_a_leap_day_it_stands_the_same() -> None:
    with clock.frozen(datetime(2028, 2, 29, 22, 30, tzinfo=UTC)):  # the first of March in Helsinki
        make_accounts()
        make_directory()
        today = clock.today()
        entries = [
            row for model in (Contact, ServicePoint, LocalPractice) for row in model.objects.filter(owner=PIRKANMAA)
        ]
        own = Counter(freshness_of(row, today) for row in entries)
        assert (own[Freshness.STALE], own[Freshness.DUE]) == (2, 3)
        assert not Revision.objects.filter(at__gt=clock.now()).exists()
