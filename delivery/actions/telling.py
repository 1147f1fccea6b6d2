"""Telling an authority by letter that something of what it receives does not reach its systems."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from accounts.models import Role, User
from delivery.actions.posting import Draft, post_letters
from delivery.models import Subscription

logger = logging.getLogger(__name__)


def tell_stopped(subscription: Subscription, *, at: datetime) -> None:
    """That a webhook was stopped: to the leads of its authority, once."""
    occasion = f"{subscription.pk}:{int(at.timestamp())}"
    tell_leads(subscription.authority_id, "webhook_stopped", occasion, {"subscription": str(subscription.pk)})


def tell_leads(authority: str, kind: str, occasion: str, data: Mapping[str, int | str]) -> set[str]:
    """A letter to each of the authority's leads, one for an `occasion`; the keys of those that are new."""
    leads = User.objects.filter(authority=authority, role=Role.LEAD, is_active=True).exclude(email="").order_by("id")
    drafts = [Draft(kind, f"{kind}:{occasion}:{lead.pk}", lead, authority, data) for lead in leads]
    if not drafts:
        logger.warning("%s has no lead with an e-mail address to be told: %s", authority, kind)
    return post_letters(drafts)
