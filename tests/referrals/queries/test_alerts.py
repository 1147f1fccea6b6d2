"""The search by sets against the rule for one person: whoever the rule means, the search names."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals import parameters
from referrals.models import AssistanceMonth, Recipient
from referrals.queries.alerts import lives, search
from referrals.rules.detection import Found, Lacking, NotYet, detect
from referrals.rules.months import add_months

pytestmark = pytest.mark.django_db
FIRST = date(2024, 6, 1)
FLAG = st.sampled_from([True, True, True, True, False, None])
# Nobody is more than a year too young: no spell of today is current by then.
LIFE = st.tuples(
    st.dates(date(1995, 1, 1), date(2008, 6, 1)),
    st.dictionaries(
        st.integers(0, 17),
        st.tuples(
            st.sampled_from([Decimal(0), Decimal(400), Decimal(400)]),
            FLAG,
            FLAG,
            st.sampled_from([False, False, False, True, None]),
            st.sampled_from(["", "family_tie", "none"]),
            st.sampled_from([None, date(2023, 3, 1)]),
        ),
        min_size=2,
        max_size=18,
    ),
)


def store(told: list) -> None:
    people = [
        Recipient(
            sealed_identity_code=b"x", person_index=bytes([place]), birth_date=born, family_name="A", given_names="B",
            told_of=FIRST,
        )
        for place, (born, _months) in enumerate(told)
    ]  # fmt: skip
    for person in people:
        person.save()
    AssistanceMonth.objects.bulk_create(
        AssistanceMonth(
            recipient=person, month=add_months(FIRST, place), amount=amount, main_income=main, unemployed=unemployed,
            integration_plan=plan, residence_ground=ground, first_permit_on=permit, updated_at=clock.now(),
        )
        for person, (_born, months) in zip(people, told, strict=True)
        for place, (amount, main, unemployed, plan, ground, permit) in months.items()
    )  # fmt: skip


def named(on: date, **how: object) -> dict[object, set[str]]:
    wide = search(parameters.alert_rules(on), on=on, **how)
    with connection.cursor() as cursor:
        cursor.execute(wide.statement, wide.values)
        return {
            row[0]: {type for type, is_meant in zip(wide.types, row[1:], strict=True) if is_meant}
            for row in cursor.fetchall()
        }


@settings(max_examples=40)
@given(st.lists(LIFE, min_size=1, max_size=12), st.integers(0, 500))
def test_the_search_names_whoever_the_rule_means(told, days):
    on = FIRST + timedelta(days=days)
    with acting(Actor.system("test")):
        store(told)
        meant, guessed = named(on), named(on, guessing=True)
        for recipient, life in lives(list(Recipient.objects.values_list("pk", flat=True))).items():
            for type, rule in parameters.alert_rules(on).items():
                what = detect(life.months, life.recipient.birth_date, rule, on=on)
                if isinstance(what, Found | NotYet):
                    assert type in meant.get(recipient, ()), what
                if isinstance(what, Lacking):
                    assert type in guessed.get(recipient, ()), what
        connection.cursor().execute("DELETE FROM referrals_assistancemonth; DELETE FROM referrals_recipient")


def test_a_shorter_search_names_those_who_lack_a_month():
    with acting(Actor.system("test")):
        store([(date(2003, 1, 1), {place: (Decimal(1), True, True, False, "", None) for place in range(3)})])
        assert named(date(2024, 8, 20)) == {}
        assert list(named(date(2024, 8, 20), missing=1).values()) == [{"under_25"}]


def test_a_permit_told_long_ago_or_with_an_unpaid_month_is_found_too():
    with acting(Actor.system("test")):
        month = (Decimal(1), True, None, None, "family_tie", None)
        permit = (*month[:-1], date(2024, 5, 2))
        store([(date(1990, 1, 1), {0: permit, 15: month, 16: month})])
        assert list(named(date(2025, 11, 3)).values()) == [{"immigrant"}]
