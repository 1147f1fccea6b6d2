from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kela_kunta.base.typed import inside, read, without_blank_rows
from tests.kela_kunta.base.asking import MatterSerializer

NAMES = st.from_regex(r"(client|expenses|months|reasons|decision)(\[[0-9]{1,4}\]|\.)?[a-z]{0,8}", fullmatch=True)


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [("", "client", "client"), ("client", "name", "client.name"), ("expenses[0]", "code", "expenses[0]code")],
)
def test_inner_names_follow_the_rest_framework(name, key, expected):
    assert inside(name, key) == expected


@given(st.lists(st.tuples(NAMES, st.text(max_size=5)), max_size=20))
def test_whatever_is_sent_is_read_in_the_serializers_shape(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    values = without_blank_rows(MatterSerializer(), read(MatterSerializer(), "", data))
    assert isinstance(values["client"], dict)
    assert all(isinstance(row, dict) for row in values["expenses"])
    assert all(isinstance(month, str) and month.strip() for month in values["months"])
