"""The demo's people and API clients, as the interface names them."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import get_hasher, make_password
from oauth2_provider.models import AbstractApplication

from accounts.models import ApiClient, ClientRole, Role, User

PASSWORD = "demo-kela-kunta"  # noqa: S105 - told to everybody; only where KELA_KUNTA_DEMO=1
HELSINKI, PIRKANMAA, LAPLAND, TAMPERE = "county-90", "county-08", "county-21", "municipality-837"
_SENDING = "referrals:send referrals:read assistance:write directory:read"
_INBOX = "inbox:read inbox:write directory:read"


@dataclass(frozen=True, slots=True)
class DemoUser:
    username: str
    name: str
    role: Role
    authority: str = "kela"
    cleared: bool = False

    @property
    def email(self) -> str:
        """Nobody's address (RFC 2606)."""
        return f"{self.username}@kela-kunta.example"


@dataclass(frozen=True, slots=True)
class DemoClient:
    """An API client; its secret is "demo-" and its id."""

    client_id: str
    name: str
    role: ClientRole
    scopes: str
    authority: str = "kela"
    cleared: bool = False
    test: bool = False

    @property
    def secret(self) -> str:
        return f"demo-{self.client_id}"

    @property
    def hashed(self) -> str:
        """The secret as it is kept. Everybody knows it, so a quarter of a second for each would protect nothing."""
        hasher = copy(get_hasher())
        hasher.iterations = 1_000  # type: ignore[attr-defined]
        return hasher.encode(self.secret, hasher.salt())


USERS = (
    DemoUser("handler", "Hanna Esimerkki", Role.HANDLER, cleared=True),
    DemoUser("handler2", "Henri Mallinen", Role.HANDLER),
    DemoUser("supervisor", "Saara Otosranta", Role.SUPERVISOR, cleared=True),
    DemoUser("editor", "Eeva Luonnos", Role.EDITOR),
    DemoUser("analyst", "Antti Kaava", Role.ANALYST),
    DemoUser("auditor", "Tuula Testisaari", Role.AUDITOR),
    DemoUser("admin", "Arto Malliharju", Role.ADMIN),
    DemoUser("worker.helsinki", "Helena Modellberg", Role.WORKER, HELSINKI, cleared=True),
    DemoUser("worker.pirkanmaa", "Pirjo Näytemäki", Role.WORKER, PIRKANMAA, cleared=True),
    DemoUser("worker2.pirkanmaa", "Petri Kokeilu", Role.WORKER, PIRKANMAA),
    DemoUser("worker.lapland", "Leena Tarunen", Role.WORKER, LAPLAND),
    DemoUser("worker.tampere", "Tomi Satukoski", Role.WORKER, TAMPERE),
    DemoUser("lead.pirkanmaa", "Laura Harjoituslahti", Role.LEAD, PIRKANMAA, cleared=True),
    DemoUser("directory.pirkanmaa", "Dina Keksintövaara", Role.DIRECTORY, PIRKANMAA),
)
CLIENTS = (
    DemoClient("etotu", "eTotu", ClientRole.KELA_SYSTEM, _SENDING, cleared=True),
    DemoClient("county-pirkanmaa", "Pirkanmaa", ClientRole.AUTHORITY_SYSTEM, _INBOX, PIRKANMAA, cleared=True),
    DemoClient("county-lapland", "Lappi", ClientRole.AUTHORITY_SYSTEM, _INBOX, LAPLAND, cleared=True),
    DemoClient("city-tampere", "Tampere", ClientRole.AUTHORITY_SYSTEM, _INBOX, TAMPERE, cleared=True),
    DemoClient("statistics", "Statistics", ClientRole.STATISTICS_SYSTEM, "stats:read"),
    DemoClient("etotu-test", "eTotu (testi)", ClientRole.KELA_SYSTEM, _SENDING, cleared=True, test=True),
    DemoClient(
        "county-pirkanmaa-test",
        "Pirkanmaa (testi)",
        ClientRole.AUTHORITY_SYSTEM,
        _INBOX,
        PIRKANMAA,
        cleared=True,
        test=True,
    ),
)


def make_accounts() -> int:
    """Make the people and API clients that are missing; how many it was. Those that are there stay as they are."""
    return sum(map(_make_user, USERS)) + sum(map(_make_client, CLIENTS))


def _make_user(wanted: DemoUser) -> bool:
    if User.objects.filter(username=wanted.username).exists():
        return False
    User.objects.create(
        username=wanted.username,
        password=_password(),
        name=wanted.name,
        email=wanted.email,
        role=wanted.role,
        authority_id=wanted.authority,
        cleared=wanted.cleared,
    )
    return True


@cache
def _password() -> str:
    """The hash of the password, the same for everybody: each takes a quarter of a second."""
    return make_password(PASSWORD)


def _make_client(wanted: DemoClient) -> bool:
    if ApiClient.objects.filter(client_id=wanted.client_id).exists():
        return False
    ApiClient.objects.create(
        client_id=wanted.client_id,
        client_secret=wanted.hashed,
        name=wanted.name,
        role=wanted.role,
        authority_id=wanted.authority,
        scopes=wanted.scopes,
        cleared=wanted.cleared,
        test=wanted.test,
        client_type=AbstractApplication.CLIENT_CONFIDENTIAL,
        authorization_grant_type=AbstractApplication.GRANT_CLIENT_CREDENTIALS,
    )
    return True
