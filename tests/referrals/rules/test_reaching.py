"""Which contacts matter for a referral."""

from __future__ import annotations

import pytest

from contacts.models.entries import ContactKind
from referrals.rules import reaching
from referrals.types import TYPES


@pytest.mark.parametrize(
    ("type", "kinds"),
    [
        ("supplementary_application", ["officials_line", "adult_social_work"]),
        ("social_work_need", ["officials_line", "adult_social_work"]),
        ("lowered_basic_amount", ["officials_line", "adult_social_work"]),
        ("over_25", ["officials_line", "adult_social_work"]),
        ("under_25", ["officials_line", "youth_services", "adult_social_work"]),
        ("immigrant", ["officials_line", "immigrant_services", "adult_social_work"]),
    ],
)
def test_the_officials_line_comes_first_then_who_knows_the_matter(type, kinds):
    assert reaching.of_authority(type, urgent=False) == kinds


@pytest.mark.parametrize("type", TYPES)
def test_what_is_urgent_goes_to_the_emergency_service_before_all_else(type):
    assert reaching.of_authority(type, urgent=True) == ["social_emergency", *reaching.of_authority(type, urgent=False)]


@pytest.mark.parametrize("type", TYPES)
def test_every_kind_is_one_that_the_directory_keeps(type):
    assert set(reaching.of_authority(type, urgent=True)) | set(reaching.of_kela()) <= set(ContactKind)
