from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test import Client as Browser

from accounts.models import User
from kela_kunta import settings as product

PASSWORD = "demo-kela-kunta"


@pytest.fixture
def person(handler: User, settings) -> User:
    """Somebody with a password, where wrong ones are counted."""
    settings.ACCOUNT_RATE_LIMITS = product.ACCOUNT_RATE_LIMITS
    handler.set_password(PASSWORD)
    handler.save()
    return handler


def log_in(login: str, password: str, **headers: str) -> bool:
    answer = Browser(headers=headers).post("/accounts/login/", {"login": login, "password": password})
    return answer.status_code == 302


def test_five_wrong_passwords_close_an_account_for_a_while(person, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert log_in("handler", PASSWORD, x_forwarded_for="192.0.2.1")
    for number in range(5):
        assert not log_in("handler", "wrong", x_forwarded_for=f"192.0.2.{number}")
    assert not log_in("handler", PASSWORD, x_forwarded_for="192.0.2.9")


def test_wrong_passwords_are_counted_where_every_process_sees_them(person):
    log_in("handler", "wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM base_cache WHERE cache_key LIKE '%:login_failed:%'")
        assert cursor.fetchone() == (2,)  # by the account and by the address


def test_many_wrong_passwords_from_one_address_leave_the_others_alone(person, settings):
    """Behind the proxy, whose own address all requests come from; what the caller says before it counts for nothing."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(30):
        assert not log_in(f"guess{number}", "wrong", x_forwarded_for=f"203.0.113.{number}, 198.51.100.7")
    assert not log_in("handler", PASSWORD, x_forwarded_for="203.0.113.99, 198.51.100.7")
    assert log_in("handler", PASSWORD, x_forwarded_for="198.51.100.8")


class TestWhereASecondFactorIsRequired:
    @pytest.fixture(autouse=True)
    def _required(self, settings) -> None:
        settings.SECOND_FACTOR_REQUIRED = True

    def test_who_has_none_sets_one_up_first(self, as_, handler):
        for path in ("/", "/referrals/", "/referrals/new/"):
            assert as_(handler).get(path).headers["Location"] == "/accounts/2fa/totp/activate/"

    def test_a_prefix_that_a_proxy_tells_of_makes_no_page_one_of_the_account(self, as_, handler):
        answer = as_(handler).get("/referrals/", SCRIPT_NAME="/accounts")
        assert answer.headers["Location"].endswith("/accounts/2fa/totp/activate/")

    def test_who_has_one_comes_in(self, as_, handler):
        TOTP.activate(handler, generate_totp_secret())
        assert as_(handler).get("/referrals/").status_code == 200


def test_secrets_of_second_factors_are_kept_encrypted(handler):
    secret = generate_totp_secret()
    factor = TOTP.activate(handler, secret)
    codes = RecoveryCodes.activate(handler).generate_codes()
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    assert factor.validate_code(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes() == codes


def test_too_many_tries_are_told_in_the_readers_language(client, settings, db):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.cookies["language"] = "fi"
    post = {"login": "nobody", "password": "wrong"}
    client.post("/accounts/login/", post)

    page = client.post("/accounts/login/", post)

    assert page.status_code == 429
    assert "Liian monta yritystä" in page.content.decode()
