from __future__ import annotations

import pytest
from django.db import IntegrityError

from accounts.models import ClientRole, Role, User
from kela_kunta.base.actor import Actor
from referrals.rules import lifecycle
from tests.api import api_client

pytestmark = pytest.mark.django_db
AT_KELA = {Role.HANDLER, Role.SUPERVISOR, Role.EDITOR, Role.ANALYST, Role.AUDITOR, Role.ADMIN}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("authority", ["kela", "county-08"])
def test_kelas_roles_are_kelas_and_an_authoritys_its_own(role, authority):
    def create() -> User:
        return User.objects.create_user("somebody", name="Somebody", role=role, authority_id=authority)

    if (role in AT_KELA) == (authority == "kela"):
        assert create().actor == Actor(role, str(User.objects.get().pk), "Somebody", authority)
    else:
        with pytest.raises(IntegrityError, match="role_fits_authority"):
            create()


def test_a_system_acts_under_its_own_name_and_never_under_a_persons_id():
    client = api_client("etotu", ClientRole.KELA_SYSTEM, "kela", "referrals:send", cleared=True)
    assert client.actor == Actor("kela_system", "client:etotu", "Etotu", "kela", cleared=True)


@pytest.mark.parametrize("role", [*ClientRole, "system", "handler", ""])
@pytest.mark.parametrize("authority", ["kela", "county-08"])
def test_no_system_of_an_authority_acts_as_kelas_or_as_our_own(role, authority):
    fits = {"kela_system": {"kela"}, "authority_system": {"county-08"}, "statistics_system": {"kela", "county-08"}}
    if authority in fits.get(role, set()):
        api_client("some", role, authority, "")
    else:
        with pytest.raises(IntegrityError, match="client_role_fits_authority"):
            api_client("some", role, authority, "")


def test_the_life_cycle_knows_the_same_roles():
    roles = {str(role) for role in (*Role, *ClientRole)} | {"system"}
    assert lifecycle.SENDERS | lifecycle.RECEIVERS | {lifecycle.SYSTEM} <= roles


def test_a_person_without_a_password_cannot_log_in(client):
    User.objects.create_user("somebody", name="Somebody", role=Role.HANDLER, authority_id="kela")
    assert not client.login(username="somebody", password="")
