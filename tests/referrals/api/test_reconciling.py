"""GET /inbox/reconcile/."""

from __future__ import annotations

import hashlib

import pytest

from kela_kunta.base import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(calls_as, county_pirkanmaa):
    caller = calls_as(county_pirkanmaa)
    return lambda query="": caller.get(f"inbox/reconcile/?{query}")


def test_a_system_can_make_the_same_digest_from_its_items(ask, send):
    sent = {str(send().pk) for _ in range(3)}
    (day,) = ask("ids=1").json()["days"]
    assert (day["day"], day["count"]) == (clock.today().isoformat(), 3)
    assert {item["id"] for item in day["items"]} == sent
    lines = sorted(f"{item['id']}:{item['version']}:{item['status']}\n" for item in day["items"])
    assert day["digest"] == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_items_come_only_when_asked_for(ask, send):
    send()
    today = clock.today().isoformat()
    for query in ("", "ids=0", f"from={today}&to={today}"):
        (day,) = ask(query).json()["days"]
        assert set(day) == {"day", "count", "digest"}


def test_another_authority_sees_none_of_it(calls_as, county_lapland, send):
    send()
    assert calls_as(county_lapland).get("inbox/reconcile/").json() == {"days": []}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from=2026-01-02&to=2026-01-01", "?from"),
        ("from=2026-01-01&to=2027-01-02", "?from"),
        ("from=2026-01-01&to=2026-02-01&ids=1", "?from"),
        ("from=yesterday", "?from"),
        ("to=2026-02-30", "?to"),
        ("to=9999-12-31", "?to"),
        ("ids=yes", "?ids"),
        ("day=2026-01-01", "?day"),
    ],
)
def test_what_cannot_be_answered_is_refused_at_its_parameter(ask, query, parameter):
    refused = ask(query)
    assert refused.status_code == 400
    assert [error["pointer"] for error in refused.json()["errors"]] == [parameter]


@pytest.mark.parametrize("query", ["from=2026-01-01&to=2027-01-01", "from=2026-01-01&to=2026-01-31&ids=1"])
def test_the_longest_time_is_answered(ask, query):
    assert ask(query).json() == {"days": []}


def test_it_needs_the_scope_of_the_inbox(calls_as, etotu):
    assert calls_as(etotu).get("inbox/reconcile/").status_code == 403
