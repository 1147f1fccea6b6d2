"""Every table with client data is closed to whoever has not said who acts."""

import pytest
from django.apps import apps
from django.db import connection

from delivery.models import Event
from kela_kunta.base.actor import Actor, acting
from referrals.models import Client, Referral

pytestmark = pytest.mark.django_db
CLIENT_DATA = {Client, Referral, Event}


def tables() -> list[str]:
    """Tables of clients, referrals and events, and whatever refers to one of them, directly or by another."""
    found = set(CLIENT_DATA)
    while True:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            if any(field.related_model in found for field in model._meta.fields)
        }
        if more <= found:
            return sorted(model._meta.db_table for model in found)
        found |= more


@pytest.mark.parametrize("table", tables())
def test_row_security_holds_even_for_the_owner(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
        assert cursor.fetchone() == (True, True)


def test_nobody_sees_what_is_there(send):
    send()
    with acting(Actor.system("test")):
        there = {table for table in tables() if count(table)}
    assert {model._meta.db_table for model in CLIENT_DATA} <= there
    assert {table for table in tables() if count(table)} == set()


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]
