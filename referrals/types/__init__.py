"""The types of referral, each whole in a file of its own; a new one is such a file, a line here and a migration."""

from __future__ import annotations

from referrals.types import (
    immigrant,
    lowered_basic_amount,
    over_25,
    social_work_need,
    supplementary_application,
    under_25,
)
from referrals.types.base import ReferralType

TYPES: dict[str, ReferralType] = {
    type.code: type
    for type in (
        supplementary_application.TYPE,
        social_work_need.TYPE,
        under_25.TYPE,
        immigrant.TYPE,
        lowered_basic_amount.TYPE,
        over_25.TYPE,
    )
}

DETAIL_MODELS = tuple(type.model for type in TYPES.values())


def by_slug(slug: str) -> ReferralType | None:
    """The type whose addresses have `slug`, such as "under-25"."""
    return next((type for type in TYPES.values() if type.slug == slug), None)
