"""What an access token reaches to."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from oauth2_provider.scopes import BaseScopes

from accounts.models import ApiClient

SCOPES: dict[str, str | Promise] = {
    "referrals:send": _("Send referrals, attach their decisions and withdraw them."),
    "referrals:read": _("Read the referrals that Kela has sent."),
    "inbox:read": _("Read the referrals that the authority has received."),
    "inbox:write": _("Acknowledge, start, return, transfer and close the referrals that the authority has received."),
    "directory:read": _("Read who is responsible for what in which municipality."),
    "stats:read": _("Read the yearly statistics."),
    "assistance:write": _("Tell months of assistance paid, from which alerts are detected."),
}


class ClientScopes(BaseScopes):
    """A client may ask for the scopes in its `scopes` field; without asking it gets them all."""

    def get_all_scopes(self) -> dict[str, str]:
        return {name: str(meaning) for name, meaning in SCOPES.items()}

    def get_available_scopes(
        self, application: ApiClient | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return scopes_of(application) if application else []

    def get_default_scopes(
        self, application: ApiClient | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return self.get_available_scopes(application)


def scopes_of(client: ApiClient) -> list[str]:
    """The scopes that `client` may have, of those that there are."""
    return [scope for scope in client.scopes.split() if scope in SCOPES]
