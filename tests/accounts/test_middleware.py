"""Whoever is logged in acts for the whole request."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.middleware import ActingMiddleware
from contacts.queries import register
from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, NobodyActs, acting, current_actor
from referrals.actions.sending import send_referral
from referrals.drafts import read_draft
from referrals.models import Referral
from tests.api import access_token
from tests.builders import body
from tests.cast import now

pytestmark = pytest.mark.django_db
View = Callable[[HttpRequest], HttpResponse]


def ask(view: View, user) -> HttpResponse:
    request = RequestFactory().get("/")
    request.user = user
    return ActingMiddleware(view)(request)


def send_and_answer(status: int) -> View:
    def view(request: HttpRequest) -> HttpResponse:
        draft = read_draft(body("under_25"), on=clock.today(), register=register())
        send_referral(draft, by=request.actor, key="K")
        return HttpResponse(status=status)

    return view


def stored() -> tuple[int, int]:
    with acting(Actor.system("test")):
        return Referral.objects.count(), Event.objects.count()


def test_the_view_runs_as_who_is_logged_in(handler):
    actors = []
    ask(lambda request: actors.append((request.actor, current_actor())) or HttpResponse(), handler)
    assert actors == [(handler.actor, handler.actor)]


def test_nobody_acts_where_nobody_is_logged_in():
    def view(request: HttpRequest) -> HttpResponse:
        assert request.actor is None
        with pytest.raises(NobodyActs):
            current_actor()
        return HttpResponse()

    assert ask(view, AnonymousUser()).status_code == 200


@pytest.mark.parametrize(
    ("status", "rows"), [(200, (1, 1)), (302, (1, 1)), (409, (1, 1)), (500, (0, 0)), (503, (0, 0))]
)
def test_of_a_view_that_failed_nothing_stays(handler, status, rows):
    assert ask(send_and_answer(status), handler).status_code == status
    assert stored() == rows


def test_of_a_view_that_raised_nothing_stays(handler):
    class Failed(Exception):
        pass

    def view(request: HttpRequest) -> HttpResponse:
        send_and_answer(200)(request)
        raise Failed

    with pytest.raises(Failed):
        ask(view, handler)
    assert stored() == (0, 0)


def test_a_call_acts_by_its_token_whoever_is_logged_in_beside_it(as_, lapland, county_pirkanmaa, send):
    referral = send()
    answer = as_(lapland).post(
        f"/api/v1/referrals/{referral.pk}/acknowledge/",
        "{}",
        content_type="application/json",
        headers={"Authorization": f"Bearer {access_token(county_pirkanmaa)}", "If-Match": f'"{referral.version}"'},
    )
    assert (answer.status_code, now(referral).status) == (200, "acknowledged")
    with acting(Actor.system("test")):
        last = Event.objects.filter(subject_id=referral.pk).latest("version")
    assert last.actor_id == county_pirkanmaa.actor.id


def test_being_logged_in_reaches_nothing_of_the_api(as_, pirkanmaa, send):
    assert as_(pirkanmaa).get(f"/api/v1/referrals/{send().pk}/").status_code == 401
