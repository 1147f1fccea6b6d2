"""Which contacts matter now to somebody who sends, or receives, a referral."""

from __future__ import annotations

OFFICIALS_LINE = "officials_line"
ADULT_SOCIAL_WORK = "adult_social_work"
SOCIAL_EMERGENCY = "social_emergency"
IMMIGRANT_SERVICES = "immigrant_services"
YOUTH_SERVICES = "youth_services"
CUSTOMER_SERVICE = "customer_service"

# Who knows most of a type's matters; those not named here are adult social work's.
_OF_TYPE = {"immigrant": IMMIGRANT_SERVICES, "under_25": YOUTH_SERVICES}


def of_authority(type: str, *, urgent: bool) -> list[str]:
    """The kinds of contact at an authority that matter for a referral, the one to try first first."""
    kinds = [OFFICIALS_LINE, ADULT_SOCIAL_WORK]
    if type in _OF_TYPE:
        kinds.insert(1, _OF_TYPE[type])
    return [SOCIAL_EMERGENCY, *kinds] if urgent else kinds


def of_kela() -> list[str]:
    """The kinds of contact at Kela that matter to an authority's worker, the one to try first first."""
    return [OFFICIALS_LINE, CUSTOMER_SERVICE]
