"""Beside the form and on a referral: how it stands with the other side, and whom to call."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.measuring import measure_pace
from referrals.actions.working import acknowledge, start
from referrals.models import Pace
from referrals.pages.preview import preview
from referrals.types import TYPES
from tests.builders import body
from tests.cast import PIRKANMAA, url
from tests.directory import PHONE, contact, paused, practice
from tests.referrals.actions.moves import at
from tests.referrals.pages.test_sending import URL, Inputs, typed

pytestmark = pytest.mark.django_db
URGENT = {"urgent_supplementary": True, "urgent_supplementary_reason": "No food."}


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(at("2026-11-24T12:00")):
        yield


def box(browser, **facts) -> str:
    return browser.post(URL, typed(**facts) | {"step": "aside"}).content.decode()


def plain(page: str) -> str:
    """The text of a page on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_an_open_receiver_is_told_with_what_waits_and_how_fast_it_is(as_, handler, send):
    assert "Reception Open" in plain(box(as_(handler)))
    assert "nothing unacknowledged" in box(as_(handler))
    with clock.frozen(at("2026-11-23T12:00")):
        send()
    assert "1 unacknowledged, since 23.11." in box(as_(handler))
    send()
    assert "2 unacknowledged, the oldest since 23.11." in box(as_(handler))
    assert "usually in" not in box(as_(handler))
    with acting(Actor.system("test")):
        Pace.objects.create(
            authority_id=PIRKANMAA, type="supplementary_application", until_noted=0, until_begun=4,
            measured_at=clock.now(),
        )  # fmt: skip
    text = plain(box(as_(handler)))
    assert "Acknowledged usually on the same working day" in text
    assert "Decided or begun usually in 4 working days" in text


def test_what_was_measured_is_what_is_told(as_, handler, send, pirkanmaa):
    with clock.frozen(at("2026-11-16T12:00")):
        referrals = [send() for _ in range(5)]
    with clock.frozen(at("2026-11-17T12:00")):
        for referral in referrals:
            acknowledge(referral.pk, by=pirkanmaa.actor, version=2)
            start(referral.pk, by=pirkanmaa.actor, version=3)
    measure_pace()
    assert "Acknowledged usually in 1 working day Decided or begun usually in 1 working day" in plain(box(as_(handler)))


def test_a_paused_receiver_is_told_with_cause_time_and_what_to_do_instead(as_, handler, lead):
    paused(lead, text="Three are ill.", ends=at("2026-11-27T00:00"))
    text = plain(box(as_(handler)))
    assert "The receiver is paused." in text
    assert "Shortage of staff: Three are ill." in text
    assert "Since 24.11.2026 12.00, until the end of 26.11.2026." in text
    assert f'href="tel:{PHONE}"' in box(as_(handler))
    assert "call now" not in text


def test_what_is_urgent_at_a_paused_receiver_says_whom_to_call_now(as_, handler, lead):
    paused(lead)
    found = box(as_(handler), **URGENT)
    assert "note late" in found
    assert "Urgent, and the receiver is paused: call now. 040 1234567" in plain(found)


def test_where_the_inbox_alone_is_read_the_emergency_service_is_to_be_called(as_, handler, lead):
    contact("social_emergency", phone="+358405550000", hours="24/7")
    paused(lead, fallback_phone="", inbox_read=True)
    text = plain(box(as_(handler), **URGENT))
    assert "call now. Social emergency service 040 5550000" in text
    assert "The inbox is read all the same." in text


def test_a_pause_of_another_type_leaves_the_receiver_open(as_, handler, lead):
    paused(lead, type="under_25")
    assert "paused" not in box(as_(handler))


def test_the_contacts_that_matter_stand_there_with_their_hours(as_, handler):
    contact("housing", phone="+358405550009")
    contact("adult_social_work", phone="+358405550001", hours="Mo-Fr 09:00-11:00; PH off")
    contact("officials_line", hours="Mo-Fr 09:00-15:00; PH off", audience="officials")
    contact("social_emergency", phone="+358405550000", hours="24/7")
    text = plain(box(as_(handler)))
    assert (
        "Line for officials 040 1234567 open until 15.00 Adult social work 040 5550001 closed, opens Wed 9.00" in text
    )
    assert "Housing" not in text
    assert "Social emergency" not in text


def test_an_urgent_matter_names_the_emergency_service_first(as_, handler):
    contact("officials_line")
    contact("social_emergency", phone="+358405550000")
    text = plain(box(as_(handler), **URGENT))
    assert text.index("Social emergency service") < text.index("Line for officials")


def test_a_municipalitys_own_contact_stands_in_place_of_its_countys(as_, handler):
    contact("adult_social_work", person="Of the county")
    contact("adult_social_work", person="Of Tampere", municipality_id="837")
    assert "Of Tampere" in box(as_(handler))
    assert "Of the county" not in box(as_(handler))
    elsewhere = box(as_(handler), client={"home_municipality": "604", "place_of_stay": None})
    assert "Of the county" in elsewhere


def test_a_contact_that_nobody_confirmed_for_long_says_so(as_, handler):
    contact(on=clock.today() - timedelta(days=400))
    assert "not confirmed since 20.10.2025" in box(as_(handler))


def test_local_practices_that_fit_stand_there_shortened(as_, handler):
    practice("Call first. " * 30 + "The end.", urgent_only=True)
    practice("Deposits are Kela's.", topic="deposits", types=["supplementary_application"])
    practice("Of the young.", topic="young_people", types=["under_25"])
    calm, urgent = box(as_(handler)), box(as_(handler), **URGENT)
    assert "Deposits are Kela&#x27;s." in calm
    assert "Call first." not in calm
    assert "Of the young." not in calm + urgent
    assert "<summary>Read on" in urgent
    assert "The end." in urgent


def test_practices_follow_the_municipality(as_, handler):
    practice("For all.")
    practice("For Tampere.", municipality_id="837")
    assert "For Tampere." in box(as_(handler))
    assert "For all." not in box(as_(handler))
    assert "For all." in box(as_(handler), client={"home_municipality": "604"})


def test_nothing_comes_back_where_the_box_would_look_the_same(as_, handler, lead):
    browser = as_(handler)
    seen = Inputs("<main>" + box(browser)).found["seen"]
    again = browser.post(URL, typed() | {"step": "aside", "seen": seen})
    assert (again.status_code, again.content) == (204, b"")
    paused(lead)
    now = browser.post(URL, typed() | {"step": "aside", "seen": seen})
    assert now.status_code == 200
    assert "The receiver is paused: Shortage of staff." in now.content.decode()


def test_it_is_said_aloud_only_when_it_says_something_else(as_, handler, send):
    browser = as_(handler)
    seen = Inputs("<main>" + box(browser)).found["seen"]
    send()
    changed = browser.post(URL, typed() | {"step": "aside", "seen": seen}).content.decode()
    assert "1 unacknowledged" in changed
    assert "where-told" not in changed


@pytest.mark.parametrize("seen", ["", "\x00", "x" * 10_000, "a.b.c"])
def test_an_odd_mark_brings_the_whole_box(as_, handler, seen):
    answer = as_(handler).post(URL, typed() | {"step": "aside", "seen": seen})
    assert answer.status_code == 200


def test_the_box_by_itself_asks_for_nothing_of_the_client_but_the_places(as_, handler):
    page = as_(handler).post(URL, {"step": "person", "identity_code": "010190-900P"}).content.decode()
    (asked,) = re.findall(r'hx-params="([^"]*)"', page)
    assert asked.split(",") == [
        "step", "seen", "client.home_municipality", "client.place_of_stay", "client.permanent_stay",
        "details.urgent_supplementary", "details.urgent_basic",
    ]  # fmt: skip
    few = {name: value for name, value in typed(**URGENT).items() if name in asked.split(",")}
    assert box(as_(handler), **URGENT) == as_(handler).post(URL, few | {"step": "aside"}).content.decode()


def test_the_last_look_and_the_page_after_sending_show_it_too(as_, handler, lead, send):
    paused(lead)
    check = as_(handler).post(URL, typed(**URGENT) | {"step": "check"}).content.decode()
    assert "Urgent, and the receiver is paused: call now." in check
    page = as_(handler).get(url(send(**URGENT))).content.decode()
    assert "Urgent, and the receiver is paused: call now." in page
    assert f'href="tel:{PHONE}"' in page
    assert "Escalated: urgent, and the receiver is paused. Call 040 1234567." in plain(page)


def test_box_costs_no_more_statements_when_there_is_more_to_tell(handler, lead, send, django_assert_max_num_queries):
    send()
    contact()
    practice()
    paused(lead)
    with acting(handler.actor), django_assert_max_num_queries(15):
        preview(TYPES["supplementary_application"], body("supplementary_application"), by=handler.actor)


def test_worker_sees_kelas_line_of_the_district_and_the_practices(as_, send, pirkanmaa):
    contact("officials_line", owner="kela", phone="+358405550007", person="Kela's own")
    practice("Call Kela first.")
    page = as_(pirkanmaa).get(url(send())).content.decode()
    assert "040 5550007" in page
    assert "Call Kela first." in page


def test_handler_sees_the_authoritys_side_while_it_has_the_referral(as_, send, handler):
    contact("adult_social_work", person="Of Pirkanmaa")
    referral = send()
    assert "Of Pirkanmaa" in as_(handler).get(url(referral)).content.decode()
    lost = send(client={"home_municipality": "478"})
    assert "Whom to contact" not in as_(handler).get(url(lost)).content.decode()


def test_contacts_do_not_tell_the_uncleared_where_a_protected_person_lives(as_, send, handler, supervisor):
    contact("adult_social_work", person="Of the county")
    contact("adult_social_work", person="Of Tampere", municipality_id="837")
    referral = send(client={"non_disclosure": True})
    assert not handler.cleared
    page = as_(handler).get(url(referral)).content.decode()
    assert "Of the county" in page
    assert "Of Tampere" not in page
    assert "Of Tampere" in as_(supervisor).get(url(referral)).content.decode()


def test_receiver_of_nothing_is_told_as_before(as_, handler):
    lost = box(as_(handler), client={"home_municipality": "478"})
    assert "Nobody receives it as it is." in lost
    assert "Whom to contact" not in lost
