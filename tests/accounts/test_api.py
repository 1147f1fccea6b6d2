"""Who calls the API: access tokens, their scopes, strict JSON, and one shape for every way to fail."""

from __future__ import annotations

import base64
import json
from ipaddress import IPv4Address, IPv6Address
from uuid import uuid4

import pytest
from django.test import Client
from oauth2_provider.models import get_access_token_model

from accounts.models import ClientRole
from kela_kunta.base.actor import acting
from kela_kunta.base.middleware import LARGEST_BODY, LARGEST_FORM
from referrals.api.bodies import MOST_ITEMS
from referrals.models import Referral
from referrals.types import TYPES
from tests.api import KELA_SCOPES, SECRET, Caller, access_token, api_client
from tests.builders import body


def fetch(client_id: str = "etotu", secret: str = SECRET, *, basic: bool = False, from_: str = "", **more: str):
    """Ask for an access token, the client's secret in the body or by HTTP Basic."""
    asked = {"grant_type": "client_credentials"} | more
    headers = {"X-Forwarded-For": from_} if from_ else {}
    if basic:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    else:
        asked |= {"client_id": client_id, "client_secret": secret}
    return Client().post("/oauth2/token/", asked, headers=headers)


class TestTokens:
    @pytest.mark.parametrize("basic", [True, False])
    def test_a_client_gets_a_token_that_works_for_ten_minutes(self, etotu, basic):
        response = fetch(basic=basic)
        assert response.status_code == 200
        token = response.json()
        assert (token["token_type"], token["expires_in"], set(token["scope"].split())) == (
            "Bearer",
            600,
            set(etotu.scopes.split()),
        )
        assert Caller(token["access_token"]).get("referrals/").status_code == 200

    def test_neither_secrets_nor_tokens_are_kept_in_clear(self, etotu):
        token = fetch().json()["access_token"]
        etotu.refresh_from_db()
        assert SECRET not in etotu.client_secret
        (stored,) = get_access_token_model().objects.all()
        assert token not in (stored.token, stored.token_checksum)

    @pytest.mark.parametrize(("client_id", "secret"), [("etotu", "wrong"), ("nobody", SECRET), ("", "")])
    @pytest.mark.parametrize("basic", [True, False])
    def test_who_cannot_prove_itself_gets_none(self, etotu, client_id, secret, basic):
        response = fetch(client_id, secret, basic=basic)
        assert (response.status_code, response.json()["error"]) == (401, "invalid_client")

    def test_who_fails_too_often_is_not_listened_to_for_a_while(self, etotu, settings):
        settings.ACCOUNT_RATE_LIMITS = {"token_failed": "2/m/ip"}
        assert [fetch(secret="wrong").status_code for _ in range(3)] == [401, 401, 429]
        refused = fetch()
        assert (refused.status_code, refused.json(), refused.headers["Retry-After"]) == (
            429, {"error": "temporarily_unavailable"}, "60"
        )  # fmt: skip
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        assert fetch(from_="192.0.2.1").status_code == 200

    def test_a_client_gets_the_scopes_that_it_asks_for_among_its_own(self, etotu):
        assert fetch(scope="referrals:read").json()["scope"] == "referrals:read"
        for scope in ("inbox:read", "referrals:read inbox:read", "everything"):
            response = fetch(scope=scope)
            assert (response.status_code, response.json()["error"]) == (400, "invalid_scope")

    @pytest.mark.parametrize(
        "grant",
        ["password", "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code", ""],
    )
    def test_there_is_no_other_grant(self, etotu, grant):
        response = fetch(grant_type=grant, username="handler", password="demo-kela-kunta", device_code="\x00", code="c")
        assert response.status_code == 400
        assert response.json()["error"] == ("unsupported_grant_type" if grant else "invalid_request")

    @pytest.mark.parametrize("basic", [True, False])
    @pytest.mark.parametrize("asked", [{"client_id": "eto\x00tu"}, {"resource": "https://a.example/\x00"}])
    def test_a_nul_byte_is_a_bad_request(self, etotu, asked, basic):
        response = fetch(**asked, basic=basic)
        assert (response.status_code, response.json()["error"]) == (400, "invalid_request")

    def test_the_endpoint_only_takes_posts(self, etotu):
        assert Client().get("/oauth2/token/").status_code == 405


class TestCallers:
    @pytest.mark.parametrize("header", [None, "Basic ZXRvdHU6c2VjcmV0", "Token abc"])
    def test_without_a_token_nobody_calls(self, db, header):
        response = Client().get("/api/v1/referrals/", headers={"Authorization": header} if header else {})
        assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
        assert response["WWW-Authenticate"] == 'Bearer realm="kela_kunta"'

    @pytest.mark.parametrize(
        "header", ["Bearer", "Bearer ", "Bearer a b", "bearer nonsense", "Bearer \x00", "Bearer ä"]
    )
    def test_a_token_that_is_none_is_refused(self, db, header):
        response = Client().get("/api/v1/referrals/", headers={"Authorization": header})
        assert (response.status_code, response.json()["code"]) == (401, "bad_token")
        assert response["WWW-Authenticate"] == 'Bearer realm="kela_kunta", error="invalid_token"'

    def test_a_token_ends(self, etotu):
        old = access_token(etotu, seconds=-1)
        assert Caller(old).get("referrals/").json()["code"] == "bad_token"

    def test_a_token_in_the_address_or_the_body_is_none(self, etotu):
        token = access_token(etotu)
        assert Client().get(f"/api/v1/referrals/?access_token={token}").status_code == 401
        form = Client().post("/api/v1/referrals/", {"access_token": token})
        assert form.status_code == 401

    def test_a_person_who_is_logged_in_is_no_caller(self, as_, handler):
        assert as_(handler).get("/api/v1/referrals/").status_code == 401

    def test_a_scope_taken_from_the_client_ends_its_tokens_reach(self, calls_as, etotu):
        caller = calls_as(etotu)
        assert caller.get("referrals/").status_code == 200
        etotu.scopes = "referrals:send"
        etotu.save()
        response = caller.get("referrals/")
        assert (response.status_code, response.json()["code"]) == (403, "scope_missing")
        assert response["WWW-Authenticate"] == 'Bearer realm="kela_kunta", error="insufficient_scope"'

    def test_a_token_never_reaches_further_than_its_client(self, calls_as, statistics):
        assert calls_as(statistics, scopes="referrals:read").get("referrals/").status_code == 403


class TestLimits:
    """How often a client may call; each test has clients and addresses of its own."""

    @pytest.fixture(autouse=True)
    def _few(self, settings):
        settings.API_CALLS_PER_MINUTE, settings.TOKENS_PER_MINUTE = 3, 2
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    @pytest.fixture
    def client_of_its_own(self, db):
        return lambda: api_client(f"etotu-{uuid4()}", ClientRole.KELA_SYSTEM, "kela", KELA_SCOPES)

    def test_every_answer_tells_what_is_left(self, calls_as, client_of_its_own):
        caller = calls_as(client_of_its_own())
        good, bad = caller.get("referrals/"), caller.get("referrals/?a=1")
        assert (good.headers["RateLimit-Policy"], good.headers["RateLimit"]) == (
            '"calls";q=3;w=60', '"calls";r=2;t=20'
        )  # fmt: skip
        assert bad.status_code == 400
        assert bad.headers["RateLimit"] == '"calls";r=1;t=40'
        assert "Retry-After" not in bad.headers

    def test_who_calls_too_often_waits_and_nothing_is_done(self, calls_as, client_of_its_own):
        client = client_of_its_own()
        caller = calls_as(client)
        answers = [caller.send(body("under_25")) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
        assert (answers[3].json()["code"], answers[3].headers["Content-Type"]) == (
            "too_many", "application/problem+json"
        )  # fmt: skip
        assert answers[3].headers["RateLimit"].startswith('"calls";r=0;t=')
        assert 1 <= int(answers[3].headers["Retry-After"]) <= 20
        with acting(client.actor):
            assert Referral.objects.count() == 3

    @pytest.mark.parametrize("type", TYPES)
    def test_the_largest_batch_of_usual_referrals_fits_into_the_largest_body(self, type):
        assert len(json.dumps(body(type), indent=1)) * MOST_ITEMS < LARGEST_BODY / 2

    def test_clients_do_not_stop_each_other(self, calls_as, client_of_its_own):
        one, other = calls_as(client_of_its_own()), calls_as(client_of_its_own())
        assert [one.get("referrals/").status_code for _ in range(4)][-1] == 429
        assert other.get("referrals/").status_code == 200

    def test_who_guesses_tokens_is_stopped_by_address_and_a_client_behind_it_is_not(self, calls_as, client_of_its_own):
        address, guesser = _address(), Caller("guess")
        guesses = [guesser.get("referrals/", x_forwarded_for=address) for _ in range(4)]
        assert [guess.status_code for guess in guesses] == [401, 401, 401, 429]
        assert guesses[0].headers["RateLimit-Policy"] == '"strangers";q=3;w=60'
        assert guesser.get("referrals/", x_forwarded_for=_address()).status_code == 401
        assert calls_as(client_of_its_own()).get("referrals/", x_forwarded_for=address).status_code == 200

    @pytest.mark.parametrize("basic", [True, False])
    def test_tokens_are_counted_for_each_client_at_each_address(self, etotu, etotu2, basic):
        address = _address()
        answers = [fetch(from_=address, basic=basic) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[0].headers["RateLimit"] == '"tokens";r=1;t=30'
        assert answers[2].json() == {"error": "temporarily_unavailable"}
        assert 1 <= int(answers[2].headers["Retry-After"]) <= 30
        assert fetch(from_=_address(), basic=basic).status_code == 200

    def test_tokens_are_counted_for_each_address(self, etotu, etotu2):
        address = _address()
        names = ("etotu", "etotu2", "nobody", "etotu")
        assert [fetch(name, from_=address).status_code for name in names] == [200, 200, 401, 429]

    def test_a_name_written_otherwise_is_counted_as_the_same_client(self, etotu):
        address = _address()
        answers = [fetch(name, basic=True, from_=address) for name in ("etotu", "%65totu", "e%74otu")]
        assert [answer.status_code for answer in answers] == [200, 200, 429]

    def test_another_name_in_the_header_is_not_counted_in_place_of_the_one_proven(self, etotu):
        asked = {"grant_type": "client_credentials", "client_id": "etotu", "client_secret": SECRET}
        pairs = [base64.b64encode(f"nobody{number}:x".encode()).decode() for number in range(3)]
        headers = {"X-Forwarded-For": _address()}
        answers = [
            Client().post("/oauth2/token/", asked, headers=headers | {"Authorization": f"Basic {pair}"})
            for pair in pairs
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 429]

    def test_an_address_of_ipv6_is_counted_with_its_neighbours(self, db):
        network = IPv6Address(_address()).exploded[:19]
        guesses = [Caller("guess").get("referrals/", x_forwarded_for=f"{network}::{number}") for number in range(4)]
        assert [guess.status_code for guess in guesses] == [401, 401, 401, 429]
        mapped = [Caller("guess").get("referrals/", x_forwarded_for=f"::ffff:{_ipv4()}") for _ in range(4)]
        assert {guess.status_code for guess in mapped} == {401}

    @pytest.mark.parametrize("header", ["Basic", "Basic ä", "Basic //8=", "Basic ZQ"])
    def test_who_says_nothing_sensible_gets_no_token(self, db, header):
        response = Client().post("/oauth2/token/", headers={"Authorization": header, "X-Forwarded-For": _address()})
        assert response.status_code in (400, 401)

    def test_without_redis_nobody_is_held_up_or_kept_waiting_and_the_log_tells_it(
        self, calls_as, client_of_its_own, without_redis, caplog
    ):
        caller = calls_as(client_of_its_own())
        answers = [caller.get("referrals/") for _ in range(5)]
        assert {answer.status_code for answer in answers} == {200}
        assert not [answer for answer in answers if "RateLimit" in answer.headers]
        assert [fetch(from_=_address()).status_code for _ in range(2)] == [401, 401]
        told = [record for record in caplog.records if record.name == "kela_kunta.base.limits"]
        assert [record.getMessage() for record in told] == ["calls are not counted for 5 s: ConnectionError"]


def _address():
    """An address that nobody else in the tests calls from."""
    return str(IPv6Address(0x20010DB8 << 96 | uuid4().int >> 32))


def _ipv4():
    return str(IPv4Address(10 << 24 | uuid4().int >> 104))


class TestJson:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b" ",
            b"{",
            b"{'type': 1}",
            b'{"type": NaN}',
            b'{"type": -Infinity}',
            b'{"type": 1e999}',
            b'{"type": 1' + b"0" * 5000 + b"}",
            b'{"type": "under_25", "type": "immigrant"}',
            b'{"client": {"phone": "1", "phone": "2"}}',
            b'{"type": "\xff"}',
            b'{"type": "\xed\xa0\x80"}',
            b'\xef\xbb\xbf{"type": "under_25"}',
            b'{"type": "a\x00"}',
            b"[" * 100_000,
            b"[" * 52 + b"]" * 52,
            b'{"details":' + b"[" * 900 + b"]" * 900 + b"}",
            b'{"a":' * 100_000,
        ],
        ids=lambda content: repr(content[:30]),
    )
    def test_what_is_not_json_is_refused_whole(self, calls_as, etotu, content):
        response = calls_as(etotu).post("referrals/", content, idempotency_key="K-1")
        expected = (422, "invalid") if content == b"" else (400, "parse_error")
        assert (response.status_code, response.json()["code"]) == expected

    def test_what_is_nested_up_to_fifty_times_is_read(self, calls_as, etotu):
        response = calls_as(etotu).post("referrals/", b"[" * 51 + b"]" * 51, idempotency_key="K-1")
        assert response.json()["code"] == "invalid"

    def test_a_problem_tells_where_the_body_breaks_off_and_repeats_nothing_of_it(self, calls_as, etotu):
        response = calls_as(etotu).post("referrals/", b'{"family_name":\n "Salainen", ]', idempotency_key="K-1")
        assert response.json()["detail"] == "It breaks off at line 2, column 14."
        assert "Salainen" not in response.text

    @pytest.mark.parametrize(
        "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
    )
    def test_other_formats_are_refused(self, calls_as, etotu, content_type):
        response = calls_as(etotu).post("referrals/", b'{"a": 1}', idempotency_key="K-1", content_type=content_type)
        assert (response.status_code, response.json()["code"]) == (415, "media_type_unknown")

    def test_numbers_of_any_size_are_faults_of_their_field(self, calls_as, etotu):
        sent = json.dumps(body("lowered_basic_amount")).replace('"percent": 20', '"percent": 1' + "0" * 400)
        response = calls_as(etotu).post("referrals/", sent.encode(), idempotency_key="K-1")
        assert [error["pointer"] for error in response.json()["errors"]] == ["#/details/percent"]


class TestProblems:
    """Each way to fail that does not depend on what is asked for; the others stand with their calls."""

    @pytest.fixture
    def ways_in(self, calls_as, etotu):
        def ways(language):
            return self._ways(calls_as(etotu), calls_as(etotu, scopes=""), language)

        return ways

    def _ways(self, caller, without_scope, language):
        nobody = Client()
        for client in (caller.client, without_scope.client, nobody):
            client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        json_type = {"content_type": "application/json"}
        return {
            (400, "bad_request"): lambda: nobody.get("/api/v1/referrals/", headers={"Host": "evil.example"}),
            (400, "parse_error"): lambda: caller.post("referrals/", b"{", idempotency_key="K"),
            (400, "key_required"): lambda: caller.post("referrals/", {}),
            (400, "bad_parameters"): lambda: caller.get("referrals/?a=1"),
            (401, "not_authenticated"): lambda: nobody.get("/api/v1/referrals/"),
            (403, "scope_missing"): lambda: without_scope.get("referrals/"),
            (404, "not_found"): lambda: nobody.get("/api/v1/nothing/"),
            (405, "method_not_allowed"): lambda: caller.client.put(
                "/api/v1/referrals/", "{}", headers=caller.headers, **json_type
            ),
            (406, "not_acceptable"): lambda: caller.get("referrals/", accept="text/html"),
            (411, "length_required"): lambda: nobody.post(
                "/api/v1/referrals/", "{}", CONTENT_LENGTH="", headers={"Transfer-Encoding": "chunked"}, **json_type
            ),
            (413, "too_large"): lambda: caller.post("referrals/", b" " * (LARGEST_BODY + 1), idempotency_key="K"),
            (415, "media_type_unknown"): lambda: caller.post(
                "referrals/", b"a", idempotency_key="K", content_type="text/csv"
            ),
            (422, "invalid"): lambda: caller.send({}),
            (500, "broken"): lambda: caller.get("referrals/"),
        }

    @pytest.fixture
    def broken(self, monkeypatch):
        def fail(*arguments, **options):
            raise RuntimeError("Salainen")

        return lambda: monkeypatch.setattr("referrals.queries.worklist", fail)

    def test_every_error_has_the_same_shape(self, ways_in, broken):
        for (status, code), fails in ways_in("en").items():
            if status == 500:
                broken()
            response = _without_raising(fails)
            assert response.status_code == status, code
            assert response["Content-Type"] == "application/problem+json"
            problem = response.json()
            assert problem["status"] == status
            assert problem["code"] == code
            assert problem["type"] == "about:blank"
            assert problem["title"]
            assert "Salainen" not in response.text

    def test_every_error_is_told_in_the_language_of_accept_language(self, ways_in, broken):
        broken()
        told = {}
        for language in ("fi", "sv", "en"):
            answers = {way: _without_raising(fails) for way, fails in ways_in(language).items()}
            assert {answer["Content-Language"] for answer in answers.values()} == {language}
            told[language] = {way: answer.json()["title"] for way, answer in answers.items()}
        for way in told["en"]:
            assert len({told[language][way] for language in told}) == 3, way

    @pytest.mark.parametrize(
        ("wanted", "got"),
        [("sv-FI, fi;q=0.8", "sv"), ("de, en;q=0.5", "en"), ("de", "fi"), ("*", "fi"), ("x" * 900, "fi")],
    )
    def test_the_best_of_the_languages_wanted_is_taken(self, ways_in, wanted, got):
        answer = ways_in(wanted)[404, "not_found"]()
        assert (answer.status_code, answer["Content-Language"]) == (404, got)

    def test_what_is_allowed_is_told_with_405(self, calls_as, etotu):
        caller = calls_as(etotu)
        for method in ("put", "patch", "delete", "options"):
            response = getattr(caller.client, method)("/api/v1/referrals/", headers=caller.headers)
            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")

    @pytest.mark.parametrize(
        "path", ["nothing/", "referrals", "referrals/batch", "referrals/17/", "referrals/%00/", "../v2/referrals/"]
    )
    def test_unknown_addresses_are_not_found_and_never_redirected(self, calls_as, etotu, path):
        for call in (calls_as(etotu).get, calls_as(etotu).post):
            response = call(path)
            assert response.status_code == 404
            assert response["Content-Type"] == "application/problem+json"

    def test_a_failure_undoes_what_the_call_did(self, calls_as, etotu, monkeypatch):
        def fail(*arguments, **options):
            raise RuntimeError

        from referrals.api import sending

        with monkeypatch.context() as patch:
            patch.setattr(sending, "answers_to_sending", fail)
            assert _without_raising(lambda: calls_as(etotu).send(body("under_25"), key="K")).status_code == 500
        assert calls_as(etotu).get("referrals/").json()["results"] == []

    def test_pages_tell_of_a_large_body_in_words(self, db):
        response = Client().post("/referrals/new/under-25/", b" " * (LARGEST_FORM + 1), content_type="text/plain")
        assert response.status_code == 413
        assert response["Content-Type"].startswith("text/html")


def _without_raising(call):
    """The answer as a caller gets it, where Django's test client would raise the error again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.client.Client.check_exception", lambda self, response: None)
        return call()
