"""The list of kinds is the one that referrals have words for."""

from delivery.rules.kinds import KINDS
from referrals import wording

BEFORE_ANY_AUTHORITY_HAS_IT = {"sent", "unroutable", "attachments_complete"}


def test_every_kind_that_reaches_an_authority_is_in_the_list():
    assert set(KINDS) | BEFORE_ANY_AUTHORITY_HAS_IT == wording._HAPPENED.keys() | wording._TOLD.keys()
