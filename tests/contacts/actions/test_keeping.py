"""What owners do with their entries: each change a revision, each can be undone, one winner of two."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.actions.keeping import (
    AgreedAlready,
    Contradicted,
    EntryChanged,
    add_entry,
    agree_practice,
    change_entry,
    confirm_entry,
    may_keep,
    remove_entry,
    undo,
)
from contacts.actions.revising import read_content
from contacts.models import Action, Contact, Entry, LocalPractice, Revision, ServicePoint
from contacts.queries.entries import entry, history, practices_at
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Invalid, NotAllowed, NotFound
from tests.cast import LAPLAND, PIRKANMAA
from tests.directory import PHONE
from tests.together import at_once

pytestmark = pytest.mark.django_db
KEEPER = Actor("directory", "keeper", "Kaisa Keeper", PIRKANMAA)
LEAD = Actor("lead", "lead", "Liisa Lead", PIRKANMAA)
EDITOR = Actor("editor", "editor", "Eeva Editor", "kela")
NEIGHBOUR = Actor("directory", "neighbour", "Niilo Neighbour", LAPLAND)
WORKER = Actor("worker", "worker", "Ville Worker", PIRKANMAA)
TODAY = clock.today()


def days(from_now: int) -> date:
    return clock.today() + timedelta(days=from_now)


def contact(by: Actor = KEEPER, **facts: Any) -> Contact:
    row = add_entry(Contact, {"kind": "housing", "phone": PHONE} | facts, owner=by.authority, by=by)
    assert isinstance(row, Contact)
    return row


def proposal(first: date, last: date | None = None, *, by: Actor = KEEPER, text: str = "Soita.") -> LocalPractice:
    values = {"topic": "urgent", "text_fi": text, "valid": DateRange(first, last)}
    row = add_entry(LocalPractice, values, owner=PIRKANMAA, by=by)
    assert isinstance(row, LocalPractice)
    return row


def agreed(first: date, last: date | None = None, *, text: str = "Soita.", on: date | None = None) -> LocalPractice:
    """A practice to which both agreed on day `on`."""
    row = agree_practice(proposal(first, last, text=text), version=1, by=EDITOR)
    if on:
        with acting(Actor.system("test")):
            LocalPractice.objects.filter(pk=row.pk).update(owner_agreed_on=on, kela_agreed_on=on)
    return now(row)


def now(row: Entry) -> Any:
    return entry(row.KIND, row.pk)


def in_force(on: date) -> list[str]:
    return [row.text_fi for row in practices_at("837", [PIRKANMAA], on)]


class TestWhoMayKeep:
    @pytest.mark.parametrize(
        ("by", "owner", "model", "may"),
        [
            (KEEPER, PIRKANMAA, Contact, True),
            (LEAD, PIRKANMAA, ServicePoint, True),
            (KEEPER, PIRKANMAA, LocalPractice, True),
            (NEIGHBOUR, PIRKANMAA, Contact, False),
            (WORKER, PIRKANMAA, Contact, False),
            (EDITOR, "kela", Contact, True),
            (EDITOR, PIRKANMAA, Contact, False),
            (EDITOR, PIRKANMAA, LocalPractice, True),
            (EDITOR, "kela", LocalPractice, False),
            (Actor("handler", "h", "H", "kela"), "kela", Contact, False),
        ],
    )
    def test_each_keeps_their_own_and_practices_are_kept_from_both_sides(self, by, owner, model, may):
        assert may_keep(by, owner, model) is may

    @pytest.mark.parametrize("by", [NEIGHBOUR, WORKER, EDITOR])
    def test_others_do_nothing(self, by):
        row = contact()
        for call in (
            lambda: add_entry(Contact, {"kind": "housing", "phone": PHONE}, owner=PIRKANMAA, by=by),
            lambda: change_entry(row, {"person": "X"}, version=1, by=by),
            lambda: confirm_entry(row, version=1, by=by),
            lambda: remove_entry(row, version=1, by=by),
            lambda: undo(row.pk, version=1, by=by),
        ):
            with pytest.raises(NotAllowed):
                call()
        assert now(row).version == history(row.pk).count() == 1
        assert Contact.objects.count() == 1

    def test_straight_by_sql_a_neighbour_changes_nothing(self):
        row = contact()
        with acting(NEIGHBOUR):
            assert Contact.objects.filter(pk=row.pk).update(person="X") == 0
            assert Contact.objects.filter(pk=row.pk).delete()[0] == 0
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Contact.objects.create(
                    kind="housing", phone=PHONE, owner_id=PIRKANMAA, confirmed_on=TODAY, updated_at=clock.now()
                )
        assert now(row).person == ""

    @pytest.mark.parametrize("other", [{"actor_id": "x"}, {"role": "lead"}, {"actor_authority": LAPLAND}])
    def test_nothing_is_told_in_anothers_name(self, other):
        row = contact()
        told = {"role": KEEPER.role, "actor_id": KEEPER.id, "actor_authority": KEEPER.authority} | other
        forged = Revision(
            entry_id=row.pk, version=2, kind="contact", owner_id=PIRKANMAA, action="changed", at=clock.now(), **told
        )
        with acting(KEEPER), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged.save(force_insert=True)

    def test_what_was_done_is_neither_changed_nor_lost(self):
        row = contact()
        for call in (
            lambda: history(row.pk).update(actor_name="X"),
            lambda: history(row.pk).delete(),
        ):
            with acting(KEEPER), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                call()


class TestChanging:
    def test_a_new_one_is_confirmed_by_who_wrote_it(self):
        row = contact()
        assert (row.confirmed_on, row.confirmed_by, row.version) == (clock.today(), "Kaisa Keeper", 1)
        told = history(row.pk).get()
        assert (told.action, told.actor_name, told.role, told.owner_id) == (
            "added",
            "Kaisa Keeper",
            "directory",
            PIRKANMAA,
        )

    def test_the_same_again_is_no_change(self):
        row = contact(person="Aino")
        change_entry(row, {"person": "Aino", "phone": PHONE}, version=1, by=KEEPER)
        assert now(row).version == history(row.pk).count() == 1

    def test_a_change_confirms(self):
        row = add_entry(Contact, {"kind": "housing", "phone": PHONE}, owner=PIRKANMAA, by=KEEPER, on=days(-400))
        change_entry(row, {"person": "Aino"}, version=1, by=LEAD)
        assert (now(row).confirmed_on, now(row).confirmed_by, now(row).person) == (clock.today(), "Liisa Lead", "Aino")

    def test_who_read_an_older_version_changes_nothing(self):
        row = contact()
        change_entry(row, {"person": "Aino"}, version=1, by=KEEPER)
        for call in (
            lambda: change_entry(row, {"person": "Eino"}, version=1, by=LEAD),
            lambda: confirm_entry(row, version=1, by=LEAD),
            lambda: remove_entry(row, version=1, by=LEAD),
            lambda: undo(row.pk, version=1, by=LEAD),
        ):
            with pytest.raises(EntryChanged):
                call()
        assert (now(row).person, now(row).version) == ("Aino", 2)

    def test_what_is_gone_is_neither_changed_nor_removed_again(self):
        row = contact()
        remove_entry(row, version=1, by=KEEPER)
        for call in (
            lambda: change_entry(row, {"person": "Aino"}, version=1, by=KEEPER),
            lambda: remove_entry(row, version=2, by=KEEPER),
        ):
            with pytest.raises(EntryChanged):
                call()

    def test_what_never_was_is_not_undone(self):
        with pytest.raises(NotFound):
            undo(Contact(id="01890000-0000-7000-8000-000000000000").pk, version=1, by=KEEPER)

    def test_what_came_from_elsewhere_is_not_brought_back_beside_itself(self):
        first = contact(source_id="ptv:1")
        remove_entry(first, version=1, by=KEEPER)
        contact(source_id="ptv:1")
        with pytest.raises(Contradicted):
            undo(first.pk, version=2, by=KEEPER)
        assert history(first.pk).count() == 2


STEPS = st.lists(st.sampled_from(["change", "same", "confirm", "remove", "undo"]), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, data=st.data())
def test_history_replays_to_what_stands_whatever_was_done(db, steps, data):
    row = contact()
    for step in steps:
        found, version = Contact.objects.filter(pk=row.pk).first(), history(row.pk)[0].version
        if step == "undo":
            undo(row.pk, version=version, by=KEEPER)
        elif found is None:
            continue
        elif step == "change":
            change_entry(found, {"person": data.draw(st.sampled_from("ABC"))}, version=version, by=KEEPER)
        elif step == "same":
            change_entry(found, found.written(), version=version, by=KEEPER)
        elif step == "confirm":
            confirm_entry(found, version=version, by=KEEPER)
        else:
            remove_entry(found, version=version, by=KEEPER)
    told = list(history(row.pk))
    assert [one.version for one in told] == list(range(len(told), 0, -1))
    stands = Contact.objects.filter(pk=row.pk).first()
    if told[0].content is None:
        assert stands is None
    else:
        content = read_content(told[0].content)
        assert stands is not None
        assert stands.version == told[0].version
        assert {name: getattr(stands, name) for name in content} == content
    # Undone and undone again, all is as it was.
    for _twice in range(2):
        undo(row.pk, version=history(row.pk)[0].version, by=KEEPER)
    assert history(row.pk)[0].content == told[0].content


class TestPractices:
    def test_a_proposal_holds_when_the_other_side_agrees(self):
        row = proposal(days(0))
        assert in_force(days(0)) == []
        assert agree_practice(row, version=1, by=KEEPER).version == 1, "its own side has agreed already"
        agree_practice(row, version=1, by=EDITOR)
        assert in_force(days(0)) == ["Soita."]
        assert (now(row).owner_agreed_by, now(row).kela_agreed_by) == ("Kaisa Keeper", "Eeva Editor")

    def test_its_owner_confirms_a_practice_by_agreeing_and_the_other_side_does_not(self):
        long_ago = clock.now() - timedelta(days=200)
        with clock.frozen(long_ago):
            kelas, own = proposal(days(0), by=EDITOR), proposal(days(0), text="Kirjoita.")
        agree_practice(kelas, version=1, by=KEEPER)
        assert (now(kelas).confirmed_on, now(kelas).confirmed_by) == (clock.today(), "Kaisa Keeper")
        agree_practice(own, version=1, by=EDITOR)
        assert now(own).confirmed_on == long_ago.date()

    def test_what_both_agreed_is_not_rewritten(self):
        row = agreed(days(0))
        with pytest.raises(AgreedAlready):
            change_entry(row, {"text_fi": "Älä soita."}, version=2, by=KEEPER)

    def test_a_proposal_that_one_side_rewrites_waits_for_the_other(self):
        row = proposal(days(0))
        change_entry(row, {"text_fi": "Kirjoita."}, version=1, by=EDITOR)
        assert (now(row).owner_agreed_on, now(row).kela_agreed_by) == (None, "Eeva Editor")

    def test_a_new_version_ends_the_former_the_day_before(self):
        agreed(days(-100), text="Vanha.")
        agreed(days(10), text="Uusi.")
        assert (in_force(days(-50)), in_force(days(9)), in_force(days(10))) == (["Vanha."], ["Vanha."], ["Uusi."])

    def test_one_agreed_late_leaves_the_days_before_as_they_were(self):
        agreed(days(-100), text="Vanha.")
        agreed(days(-7), text="Uusi.")
        assert (in_force(days(-1)), in_force(days(0))) == (["Vanha."], ["Uusi."])

    def test_one_whose_days_are_over_takes_no_ones_place(self):
        agreed(days(-100), text="Vanha.")
        late = proposal(days(-7), days(-1))
        with pytest.raises(Invalid) as refused:
            agree_practice(late, version=1, by=EDITOR)
        assert [error.code for error in refused.value.errors] == ["over"]
        assert not now(late).agreed

    def test_one_that_begins_before_a_later_one_is_refused(self):
        agreed(days(10), text="Tuleva.")
        with pytest.raises(Invalid) as refused:
            agree_practice(proposal(days(5)), version=1, by=EDITOR)
        assert [error.code for error in refused.value.errors] == ["overlaps"]

    def test_with_an_agreement_undone_the_former_goes_on_and_undone_again_it_ends(self):
        former = agreed(days(-100), text="Vanha.", on=days(-100))
        row = agreed(days(10), text="Uusi.")
        undo(row.pk, version=2, by=KEEPER)
        assert (in_force(days(20)), now(former).valid.upper) == (["Vanha."], None)
        undo(row.pk, version=3, by=KEEPER)
        assert (in_force(days(9)), in_force(days(20))) == (["Vanha."], ["Uusi."])

    def test_the_former_does_not_go_on_beside_the_one_that_ended_it(self):
        former = agreed(days(-100), text="Vanha.")
        agreed(days(10), text="Uusi.")
        with pytest.raises(Contradicted):
            undo(former.pk, version=now(former).version, by=KEEPER)
        assert in_force(days(20)) == ["Uusi."]

    def test_an_agreement_under_which_people_have_worked_is_not_undone(self):
        row = agreed(days(-100), on=days(-100))
        with pytest.raises(AgreedAlready):
            undo(row.pk, version=2, by=EDITOR)
        assert in_force(days(-50)) == ["Soita."]

    def test_removed_it_ends_and_can_still_be_read_back(self):
        row = agreed(days(-100), on=days(-100))
        remove_entry(row, version=2, by=KEEPER)
        assert (in_force(days(-1)), in_force(days(0))) == (["Soita."], [])
        assert history(row.pk)[0].action == Action.REMOVED
        with pytest.raises(AgreedAlready):
            remove_entry(now(row), version=3, by=KEEPER)
        undo(row.pk, version=3, by=KEEPER)
        assert in_force(days(0)) == ["Soita."]

    def test_one_to_come_is_removed_wholly_and_the_former_goes_on(self):
        agreed(days(-100), text="Vanha.")
        row = agreed(days(10), text="Uusi.")
        remove_entry(row, version=2, by=KEEPER)
        assert in_force(days(20)) == ["Vanha."]
        undo(row.pk, version=3, by=KEEPER)
        assert in_force(days(20)) == ["Uusi."]

    def test_the_former_goes_on_also_when_it_was_confirmed_since_it_ended(self):
        former = agreed(days(-100), text="Vanha.")
        row = agreed(days(10), text="Uusi.")
        confirm_entry(former, version=now(former).version, by=KEEPER)
        remove_entry(row, version=2, by=KEEPER)
        assert in_force(days(20)) == ["Vanha."]

    def test_one_that_ends_by_its_own_words_does_not_go_on(self):
        former = proposal(days(-100), text="Vanha.")
        change_entry(former, {"valid": DateRange(days(-100), days(10))}, version=1, by=KEEPER)
        agree_practice(agree_practice(former, version=2, by=EDITOR), version=3, by=KEEPER)
        row = agreed(days(10), text="Uusi.")
        remove_entry(row, version=2, by=KEEPER)
        assert (in_force(days(9)), in_force(days(10))) == (["Vanha."], [])


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    @pytest.mark.parametrize("second", ["change", "confirm", "remove", "undo"])
    def test_one_wins_and_the_other_is_told(self, second):
        row = contact(person="Aino")
        change_entry(row, {"person": "Eino"}, version=1, by=KEEPER)
        calls = {
            "change": lambda: change_entry(row, {"person": "Väinö"}, version=2, by=LEAD),
            "confirm": lambda: confirm_entry(row, version=2, by=LEAD),
            "remove": lambda: remove_entry(row, version=2, by=LEAD),
            "undo": lambda: undo(row.pk, version=2, by=LEAD),
        }
        answers = at_once(lambda: change_entry(row, {"person": "Aili"}, version=2, by=KEEPER), calls[second])
        assert [type(answer) for answer in answers].count(EntryChanged) == 1
        assert history(row.pk)[0].version == 3

    def test_what_was_removed_is_brought_back_once(self):
        row = contact()
        remove_entry(row, version=1, by=KEEPER)
        answers = at_once(*[lambda: undo(row.pk, version=2, by=KEEPER)] * 2)
        assert [type(answer) for answer in answers].count(EntryChanged) == 1
        assert now(row).version == 3

    def test_of_two_agreed_at_once_one_holds(self):
        first, second = proposal(days(5), text="A"), proposal(days(5), text="B")
        answers = at_once(*[lambda row=row: agree_practice(row, version=1, by=EDITOR) for row in (first, second)])
        assert sum(isinstance(answer, Contradicted | EntryChanged | Invalid) for answer in answers) == 1
        assert len(in_force(days(5))) == 1
