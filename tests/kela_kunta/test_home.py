from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Role, User
from kela_kunta.base import clock
from tests.directory import paused

KELA = [Role.HANDLER, Role.SUPERVISOR, Role.EDITOR, Role.ANALYST, Role.AUDITOR, Role.ADMIN]


def test_nobody_is_led_to_the_login(client):
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_start_page(db, as_, role):
    user = User.objects.create_user(
        "somebody", name="Somebody", role=role, authority_id="kela" if role in KELA else "county-08"
    )
    answer = as_(user).get("/")
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert answer.headers["Location"] in ("/stats/", "/audit/", "/contacts/desk/")


def test_start_page_shows_what_needs_this_person_first(as_, send, pirkanmaa, handler, supervisor):
    send()
    send(client={"home_municipality": "478", "family_name": "Eksynyt"})
    assert "Esimerkki, Aino" in as_(pirkanmaa).get("/").content.decode()
    assert as_(pirkanmaa).get("/").context["first"].name == "open"
    assert "Eksynyt, Aino" in as_(handler).get("/").content.decode()
    assert as_(handler).get("/").context["first"].name == "back"
    assert as_(supervisor).get("/").context["first"].name == "unroutable"


def test_admin_sees_no_client(as_, send, db):
    send()
    admin = User.objects.create_user("admin", name="Admin", role=Role.ADMIN, authority_id="kela")
    assert "Esimerkki" not in as_(admin).get("/").content.decode()


def test_a_supervisor_sees_whose_systems_do_not_fetch(as_, send, calls_as, county_pirkanmaa, supervisor, handler):
    caller = calls_as(county_pirkanmaa)
    with clock.frozen(clock.now() - timedelta(hours=5)):
        caller.get("inbox/changes/")
        send()
    assert "Systems that do not fetch" in as_(supervisor).get("/").text
    assert "Systems that do not fetch" not in as_(handler).get("/").text
    caller.get("inbox/changes/")
    assert "Systems that do not fetch" not in as_(supervisor).get("/").text


def test_a_lead_is_led_to_tell_of_a_pause_and_all_of_the_authority_see_it(as_, lead, pirkanmaa, lapland, handler):
    assert "Tell of a pause" in as_(lead).get("/").text
    assert "Tell of a pause" not in as_(pirkanmaa).get("/").text
    paused(lead)
    assert "/contacts/authorities/county-08/pauses/" in as_(lead).get("/").text
    for person, sees in ((lead, True), (pirkanmaa, True), (lapland, False), (handler, False)):
        assert ("Paused: all referrals" in as_(person).get("/").text) == sees
