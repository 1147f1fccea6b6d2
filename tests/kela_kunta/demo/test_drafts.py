"""Tests of kela_kunta.demo.drafts: what is replayed is what the product itself would have accepted."""

from __future__ import annotations

import pytest

from contacts.queries import register
from kela_kunta.demo.drafts import draft_of
from kela_kunta.demo.world import world
from referrals.drafts import read_draft

pytestmark = pytest.mark.django_db


def test_the_product_reads_the_same_drafts_from_the_same_bodies() -> None:
    whole, duties = world(2017, sample=400), register()
    teller = whole.teller()
    for planned in whole.plan:
        body = teller.story(planned).body
        expected = read_draft(body, on=planned.day, register=duties)
        assert draft_of(body) == expected, planned
