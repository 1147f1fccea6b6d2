"""What every page's frame shows: the main parts for this person's role, and who that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Role


@dataclass(frozen=True, slots=True)
class Part:
    """A main part of the site."""

    name: str
    label: str | Promise

    def entry(self, path: str) -> dict[str, Any]:
        url = reverse(self.name)
        return {"url": url, "label": self.label, "current": path.startswith(url)}


SENT = Part("referrals:worklist", pgettext_lazy("list", "Sent"))
WORKLIST = Part("referrals:worklist", _("Worklist"))
ALERTS = Part("referrals:alerts", _("Alerts"))
NEW = Part("referrals:choose", _("New"))
DIRECTORY = Part("contacts:search", _("Directory"))
STATISTICS = Part("stats:newest", _("Statistics"))
ACCESS_LOG = Part("audit", _("Access log"))

PARTS: dict[str, list[Part]] = {
    Role.HANDLER: [SENT, NEW, ALERTS, DIRECTORY, STATISTICS],
    Role.SUPERVISOR: [WORKLIST, NEW, ALERTS, DIRECTORY, STATISTICS],
    Role.EDITOR: [DIRECTORY, STATISTICS],
    Role.ANALYST: [DIRECTORY, STATISTICS],
    Role.AUDITOR: [ACCESS_LOG],
    Role.ADMIN: [],
    Role.WORKER: [WORKLIST, DIRECTORY, STATISTICS],
    Role.LEAD: [WORKLIST, DIRECTORY, STATISTICS],
    Role.DIRECTORY: [DIRECTORY, STATISTICS],
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `who` (None for nobody) and `demo` for the frame of the page."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"nav": [], "who": None, "demo": settings.DEMO}
    return {
        "nav": _nav(actor.role, request.path),
        "who": {
            "name": actor.name,
            "role": Role(actor.role).label,
            "authority": request.user.authority.name,
        },
        "demo": settings.DEMO,
    }


def _nav(role: str, path: str) -> list[dict[str, Any]]:
    """The entries; of those whose address begins `path`, the longest is the current one."""
    entries = [part.entry(path) for part in PARTS[role]]
    longest = max((entry["url"] for entry in entries if entry["current"]), key=len, default=None)
    return [entry | {"current": entry["url"] == longest} for entry in entries]
