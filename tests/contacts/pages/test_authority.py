"""An authority's page, and its lead who tells of a pause."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from contacts.models import Pause
from kela_kunta.base import clock
from tests.contacts.pages.reading import text_of
from tests.directory import contact, paused, practice

pytestmark = pytest.mark.django_db
PIRKANMAA, PAUSES = "/contacts/authorities/county-08/", "/contacts/authorities/county-08/pauses/"
BODY = {"type": "", "cause": "staff", "text": "", "fallback_phone": "040 123 4567", "begins": "", "ends": ""}


def test_it_tells_its_contacts_practices_and_municipalities(as_, handler):
    contact("child_welfare", title_fi="Lastensuojelun päivystys")
    contact("child_welfare", title_fi="Vain Tampereella", municipality_id="837")
    practice("Soita ensin.")
    text = text_of(as_(handler).get(PIRKANMAA))
    assert "Lastensuojelun päivystys" in text
    assert "Vain Tampereella" not in text
    assert "Soita ensin." in text
    assert "Serves 23 municipalities" in text
    assert "Tell of a pause" not in text


def test_its_lead_tells_of_a_pause_and_ends_it(as_, lead):
    browser = as_(lead)
    assert "Tell of a pause" in text_of(browser.get(PIRKANMAA))
    assert browser.post(PAUSES, BODY | {"type": "under_25"}).url == PAUSES
    assert "Paused: Under 25 040 1234567" in text_of(browser.get(PIRKANMAA))
    stands = Pause.objects.get()
    browser.post(PAUSES, {"resume": str(stands.pk)})
    assert "Paused" not in text_of(browser.get(PIRKANMAA))
    assert Pause.objects.get().ended_by == lead.name
    assert "That pause has ended already." in text_of(browser.post(PAUSES, {"resume": str(stands.pk)}, follow=True))
    assert "That pause has ended already." in text_of(browser.post(PAUSES, {"resume": "x"}, follow=True))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"cause": ""}, "Fill this in."),
        ({"fallback_phone": ""}, "Say whom to call meanwhile, or that the inbox is read."),
        ({"fallback_phone": "112"}, "This is not a telephone number."),
        ({"ends": "2020-01-01"}, "It ends before it begins."),
        ({"ends_at": "0.00"}, "It ends before it begins."),
        ({"ends_at": "25.00"}, "Write the time like 9.30."),
        ({"type": "x"}, "This is not one of the choices."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_told_to_others(as_, lead, change, sentence):
    answer = as_(lead).post(PAUSES, BODY | change)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Pause.objects.exists()


def test_two_pauses_of_the_same_kind_do_not_overlap(as_, lead):
    paused(lead)
    answer = as_(lead).post(PAUSES, BODY)
    assert answer.status_code == 422
    assert "There is another pause at that time." in text_of(answer)


def test_a_pause_to_come_is_shown_and_can_be_cancelled(as_, lead):
    day = clock.today() + timedelta(days=3)
    browser = as_(lead)
    browser.post(PAUSES, BODY | {"begins": day.isoformat(), "ends": day.isoformat()})
    stands = Pause.objects.get()
    assert stands.valid.upper - stands.valid.lower <= timedelta(hours=25)
    browser.post(PAUSES, {"resume": str(stands.pk)})
    assert not Pause.objects.exists()


def test_others_read_it_and_cannot_set_it(as_, handler, pirkanmaa):
    for person in (handler, pirkanmaa):
        assert "Open: referrals are received as usual." in text_of(as_(person).get(PAUSES))
        assert as_(person).post(PAUSES, BODY).status_code == 403
    assert not Pause.objects.exists()


def test_a_lead_sets_only_the_own_authoritys(as_, lead):
    assert as_(lead).post("/contacts/authorities/county-21/pauses/", BODY).status_code == 403


def test_there_is_no_page_of_an_authority_that_is_none(as_, handler):
    assert as_(handler).get("/contacts/authorities/county-99/").status_code == 404


def test_it_tells_type_by_type_how_it_receives_and_how_much_waits_to_those_who_send(as_, send, handler, lapland, lead):
    send()
    paused(lead, type="under_25")
    text = text_of(as_(handler).get(PIRKANMAA))
    assert "Supplementary Open 1 unacknowledged, since" in text
    assert "Under 25 Paused nothing unacknowledged" in text
    assert "Immigrant" not in text
    others = text_of(as_(lapland).get(PIRKANMAA))
    assert "Under 25 Paused" in others
    assert "unacknowledged" not in others


def test_kelas_own_page_tells_whom_to_reach_by_area(as_, pirkanmaa):
    contact("officials_line", owner="kela", title_fi="Eteläisen alueen yhteyshenkilö", district_id="1")
    contact("officials_line", owner="kela", title_fi="Kelan viranomaislinja")
    text = text_of(as_(pirkanmaa).get("/contacts/authorities/kela/"))
    assert "Eteläisen alueen yhteyshenkilö" in text
    assert "Kelan viranomaislinja" in text
    assert "Serves" not in text
    assert "How it receives now" not in text


def test_a_pause_to_come_is_told_as_one(as_, handler, lead):
    paused(lead, begins=clock.now() + timedelta(days=2))
    text = text_of(as_(handler).get(PIRKANMAA))
    assert "Paused: all referrals 040 1234567 Shortage of staff From" in text
    assert "Supplementary Open" in text


def test_what_is_over_is_told_with_who_ended_it(as_, handler, lead):
    stands = paused(lead, type="under_25", begins=clock.now() - timedelta(days=2))
    told = text_of(as_(handler).get(PAUSES))
    assert f"Told by {lead.name}" in told
    assert "ended by" not in told
    as_(lead).post(PAUSES, {"resume": str(stands.pk)})
    told = text_of(as_(handler).get(PAUSES))
    assert "Over Under 25 , Shortage of staff" in told
    assert f"told by {lead.name}, ended by {lead.name}" in told


@pytest.mark.parametrize(
    ("asked", "begins", "ends"),
    [
        ({}, "2026-11-25T10:30", None),
        ({"begins": "2026-11-20"}, "2026-11-25T10:30", None),
        ({"ends": "2026-11-25"}, "2026-11-25T10:30", "2026-11-26T00:00"),
        ({"ends_at": "15.00"}, "2026-11-25T10:30", "2026-11-25T15:00"),
        ({"begins_at": "12:00", "ends_at": "15:30"}, "2026-11-25T12:00", "2026-11-25T15:30"),
        ({"begins": "2026-11-30", "ends_at": "9.00"}, "2026-11-30T00:00", "2026-11-30T09:00"),
        (
            {"begins": "2026-11-30", "begins_at": "8.00", "ends": "2026-12-02", "ends_at": "16.00"},
            "2026-11-30T08:00",
            "2026-12-02T16:00",
        ),
    ],
)
def test_a_pause_is_told_by_days_and_where_it_matters_by_times(as_, lead, asked, begins, ends):
    def moment(text):
        return datetime.fromisoformat(text).replace(tzinfo=clock.HELSINKI)

    with clock.frozen(moment("2026-11-25T10:30")):
        assert as_(lead).post(PAUSES, BODY | asked).status_code == 302
    stands = Pause.objects.get().valid
    assert stands.lower == moment(begins)
    assert stands.upper == (moment(ends) if ends else None)


def test_an_authority_that_cannot_be_is_not_found(as_, lead):
    assert as_(lead).get("/contacts/authorities/%00/").status_code == 404
    assert as_(lead).get("/contacts/authorities/%00/pauses/").status_code == 404
