"""Every address of the site asks who comes, but for a short list."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

pytestmark = pytest.mark.django_db
# For everybody: the way in and out, the language, health, and the description of the API.
OPEN = {
    "accounts/login/",
    "accounts/logout/",
    "accounts/2fa/authenticate/",  # between the password and the second factor
    "accounts/language/",
    "api/v1/",
    "api/v1/schema/",
    "api/v1/docs/",
    "oauth2/token/",  # asks for the client's own secret
    "healthz",
    "readyz",
}
SAMPLES = {
    "uuid": "00000000-0000-0000-0000-000000000001",
    "slug": "under-25",
    "int": "2017",
    "str": "837",
    "path": "fi",
}


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address, with something likely in its open places."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + re.sub(r"<(\w+):\w+>", lambda place: SAMPLES[place[1]], str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, here)
        else:
            yield here


# What may leave Kela of the statistics, for everybody.
OPEN |= {address for address in addresses() if address.startswith("api/pxweb/")}
GUARDED = [address for address in addresses() if address not in OPEN]


def test_the_list_names_nothing_that_is_not_there():
    assert set(addresses()) >= OPEN


def test_every_address_is_plain_text_with_places_of_known_kinds():
    assert not [address for address in addresses() if re.search(r"[<>^$\\]", address)]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", GUARDED)
def test_nobody_is_sent_to_the_login(address, method):
    answer = getattr(Client(), method)(f"/{address}")
    if address.startswith("api/"):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["code"] == "not_authenticated"
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", [address for address in GUARDED if address.startswith("api/")])
def test_a_persons_login_is_none_for_the_api(as_, handler, address):
    assert as_(handler).get(f"/{address}").status_code == 401


@pytest.mark.parametrize("address", [address for address in GUARDED if not address.startswith("api/")])
def test_a_systems_token_is_none_for_the_pages(calls_as, etotu, address):
    caller = calls_as(etotu)
    assert caller.client.get(f"/{address}", headers=caller.headers).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", sorted(OPEN))
def test_what_is_open_says_nothing_of_anybody(send, address):
    send()
    page = Client().get(f"/{address}").content.decode()
    assert "Esimerkki" not in page
