"""The database as tests and production see it: through a role that owns nothing."""

import pytest
from django.db import connection

from contacts.models import Municipality


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.django_db
def test_tests_connect_as_the_role_that_owns_nothing():
    assert rows("SELECT current_user::text, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        ("kela_kunta_app", False, False)
    ]
    owned = "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
    assert rows(owned) == [(0,)]


@pytest.mark.django_db
def test_text_is_compared_by_code_points_and_knows_scandinavian_letters():
    assert rows(
        "SELECT upper('åäö') COLLATE \"C\", datlocprovider, datctype FROM pg_database WHERE datname = current_database()"
    ) == [("ÅÄÖ", "b", "C.UTF-8")]


@pytest.mark.django_db
def test_the_reference_data_is_there():
    assert Municipality.objects.filter(code="837").exists()


class TestAfterATestThatCommits:
    """In this order: the second test finds nothing of what the first one left."""

    @pytest.mark.django_db(transaction=True)
    def test_a_row_is_committed(self):
        Municipality.objects.filter(code="837").update(name_fi="Changed")

    @pytest.mark.django_db(transaction=True)
    def test_the_database_is_fresh(self):
        assert Municipality.objects.get(code="837").name_fi == "Tampere"
