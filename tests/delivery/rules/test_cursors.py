"""Cursors: every place has one, no other text is one."""

from __future__ import annotations

import base64
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.rules.cursors import BadCursor, Place, read, tag, write

CODES = st.from_regex(r"[a-z]{1,20}(-[0-9]{1,3})?", fullmatch=True)
PLACES = st.builds(
    Place, CODES, st.integers(1, 2**63 - 1), st.uuids().flatmap(lambda id: st.integers(1, 99).map(lambda v: tag(id, v)))
)


@given(PLACES)
def test_what_is_written_is_read_again(place):
    assert read(write(place)) == place


@given(CODES)
def test_the_beginning_has_a_cursor_too(authority):
    assert read(write(Place.beginning(authority))) == Place(authority, 0, "")


@given(PLACES)
def test_a_cursor_needs_no_escape_in_an_address(place):
    assert write(place).replace("-", "").replace("_", "").isalnum()


@given(st.text(max_size=60))
def test_any_other_text_is_refused_or_is_the_one_that_we_write(text):
    try:
        place = read(text)
    except BadCursor:
        return
    assert write(place) == text


@pytest.mark.parametrize(
    "text",
    ["county-08:+1:00000000", "county-08:01:00000000", "county-08:-1:00000000", "county-08:1", "county-08:1:2:3", "",
     f"county-08:{2**63}:00000000", "county-08:x:00000000", "county-08:0:00000000", "county-08:1:", "county-08:1:0000000G", "county-08:1 :00000000"],
)  # fmt: skip
def test_what_only_looks_like_a_place_is_refused(text):
    with pytest.raises(BadCursor):
        read(base64.urlsafe_b64encode(text.encode()).decode().rstrip("="))


@given(PLACES)
def test_a_longer_way_to_write_the_same_is_refused(place):
    for other in (write(place) + "=", write(place) + "\n", " " + write(place)):
        with pytest.raises(BadCursor):
            read(other)


def test_a_cursor_written_years_ago_is_still_read():
    """Its form never changes: systems keep it."""
    event = UUID("0192f7a0-0000-7000-8000-000000000001")
    assert tag(event, 2) == "49aea48a"
    assert write(Place("county-08", 12, tag(event, 2))) == "Y291bnR5LTA4OjEyOjQ5YWVhNDhh"


def test_events_that_share_a_number_are_told_apart():
    one, other = uuid4(), uuid4()
    assert len({tag(one, 1), tag(one, 2), tag(other, 1)}) == 3
