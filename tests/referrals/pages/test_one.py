from __future__ import annotations

import re
from uuid import uuid4

from accounts.models import AccessLog
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.builders import decision
from tests.cast import url


def test_right_people_see_it_and_others_cannot_tell_it_from_one_that_never_was(
    as_, client, send, handler, pirkanmaa, lapland, analyst
):
    referral = send()
    assert as_(pirkanmaa).get(url(referral)).status_code == 200
    assert as_(handler).get(url(referral)).status_code == 200
    hidden, unknown = as_(lapland).get(url(referral)), as_(lapland).get(f"/referrals/{uuid4()}/")
    assert hidden.status_code == unknown.status_code == 404
    assert without_tokens(hidden) == without_tokens(unknown)
    assert as_(analyst).get(url(referral)).status_code == 403
    assert client.get(url(referral)).status_code == 302


def without_tokens(page) -> str:
    return re.sub(r'(X-CSRFToken": "|csrfmiddlewaretoken" value=")[^"]+', r"\1", page.content.decode())


def test_page_tells_the_client_the_matter_and_the_calculation(as_, send, pirkanmaa):
    referral = send(basic_decision=decision(clock.today()))
    page = as_(pirkanmaa).get(url(referral)).content.decode()
    for told in ("Esimerkki, Aino", "040 1234567", referral.client.identity_code, "Tampere", "Home furnishing", "250,00",
                 "K-1", "(108,00)", "privileged income, left out of account", "Deficit", "179,71"):  # fmt: skip
        assert told in page, told


def test_every_type_has_its_page(as_, send, pirkanmaa, handler):
    for type in ("social_work_need", "under_25", "over_25", "immigrant", "lowered_basic_amount"):
        assert as_(handler).get(url(send(type))).status_code == 200


def test_only_what_this_person_may_do_now_is_offered(as_, send, handler, handler2, pirkanmaa):
    referral = send()
    assert moves(as_(pirkanmaa).get(url(referral))) == ["acknowledge", "start", "return", "transfer", "raise-urgency"]
    assert moves(as_(handler).get(url(referral))) == ["attach-decision", "raise-urgency", "withdraw"]
    assert moves(as_(handler2).get(url(referral))) == ["attach-decision"]


def moves(page) -> list[str]:
    return [slug for _move, slug, _at_once in page.context["moves"]]


def test_clients_other_open_referral_is_shown(as_, send, pirkanmaa):
    send("social_work_need")
    page = as_(pirkanmaa).get(url(send())).content.decode()
    assert "The same client has another open referral." in page


def test_look_at_the_clients_other_referral_is_logged_where_it_is_shown(as_, send, pirkanmaa):
    other, referral = send("social_work_need"), send()
    as_(pirkanmaa).get(url(referral))
    with acting(Actor.system("test")):
        seen = {tuple(line.referrals) for line in AccessLog.objects.all()}
    assert seen == {(referral.pk,), (other.pk,)}
    for elsewhere in ("return", "print"):
        as_(pirkanmaa).get(url(referral, elsewhere))
    with acting(Actor.system("test")):
        assert AccessLog.objects.filter(referrals__contains=[other.pk]).count() == 1


def test_story_has_two_lanes_and_a_hand_over(as_, send, pirkanmaa):
    referral = send()
    as_(pirkanmaa).post(url(referral, "acknowledge"), {"version": referral.version})
    steps = as_(pirkanmaa).get(url(referral)).context["steps"]
    assert [(step.side, step.what) for step in steps] == [
        ("kela", "Referral sent"),
        ("across", "Delivered to Pirkanmaa wellbeing services county"),
        ("authority", "Acknowledged"),
    ]
    assert "Tampere" in steps[1].why


def test_look_is_logged_and_a_refused_one_is_not(as_, send, pirkanmaa, lapland):
    referral = send()
    as_(pirkanmaa).get(url(referral))
    as_(lapland).get(url(referral))
    with acting(Actor.system("test")):
        line = AccessLog.objects.get()
    assert (line.actor_name, line.look, line.referrals) == (pirkanmaa.name, "view", [referral.pk])


def test_protected_referral_is_for_the_cleared_and_who_sent_it(as_, send, handler, handler2, pirkanmaa, pirkanmaa2):
    referral = send(client={"non_disclosure": True})
    assert as_(pirkanmaa2).get(url(referral)).status_code == 200
    assert as_(handler).get(url(referral)).status_code == 200
    assert as_(pirkanmaa).get(url(referral)).status_code == 404
    assert as_(handler2).get(url(referral)).status_code == 404


def test_why_a_protected_referral_went_there_is_told_to_the_cleared_alone(as_, send, handler, pirkanmaa2):
    referral = send(client={"non_disclosure": True})
    assert "Home municipality Tampere →" in as_(pirkanmaa2).get(url(referral)).content.decode()
    page = as_(handler).get(url(referral)).content.decode()
    assert "Routed by protected residence data" in page
    assert "Home municipality Tampere" not in page


def test_page_title_and_address_hold_nothing_personal(as_, send, pirkanmaa):
    referral = send()
    page = as_(pirkanmaa).get(url(referral)).content.decode()
    assert "Esimerkki" not in page[page.index("<title>") : page.index("</title>")]
    for link in page.split('href="')[1:]:
        assert "Esimerkki" not in link.split('"')[0]
        assert referral.client.identity_code not in link.split('"')[0]
