"""What people, files and systems may write of an entry, and what they are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from contacts.bodies import BODIES, PauseBody
from kela_kunta.base import clock

CONTACT = {"kind": "housing", "phone": "040 123 4567"}
POINT = {"municipality": "837", "name_fi": "Kela", "street_fi": "Katu 1", "postal_code": "33100"}
PRACTICE = {"topic": "urgent", "text_fi": "Soita.", "from": "2026-01-01"}
GOOD = {"contact": CONTACT, "service_point": POINT, "local_practice": PRACTICE}
PAUSE = {"cause": "staff", "fallback_phone": "040 123 4567"}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["837", "fi", "phone"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def read(kind: str, /, **facts: Any) -> dict[str, Any]:
    body = BODIES[kind](data=GOOD[kind] | facts)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def refused(kind: str, /, **facts: Any) -> list[tuple[str, str]]:
    """The (field, code) of all that is wrong."""
    body = BODIES[kind](data=GOOD[kind] | facts)
    assert not body.is_valid()
    return [(name, code) for name, errors in body.errors.items() for code in codes(errors)]


def codes(errors: Any) -> list[str]:
    rows = errors.values() if isinstance(errors, dict) else errors
    return [code for one in rows for code in ([one.code] if hasattr(one, "code") else codes(one))]


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_written_are_the_columns_of_the_entry(kind):
    assert read(kind).keys() == set(BODIES[kind].model.WRITTEN)


@pytest.mark.parametrize(
    ("kind", "facts", "errors"),
    [
        ("contact", {"phone": ""}, [("phone", "unreachable")]),
        ("contact", {"channel": "email"}, [("channel", "channel_missing")]),
        ("contact", {"channel": "video"}, [("channel", "channel_missing")]),
        ("contact", {"channel": "secure_mail"}, [("channel", "channel_missing")]),
        ("contact", {"kind": "friend"}, [("kind", "invalid_choice")]),
        ("contact", {"kind": ""}, [("kind", "required")]),
        ("contact", {"phone": "12"}, [("phone", "invalid")]),
        ("contact", {"email": "a at b"}, [("email", "invalid")]),
        ("contact", {"link": "http://a.example/"}, [("link", "invalid")]),
        ("contact", {"link": "javascript:alert(1)"}, [("link", "invalid")]),
        ("contact", {"hours": "joskus"}, [("hours", "invalid")]),
        ("contact", {"languages": ["fi", "fi"]}, [("languages", "repeated")]),
        ("contact", {"languages": "fi"}, [("languages", "not_a_list")]),
        ("contact", {"title_fi": "x" * 121}, [("title_fi", "max_length")]),
        ("contact", {"review_months": 0}, [("review_months", "min_value")]),
        ("contact", {"review_months": 25}, [("review_months", "max_value")]),
        ("contact", {"review_months": "1.5"}, [("review_months", "invalid")]),
        ("contact", {"secret": "x"}, [("secret", "unknown_field")]),
        ("service_point", {"municipality": ""}, [("municipality", "required")]),
        ("service_point", {"municipality": "Tampere"}, [("municipality", "invalid")]),
        ("service_point", {"name_fi": " "}, [("name_fi", "required")]),
        ("service_point", {"hands_over_commitments": "maybe"}, [("hands_over_commitments", "invalid")]),
        ("local_practice", {"to": "2025-12-31"}, [("to", "backwards")]),
        ("local_practice", {"from": "1.1.2026"}, [("from", "invalid")]),
        ("local_practice", {"types": ["nonsense"]}, [("types", "invalid_choice")]),
        ("local_practice", {"text_fi": ""}, [("text_fi", "required")]),
    ],
)
def test_what_is_wrong_is_told_at_its_field(kind, facts, errors):
    read(kind)
    assert refused(kind, **facts) == errors


def test_all_that_is_wrong_is_told_at_once():
    wrong = refused("contact", kind="friend", hours="joskus", review_months=99)
    assert {name for name, _code in wrong} == {"kind", "hours", "review_months"}


def test_hours_that_would_not_fit_once_read_are_refused_in_words():
    written = "; ".join(f"{day} 9-10,11-12,13-14,15-16" for day in ("ma", "ti", "ke", "to", "pe", "la", "su"))
    assert len(written) < 200
    assert refused("contact", hours=written) == [("hours", "max_length")]


def test_a_practice_holds_from_its_first_day_to_its_last():
    assert read("local_practice")["valid"] == DateRange(date(2026, 1, 1), None)
    assert read("local_practice", to="2026-01-01")["valid"] == DateRange(date(2026, 1, 1), date(2026, 1, 2))


def test_a_number_is_kept_with_its_country_and_hours_in_their_notation():
    values = read("contact", hours="ma–pe klo 9–15")
    assert (values["phone"], values["hours"]) == ("+358401234567", "Mo-Fr 09:00-15:00; PH closed")


@pytest.mark.parametrize("kind", GOOD)
@given(data=st.data())
def test_whatever_is_written_is_read_or_refused(kind, data):
    names = [*BODIES[kind]().fields, "other"]
    facts = data.draw(st.dictionaries(st.sampled_from(names), JSON, max_size=4))
    body = BODIES[kind](data=GOOD[kind] | facts)
    assert body.is_valid() or body.errors


class TestPause:
    def pause(self, **facts: Any) -> tuple[datetime, datetime | None]:
        body = PauseBody(data=PAUSE | facts)
        body.is_valid(raise_exception=True)
        return body.validated_data["begins"], body.validated_data["ends"]

    def test_without_days_it_is_from_now_until_told_otherwise(self):
        begins, ends = self.pause()
        assert timedelta(0) <= clock.now() - begins < timedelta(minutes=1)
        assert ends is None

    def test_its_last_day_counts_wholly_in_helsinki(self):
        begins, ends = self.pause(begins="2090-01-01", ends="2090-01-01")
        assert begins == datetime(2090, 1, 1, tzinfo=clock.HELSINKI)
        assert ends == datetime(2090, 1, 2, tzinfo=clock.HELSINKI)

    def test_a_time_without_a_last_day_is_of_the_first(self):
        begins, ends = self.pause(begins="2090-01-01", begins_at="9.30", ends_at="12:00")
        assert begins == datetime(2090, 1, 1, 9, 30, tzinfo=clock.HELSINKI)
        assert ends == datetime(2090, 1, 1, 12, tzinfo=clock.HELSINKI)

    @pytest.mark.parametrize(
        ("facts", "error"),
        [
            ({"fallback_phone": ""}, ("fallback_phone", "nothing_instead")),
            ({"begins": "2090-01-02", "ends": "2090-01-01"}, ("ends", "backwards")),
            ({"ends": "2020-01-01"}, ("ends", "backwards")),
            ({"begins": "2090-01-01", "begins_at": "12.00", "ends_at": "12.00"}, ("ends_at", "backwards")),
            ({"begins_at": "25.00"}, ("begins_at", "invalid")),
            ({"begins_at": "noon"}, ("begins_at", "invalid")),
            ({"cause": "holiday"}, ("cause", "invalid_choice")),
            ({"type": "nonsense"}, ("type", "invalid_choice")),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, facts, error):
        body = PauseBody(data=PAUSE | facts)
        assert not body.is_valid()
        assert [(name, one.code) for name, errors in body.errors.items() for one in errors] == [error]

    def test_an_inbox_that_is_read_is_enough_instead(self):
        assert self.pause(fallback_phone="", inbox_read=True)[1] is None
