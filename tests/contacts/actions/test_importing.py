"""A whole file into the directory, all of it or nothing, and out of it again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from contacts.actions.importing import (
    PlanChanged,
    Undone,
    UploadGone,
    forget_uploads,
    import_plan,
    import_upload,
    keep_upload,
    plan_upload,
    undo_import,
)
from contacts.actions.keeping import EntryChanged, agree_practice, change_entry, confirm_entry, remove_entry, undo
from contacts.exchange.planning import Plan, plan_file
from contacts.models import Contact, LocalPractice, Revision, ServicePoint, Upload
from contacts.queries.imports import import_of, imports_of
from contacts.tasks import forget_uploads as call_task
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, NotAllowed, NotFound
from tests.contacts.exchange import catalogue
from tests.contacts.exchange.entries import (
    KEEPER,
    PIRKANMAA,
    add,
    all_of,
    contact_row,
    known_postal_codes,
    state,
    table,
)

pytestmark = pytest.mark.django_db
EDITOR = Actor("editor", "editor", "Eeva Editor", "kela")
NEIGHBOUR = Actor("directory", "neighbour", "Niilo Neighbour", "county-21")
PARTS = ("owner_id", "kind", "action", "role", "actor_id", "actor_name", "actor_authority")


def plan(content: bytes, kind: str = "contact", owner: str = PIRKANMAA, **options) -> Plan:
    return plan_file(content, kind=kind, owner=owner, **options)


@pytest.fixture
def mixed() -> Plan:
    """A plan that adds one, changes one, leaves one and removes one."""
    changes, stays, _goes = add(), add(title_fi="Toinen"), add(title_fi="Kolmas")
    return plan(
        table(
            {"id": str(changes.pk), "kind": "adult_social_work", "title_fi": "Uusi nimi", "phone": "040 1234567"},
            {"id": str(stays.pk), "kind": "adult_social_work", "title_fi": "Toinen", "phone": "040 1234567"},
            contact_row(),
        ),
        whole=True,
    )


def test_a_thousand_rows_are_in_with_one_batch():
    done = import_plan(plan(table(*(contact_row(number) for number in range(1000)))), by=KEEPER)
    assert (done.added, done.changed, done.unchanged, done.removed) == (1000, 0, 0, 0)
    assert Contact.objects.filter(owner=PIRKANMAA, confirmed_by=KEEPER.name).count() == 1000
    assert Revision.objects.filter(batch=done.batch, version=1, action="added").count() == 1000


def test_the_history_is_as_if_each_had_been_written_by_hand(mixed):
    by_hand = add(
        kind="housing", title_fi="Asumisneuvonta 1", phone="+358401230001", municipality_id=None, hours="", languages=[]
    )
    changed = change_entry(add(), {"title_fi": "Uusi nimi"}, version=1, by=KEEPER)
    gone = add(title_fi="Kolmas")
    remove_entry(gone, version=1, by=KEEPER)
    done = import_plan(mixed, by=KEEPER)

    def told(**wanted) -> dict:
        (row,) = Revision.objects.filter(**wanted)
        return {name: getattr(row, name) for name in (*PARTS, "version", "content")}

    def content_without_place(row: dict) -> dict:
        return row | {
            "content": row["content"] and {k: v for k, v in row["content"].items() if k not in ("hours", "languages")}
        }

    assert told(batch=done.batch, action="added") == told(entry_id=by_hand.pk)
    assert content_without_place(told(batch=done.batch, action="changed")) == content_without_place(
        told(entry_id=changed.pk, action="changed")
    )
    assert told(batch=done.batch, action="removed") == told(entry_id=gone.pk, action="removed")


def test_all_of_a_plan_is_done(mixed):
    done = import_plan(mixed, by=KEEPER)
    assert (done.added, done.changed, done.unchanged, done.removed) == (1, 1, 1, 1)
    assert [(row.title_fi, row.version) for row in all_of(Contact)] == [
        ("Uusi nimi", 2),
        ("Toinen", 1),
        ("Asumisneuvonta 1", 1),
    ]


def test_an_import_is_taken_back_whole(mixed):
    before = state()
    done = import_plan(mixed, by=KEEPER)
    assert import_of(done.batch).standing == 3
    assert undo_import(done.batch, by=KEEPER) == Undone(3, 0)
    after = state()
    for rows in (*before, *after):
        for row in rows:
            del row["version"], row["updated_at"]
    assert after == before
    assert import_of(done.batch).standing == 0
    assert undo_import(done.batch, by=KEEPER) == Undone(0, 3)


def test_what_somebody_changed_after_the_import_stays():
    done = import_plan(plan(table(contact_row(1), contact_row(2))), by=KEEPER)
    confirm_entry(Contact.objects.get(title_fi="Asumisneuvonta 1"), version=1, by=KEEPER)
    assert undo_import(done.batch, by=KEEPER) == Undone(1, 1)
    assert [row.title_fi for row in all_of(Contact)] == ["Asumisneuvonta 1"]


def test_one_entry_of_an_import_can_be_taken_back_alone():
    done = import_plan(plan(table(contact_row(1), contact_row(2))), by=KEEPER)
    undo(Contact.objects.get(title_fi="Asumisneuvonta 1").pk, version=1, by=KEEPER)
    assert undo_import(done.batch, by=KEEPER) == Undone(1, 1)
    assert all_of(Contact) == []


def test_a_file_with_something_wrong_changes_nothing():
    add()
    before = state()
    found = plan(table(contact_row(1), contact_row(2, phone="x")))
    with pytest.raises(Invalid):
        import_plan(found, by=KEEPER)
    assert state() == before


def test_who_was_faster_stops_the_whole_import(mixed):
    confirm_entry(mixed.changes[0].entry, version=1, by=KEEPER)
    before = state()
    with pytest.raises(EntryChanged):
        import_plan(mixed, by=KEEPER)
    assert state() == before


def test_others_import_nothing_and_take_nothing_back():
    found = plan(table(contact_row()))
    for other in (NEIGHBOUR, EDITOR, Actor("worker", "w", "W", PIRKANMAA), Actor("handler", "h", "H", "kela")):
        with pytest.raises(NotAllowed):
            import_plan(found, by=other)
    done = import_plan(found, by=KEEPER)
    with pytest.raises(NotAllowed):
        undo_import(done.batch, by=NEIGHBOUR)
    assert import_of(done.batch).standing == 1


def test_an_import_that_never_was_cannot_be_taken_back():
    with pytest.raises(NotFound):
        undo_import(uuid4(), by=KEEPER)
    with pytest.raises(NotFound):
        import_of(uuid4())


def test_practices_from_a_file_are_proposals():
    row = add("local_practice")
    content = table(
        {"id": str(row.pk), "topic": "urgent", "text_fi": "Toisin.", "from": "2026-01-01"},
        {"id": "", "topic": "deposits", "text_fi": "Uusi.", "from": "2026-01-01"},
    )
    import_plan(plan(content, "local_practice"), by=EDITOR)
    changed, added = LocalPractice.objects.order_by("id")
    assert (changed.kela_agreed_by, changed.owner_agreed_by) == (EDITOR.name, "")
    assert (added.kela_agreed_by, added.owner_agreed_by) == (EDITOR.name, "")
    assert agree_practice(added, version=1, by=KEEPER).agreed


def test_earlier_imports_are_listed_newest_first():
    first = import_plan(plan(table(contact_row(1))), by=KEEPER).batch
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        second = import_plan(plan(table(contact_row(2))), by=KEEPER).batch
        undo_import(first, by=KEEPER)
    assert [batch for batch, _at in imports_of(PIRKANMAA)] == [second, first]
    assert imports_of("county-21") == []


@pytest.fixture
def catalogued() -> None:
    known_postal_codes("33100", "33200")
    import_plan(ptv(catalogue.organization(), catalogue.office(), catalogue.line()), by=KEEPER)


def ptv(*items: dict) -> Plan:
    return plan(catalogue.file(*items))


def test_the_catalogue_is_imported_and_again_changes_nothing(catalogued):
    assert {row.source_id for row in [*all_of(Contact), *all_of(ServicePoint)]} == {
        f"organization:{catalogue.ORGANIZATION}", f"channel:{catalogue.LINE}", f"channel:{catalogue.OFFICE}",
    }  # fmt: skip
    again = ptv(catalogue.organization(), catalogue.office(), catalogue.line())
    assert (again.is_empty, again.unchanged, again.left_out) == (True, 3, [])


def test_a_new_import_of_the_catalogue_changes_what_differs_and_removes_what_is_gone(catalogued):
    own = add(title_fi="Oma")
    found = ptv(catalogue.organization(), catalogue.office(phoneNumbers=[], modified="1999-01-01"))
    assert [dict(one.values) for one in found.changes] == [{"phone": ""}]
    assert [row.source_id for row in found.removals] == [f"channel:{catalogue.LINE}"]
    import_plan(found, by=KEEPER)
    assert Contact.objects.filter(pk=own.pk).exists()
    assert ServicePoint.objects.get(owner=PIRKANMAA).phone == ""


def test_an_old_modification_date_hides_no_change(catalogued):
    found = ptv(catalogue.organization(), catalogue.line(), catalogue.office(languages=["fi"], modified="1999-01-01"))
    assert len(found.changes) == 1


def test_a_file_of_channels_alone_leaves_the_organisation(catalogued):
    assert ptv(catalogue.office(), catalogue.line()).is_empty


def test_what_cannot_be_mapped_any_more_is_told_and_stays(catalogued):
    found = ptv(catalogue.organization(), catalogue.line(), catalogue.office(addresses=[]))
    assert found.is_empty
    assert [one.source_id for one in found.left_out] == [f"channel:{catalogue.OFFICE}"]


def test_a_place_without_a_known_postal_code_is_left_out_with_the_reason():
    street = catalogue.address()["streetAddress"] | {"postalCode": "99998"}
    found = ptv(catalogue.office(addresses=[catalogue.address(streetAddress=street)]))
    assert [str(one.reason) for one in found.left_out] == ["Postal code: There is no such postal code."]


def test_the_owners_own_choices_beside_the_catalogue_stay(catalogued):
    point = ServicePoint.objects.get(owner=PIRKANMAA)
    point = change_entry(
        point, {"kind": "outreach", "hands_over_commitments": True, "serves": ["211"]}, version=1, by=KEEPER
    )
    contact = Contact.objects.get(source_id=f"channel:{catalogue.LINE}")
    change_entry(contact, {"kind": "housing", "audience": "officials", "channel": "email"}, version=1, by=KEEPER)
    assert ptv(catalogue.organization(), catalogue.office(), catalogue.line()).is_empty
    found = ptv(catalogue.organization(), catalogue.office(), catalogue.line(supportEmails=[]))
    assert dict(found.changes[0].values) == {"email": "", "channel": "phone"}


def test_an_import_of_the_catalogue_is_taken_back_with_its_identifiers(catalogued):
    done = import_plan(ptv(catalogue.organization()), by=KEEPER)
    assert done.removed == 0
    done = import_plan(ptv(catalogue.organization(), catalogue.line()), by=KEEPER)
    assert done.removed == 1
    undo_import(done.batch, by=KEEPER)
    assert ptv(catalogue.organization(), catalogue.office(), catalogue.line()).is_empty


def test_what_came_again_meanwhile_stops_the_taking_back(catalogued):
    gone = import_plan(ptv(catalogue.organization(), catalogue.line()), by=KEEPER)
    import_plan(ptv(catalogue.organization(), catalogue.office(), catalogue.line()), by=KEEPER)
    before = state()
    with pytest.raises(EntryChanged):
        undo_import(gone.batch, by=KEEPER)
    assert state() == before


def keep(content: bytes, by: Actor = KEEPER, whole: bool = False) -> UUID:
    return keep_upload(content, kind="contact", owner=PIRKANMAA, whole=whole, by=by).pk


def test_a_kept_file_is_imported_as_it_was_shown_and_kept_no_longer():
    id = keep(table(contact_row()))
    with acting(KEEPER):
        _upload, shown = plan_upload(id, by=KEEPER)
    assert import_upload(id, digest=shown.digest(), by=KEEPER).added == 1
    with pytest.raises(UploadGone):
        import_upload(id, digest=shown.digest(), by=KEEPER)


def test_a_kept_file_that_would_do_something_else_by_now_does_nothing():
    row = add()
    id = keep(table({"id": str(row.pk), "kind": "adult_social_work", "phone": "040 7654321"}))
    with acting(KEEPER):
        digest = plan_upload(id, by=KEEPER)[1].digest()
    change_entry(row, {"email": "a@kunta.example"}, version=1, by=KEEPER)
    with pytest.raises(PlanChanged):
        import_upload(id, digest=digest, by=KEEPER)
    assert Contact.objects.get(pk=row.pk).version == 2


def test_a_kept_file_is_nobody_elses_and_gone_after_an_hour():
    id = keep(table(contact_row()))
    other = Actor("lead", "lead", "Liisa Lead", PIRKANMAA)
    for somebody in (other, Actor("directory", "second", "S", PIRKANMAA)):
        with acting(somebody):
            assert not Upload.objects.exists()
        with pytest.raises(UploadGone):
            import_upload(id, digest="", by=somebody)
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        with pytest.raises(UploadGone):
            import_upload(id, digest="", by=KEEPER)
        keep(table(contact_row()), by=other)
    with acting(Actor.system("test")):
        assert [row.actor_id for row in Upload.objects.all()] == [other.id]


def test_a_file_is_kept_only_for_who_may_write():
    with pytest.raises(NotAllowed):
        keep(table(contact_row()), by=NEIGHBOUR)


def test_the_hourly_job_forgets_what_nobody_confirmed():
    keep(table(contact_row()))
    forget_uploads()
    with acting(Actor.system("test")):
        assert Upload.objects.count() == 1
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        call_task()
    with acting(Actor.system("test")):
        assert Upload.objects.count() == 0
