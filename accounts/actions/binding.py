"""Which way an API client must come."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import ApiClient


def bind_client(
    client: ApiClient, *, xroad_client: str | None = None, certificates: Sequence[str] | None = None
) -> None:
    """Bind `client` from now on, its tokens included, to a subsystem of X-Road ("" frees it) and to certificates by
    their fingerprints (none frees it); what is None stays as it was."""
    if xroad_client is not None:
        client.xroad_client = xroad_client
    if certificates is not None:
        client.certificates = sorted(set(certificates))
    client.save(update_fields=["xroad_client", "certificates"])
