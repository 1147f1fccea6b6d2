"""The cast of all tests: who acts, and referrals on their way between them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import Role, User
from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.routing import route_batch
from referrals.actions.sending import send_referral
from referrals.actions.working import start
from referrals.drafts import read_draft
from referrals.models import Referral
from tests.builders import body

PIRKANMAA, LAPLAND = "county-08", "county-21"


def _person(username: str, role: Role, authority: str, **facts: Any) -> User:
    return User.objects.create_user(username, name=username.title(), role=role, authority_id=authority, **facts)


@pytest.fixture
def handler(db: None) -> User:
    return _person("handler", Role.HANDLER, "kela")


@pytest.fixture
def handler2(db: None) -> User:
    return _person("handler2", Role.HANDLER, "kela")


@pytest.fixture
def supervisor(db: None) -> User:
    return _person("supervisor", Role.SUPERVISOR, "kela", cleared=True)


@pytest.fixture
def analyst(db: None) -> User:
    return _person("analyst", Role.ANALYST, "kela")


@pytest.fixture
def auditor(db: None) -> User:
    return _person("auditor", Role.AUDITOR, "kela")


@pytest.fixture
def pirkanmaa(db: None) -> User:
    return _person("worker.pirkanmaa", Role.WORKER, PIRKANMAA)


@pytest.fixture
def pirkanmaa2(db: None) -> User:
    return _person("worker2.pirkanmaa", Role.WORKER, PIRKANMAA, cleared=True)


@pytest.fixture
def lead(db: None) -> User:
    return _person("lead.pirkanmaa", Role.LEAD, PIRKANMAA)


@pytest.fixture
def lapland(db: None) -> User:
    return _person("worker.lapland", Role.WORKER, LAPLAND)


@pytest.fixture
def as_() -> Callable[[User], Browser]:
    """A browser in which somebody is logged in."""

    def browser(user: User) -> Browser:
        client = Browser()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.cookies["language"] = "en"
        return client

    return browser


@pytest.fixture
def send_only(handler: User) -> Callable[..., Referral]:
    """Sends a referral by `handler`, or `by` another, and leaves it to the router."""
    keys = count()

    def sent(type: str = "supplementary_application", *, by: Actor | None = None, **facts: Any) -> Referral:
        draft = read_draft(body(type, **facts), on=clock.today(), register=register())
        return send_referral(draft, by=by or handler.actor, key=f"key-{next(keys)}")[0]

    return sent


@pytest.fixture
def send(send_only: Callable[..., Referral]) -> Callable[..., Referral]:
    """Sends a referral by `handler`, or `by` another, and has it routed."""

    def sent(type: str = "supplementary_application", *, by: User | None = None, **facts: Any) -> Referral:
        referral = send_only(type, by=by.actor if by else None, **facts)
        route_batch()
        return now(referral)

    return sent


@pytest.fixture
def begun(send: Callable[..., Referral], pirkanmaa: User) -> Referral:
    """A referral that Pirkanmaa's worker works on."""
    referral = send()
    start(referral.pk, by=pirkanmaa.actor, version=2)
    return now(referral)


def now(referral: Referral) -> Referral:
    """The referral as it is in the database."""
    with acting(Actor.system("test")):
        return Referral.objects.select_related("client").get(pk=referral.pk)


def url(referral: Referral, move: str = "") -> str:
    return f"/referrals/{referral.pk}/" + (f"{move}/" if move else "")
