"""The systems of the cast: API clients of authorities, and calls as one of them."""

from __future__ import annotations

import itertools
import json
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from oauth2_provider.models import get_access_token_model, set_token_value

from accounts.models import ApiClient, ClientRole
from kela_kunta.base import clock, limits
from referrals.models import Referral
from tests.cast import LAPLAND, PIRKANMAA

KELA_SCOPES = "referrals:send referrals:read assistance:write directory:read"
AUTHORITY_SCOPES = "inbox:read inbox:write directory:read"
SECRET = "a secret of twenty-nine characters"

_numbers = itertools.count(1)


def api_client(client_id: str, role: ClientRole, authority: str, scopes: str, **facts: Any) -> ApiClient:
    """A system of `authority`, with SECRET as its secret."""
    return ApiClient.objects.create(
        client_id=client_id,
        name=client_id.title(),
        client_secret=SECRET,
        client_type=ApiClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
        role=role,
        authority_id=authority,
        scopes=scopes,
        **facts,
    )


@pytest.fixture
def etotu(db: None) -> ApiClient:
    return api_client("etotu", ClientRole.KELA_SYSTEM, "kela", KELA_SCOPES, cleared=True)


@pytest.fixture
def etotu2(db: None) -> ApiClient:
    """Another system of Kela, which sees nobody under non-disclosure."""
    return api_client("etotu2", ClientRole.KELA_SYSTEM, "kela", KELA_SCOPES)


@pytest.fixture
def county_pirkanmaa(db: None) -> ApiClient:
    return api_client("county-pirkanmaa", ClientRole.AUTHORITY_SYSTEM, PIRKANMAA, AUTHORITY_SCOPES)


@pytest.fixture
def etotu_test(db: None) -> ApiClient:
    return api_client("etotu-test", ClientRole.KELA_SYSTEM, "kela", KELA_SCOPES, cleared=True, test=True)


@pytest.fixture
def county_test(db: None) -> ApiClient:
    """Pirkanmaa's system for testing."""
    return api_client("county-test", ClientRole.AUTHORITY_SYSTEM, PIRKANMAA, AUTHORITY_SCOPES, cleared=True, test=True)


@pytest.fixture
def county_lapland(db: None) -> ApiClient:
    return api_client("county-lapland", ClientRole.AUTHORITY_SYSTEM, LAPLAND, AUTHORITY_SCOPES)


@pytest.fixture
def statistics(db: None) -> ApiClient:
    return api_client("statistics", ClientRole.STATISTICS_SYSTEM, "kela", "stats:read")


@pytest.fixture
def without_redis(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No Redis answers; from then on nobody knows that it was away."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.REDIS_URL = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
        monkeypatch.setattr(limits._redis, "asked_again_at", 0.0)
        limits._script.cache_clear()
        yield
        limits._script.cache_clear()


class Caller:
    """Calls the API as one client, by `get(path)` and `post(path, body)`; paths begin after /api/v1/."""

    def __init__(self, token: str | None) -> None:
        self.client = Client(headers={"Accept-Language": "en"})
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", headers=self.headers | _named(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """`body` is sent as JSON, or as it is when it is bytes."""
        content = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
        return self.client.post(
            f"/api/v1/{path}",
            content,
            content_type=headers.pop("content_type", "application/json"),
            headers=self.headers | _named(headers),
        )

    def delete(self, path: str) -> HttpResponse:
        return self.client.delete(f"/api/v1/{path}", headers=self.headers)

    def send(self, body: Any, *, key: str | None = None) -> HttpResponse:
        """Send a referral with `key`, or with a new one."""
        return self.post("referrals/", body, idempotency_key=key or f"key-{next(_numbers)}")

    def move(self, referral: Referral | dict[str, Any], move: str, body: Any = None) -> HttpResponse:
        """Make a move of the referral in the version at hand."""
        pk, version = (
            (referral["id"], referral["version"]) if isinstance(referral, dict) else (referral.pk, referral.version)
        )
        return self.post(f"referrals/{pk}/{move}/", body, if_match=f'"{version}"')


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture
def calls_as() -> Callable[..., Caller]:
    """A caller with an access token of the client (nobody without one), for all its scopes or for `scopes`."""

    def caller(client: ApiClient | None, *, scopes: str | None = None) -> Caller:
        return Caller(access_token(client, scopes=scopes) if client else None)

    return caller


def access_token(client: ApiClient, *, scopes: str | None = None, seconds: int = 600) -> str:
    """An access token of `client` that ends in `seconds`."""
    text = f"token-{next(_numbers)}-of-{client.client_id}"
    token = get_access_token_model()(
        application=client,
        scope=client.scopes if scopes is None else scopes,
        expires=clock.now() + timedelta(seconds=seconds),
    )
    set_token_value(token, text)
    token.save()
    return text
