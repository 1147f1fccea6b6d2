"""Many rows in one statement."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import DataError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kela_kunta.base.ids import UuidV7
from kela_kunta.base.rows import array, insert_rows

pytestmark = pytest.mark.django_db


class Thing(models.Model):
    id = models.UUIDField(primary_key=True, db_default=UuidV7())
    name = models.CharField(max_length=5, unique=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    months = ArrayField(models.DateField(), default=list)
    words = ArrayField(models.CharField(max_length=40), null=True)
    facts = models.JSONField(default=dict)
    content = models.BinaryField(null=True)

    class Meta:
        app_label = "base"
        managed = False
        db_table = "things"


@pytest.fixture(autouse=True)
def _table(db):
    connection.cursor().execute(
        "CREATE TEMPORARY TABLE things (id uuid PRIMARY KEY DEFAULT uuidv7(), name varchar(5) UNIQUE, amount numeric(9,2),"
        " months date[], words varchar(40)[], facts jsonb, content bytea) ON COMMIT DROP"
    )


def test_rows_are_read_as_they_were_written():
    first = Thing(
        name="Äiti", amount=Decimal("1.50"), months=[date(2026, 1, 1), date(2026, 2, 1)], words=['a "b"', "c,d\\"],
        facts={"a": [1, None, "ä"]}, content=b"\x00\xff",
    )  # fmt: skip
    insert_rows([first, Thing(name="Isä")])
    one, other = Thing.objects.get(name="Äiti"), Thing.objects.get(name="Isä")
    for field in ("amount", "months", "words", "facts"):
        assert getattr(one, field) == getattr(first, field)
    assert bytes(one.content) == b"\x00\xff"
    assert (other.amount, other.months, other.words, other.facts, other.content) == (None, [], None, {}, None)
    assert one.pk != other.pk


def test_a_text_that_is_too_long_is_refused_and_not_cut():
    with pytest.raises(DataError), transaction.atomic():
        insert_rows([Thing(name="short"), Thing(name="longer")])
    assert not Thing.objects.exists()


def test_what_is_there_already_is_left_alone_if_wanted():
    insert_rows([Thing(name="a")])
    insert_rows([Thing(name="a"), Thing(name="b")], ignore_conflicts=True)
    assert Thing.objects.count() == 2


def test_nothing_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows([])


@pytest.mark.parametrize(
    ("type", "element"),
    [
        ("text", st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)),
        ("bytea", st.binary(max_size=4)),
        ("date", st.dates()),
        ("timestamptz", st.datetimes(timezones=st.just(UTC))),
        ("numeric", st.decimals(allow_nan=False, allow_infinity=False, places=2)),
        ("boolean", st.booleans()),
        ("uuid", st.uuids()),
    ],
)
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_postgresql_reads_an_array_as_it_was_meant(type, element, data):
    values = data.draw(st.lists(st.none() | element, max_size=5))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{type}[]", [array(values)])
        read = cursor.fetchone()[0]
    assert [bytes(one) if isinstance(one, memoryview) else one for one in read] == values
