"""A client that is bound to X-Road or to a certificate comes that way alone, for its token and for every call."""

from __future__ import annotations

import base64
import hashlib
import logging
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from accounts.models import AccessLog, ApiClient
from accounts.ways import fingerprint
from delivery.models import Event
from kela_kunta.base.actor import Actor, acting
from tests.api import SECRET
from tests.builders import body

SUBSYSTEM = "FI/MUN/1234567-8/pirkanmaa"
SERVER, ELSEWHERE = "192.0.2.7", "192.0.2.8"
CALL = "6f1f9b52-3a0c-4f7e-9b1e-b5d4e2f0a111"


def fetch(client: ApiClient, *, basic: bool = True, **headers: str) -> int:
    """The status when `client` asks for a token."""
    asked = {"grant_type": "client_credentials"}
    if basic:
        pair = base64.b64encode(f"{client.client_id}:{SECRET}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    else:
        asked |= {"client_id": client.client_id, "client_secret": SECRET}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client().post("/oauth2/token/", asked, headers=named).status_code


class TestXRoad:
    @pytest.fixture(autouse=True)
    def _behind_a_proxy(self, settings):
        settings.XROAD_SERVERS = [ip_network(SERVER)]
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    @pytest.fixture
    def bound(self, county_pirkanmaa):
        county_pirkanmaa.xroad_client = SUBSYSTEM
        county_pirkanmaa.save()
        return county_pirkanmaa

    def test_its_own_subsystem_is_let_in(self, calls_as, bound):
        way = {"x_road_client": SUBSYSTEM, "x_forwarded_for": f"198.51.100.1, {SERVER}"}
        assert fetch(bound, **way) == 200
        assert calls_as(bound).get("inbox/changes/", **way).status_code == 200

    @pytest.mark.parametrize(
        "way",
        [
            {},
            {"x_forwarded_for": SERVER},
            {"x_road_client": SUBSYSTEM},
            {"x_road_client": SUBSYSTEM, "x_forwarded_for": ELSEWHERE},
            {"x_road_client": SUBSYSTEM, "x_forwarded_for": f"{SERVER}, {ELSEWHERE}"},
            {"x_road_client": SUBSYSTEM + "x", "x_forwarded_for": SERVER},
            {"x_road_client": "FI/MUN/1234567-8", "x_forwarded_for": SERVER},
            {"x_road_client": SUBSYSTEM.upper(), "x_forwarded_for": SERVER},
            {"x_road_client": SUBSYSTEM.replace("/", "%2F"), "x_forwarded_for": SERVER},
            {"x_road_client": "FI/MUN/1234567-8%2Fpirkanmaa", "x_forwarded_for": SERVER},
        ],
        ids=str,
    )
    @pytest.mark.parametrize("basic", [True, False])
    def test_every_other_way_is_refused_for_tokens_and_calls(self, calls_as, bound, way, basic):
        assert fetch(bound, basic=basic, **way) == 401
        response = calls_as(bound).get("inbox/changes/", **way)
        assert (response.status_code, response.json()["code"]) == (403, "xroad_client_wrong")

    def test_another_clients_name_in_the_header_does_not_get_round_it(self, bound, etotu):
        """By Basic as one without a binding, and in the body as the bound one."""
        pair = base64.b64encode(b"etotu:wrong").decode()
        asked = {"grant_type": "client_credentials", "client_id": bound.client_id, "client_secret": SECRET}
        assert Client().post("/oauth2/token/", asked, headers={"Authorization": f"Basic {pair}"}).status_code == 401

    def test_percent_encoding_makes_no_difference(self, calls_as, bound):
        bound.xroad_client = "FI/MUN/1234567-8/p%C3%A4ij%C3%A4nne"
        bound.save()
        way = {"x_road_client": "FI/MUN/1234567%2D8/p%c3%a4ij%c3%a4nne", "x_forwarded_for": SERVER}
        assert calls_as(bound).get("inbox/changes/", **way).status_code == 200

    def test_who_comes_from_no_address_is_not_believed(self, calls_as, bound):
        way = {"x_road_client": SUBSYSTEM, "x_forwarded_for": "nonsense"}
        assert calls_as(bound).get("inbox/changes/", **way).status_code == 403

    def test_without_trusted_servers_nobody_is_believed(self, calls_as, bound, settings):
        settings.XROAD_SERVERS = []
        way = {"x_road_client": SUBSYSTEM, "x_forwarded_for": SERVER}
        assert calls_as(bound).get("inbox/changes/", **way).status_code == 403

    def test_one_that_is_not_bound_comes_either_way(self, calls_as, county_lapland):
        for way in ({}, {"x_road_client": SUBSYSTEM, "x_forwarded_for": SERVER}):
            assert fetch(county_lapland, **way) == 200
            assert calls_as(county_lapland).get("inbox/changes/", **way).status_code == 200

    def test_the_id_of_the_call_goes_to_the_event_the_access_log_and_the_log(self, calls_as, etotu, caplog):
        caplog.set_level(logging.INFO, "accounts.api")
        caller = calls_as(etotu)
        sent = caller.post(
            "referrals/", body("under_25"), idempotency_key="K-1", x_road_id=CALL, x_forwarded_for=SERVER
        )
        caller.get(f"referrals/{sent.json()['id']}/", x_road_id=CALL, x_forwarded_for=SERVER)
        assert sent.status_code == 201
        with acting(Actor.system("test")):
            assert [event.call for event in Event.objects.filter(subject_id=sent.json()["id"])] == [CALL]
        with acting(Actor("auditor", "test", "Auditor", "kela")):
            assert {look.about.get("call") for look in AccessLog.objects.all()} == {CALL}
        told = [record.getMessage() for record in caplog.records if record.name == "accounts.api"]
        assert told[0] == f"X-Road-Id {CALL}: client:etotu POST api-referrals 201"
        assert len(told) == 2

    @pytest.mark.parametrize(
        "way",
        [
            {"x_road_id": CALL, "x_forwarded_for": ELSEWHERE},
            {"x_road_id": "Aino Esimerkki", "x_forwarded_for": SERVER},
            {"x_road_id": "a%0Ab", "x_forwarded_for": SERVER},
            {"x_road_id": "a" * 101, "x_forwarded_for": SERVER},
        ],
        ids=str,
    )
    def test_an_id_from_elsewhere_or_of_another_kind_is_kept_nowhere(self, calls_as, etotu, caplog, way):
        caplog.set_level(logging.INFO, "accounts.api")
        sent = calls_as(etotu).post("referrals/", body("under_25"), idempotency_key="K-1", **way)
        assert sent.status_code == 201
        with acting(Actor.system("test")):
            assert [event.call for event in Event.objects.filter(subject_id=sent.json()["id"])] == [""]
        assert not [record for record in caplog.records if record.name == "accounts.api"]

    def test_no_answer_leads_to_a_host(self, calls_as, county_pirkanmaa, send):
        """Behind a security server the host that callers see is not ours."""
        for _ in range(2):
            send()
        caller = calls_as(county_pirkanmaa)
        page = caller.get("referrals/?limit=1", host="127.0.0.1", x_forwarded_for=SERVER)
        assert page.json()["next"].startswith("?cursor=")
        paths = ("referrals/", "inbox/changes/", "inbox/reconcile/", "webhooks/", "", "contacts/municipalities/?q=Tam")
        for path in paths:
            response = caller.get(path)
            assert response.status_code == 200, path
            assert "http://" not in response.text, path
            assert "Location" not in response.headers, path


@pytest.fixture(scope="module")
def pem():
    return certificate("county-pirkanmaa")


class TestCertificates:
    @pytest.fixture
    def bound(self, county_pirkanmaa, pem, settings):
        settings.CLIENT_CERTIFICATE_HEADER = "X-Client-Certificate"
        county_pirkanmaa.certificates = [fingerprint(certificate("next")), fingerprint(pem)]
        county_pirkanmaa.save()
        return county_pirkanmaa

    @pytest.mark.parametrize("written", ["fingerprint", "colons", "rfc 9440", "percent-encoded"])
    def test_one_of_its_certificates_lets_it_in_as_proxies_write_them(self, calls_as, bound, pem, written):
        way = {"x_client_certificate": as_(pem)[written]}
        assert fetch(bound, **way) == 200
        assert calls_as(bound).get("inbox/changes/", **way).status_code == 200

    def test_of_a_chain_the_first_counts_and_what_stands_around_it_does_not(self, pem):
        assert fingerprint(f"subject=CN=county\n{pem}{certificate('authority')}") == as_(pem)["fingerprint"]
        assert fingerprint(pem.replace("M", "?", 1)) == ""

    @pytest.mark.parametrize("told", ["", "nonsense", "a" * 64, ":YWJj:", "-----BEGIN CERTIFICATE-----", ":ä:", "%00"])
    def test_without_it_there_is_neither_a_token_nor_an_answer(self, calls_as, bound, told):
        way = {"x_client_certificate": told} if told else {}
        assert fetch(bound, **way) == 401
        response = calls_as(bound).get("inbox/changes/", **way)
        assert (response.status_code, response.json()["code"]) == (401, "certificate_wrong")
        assert response["WWW-Authenticate"] == 'Bearer realm="kela_kunta", error="invalid_token"'

    def test_a_header_that_the_settings_do_not_name_proves_nothing(self, calls_as, bound, pem, settings):
        settings.CLIENT_CERTIFICATE_HEADER = ""
        for header in ("x_client_certificate", "client_cert"):
            assert calls_as(bound).get("inbox/changes/", **{header: fingerprint(pem)}).status_code == 401

    def test_another_client_needs_none(self, calls_as, bound, county_lapland):
        assert fetch(county_lapland) == 200
        assert calls_as(county_lapland).get("inbox/changes/").status_code == 200


def certificate(name: str) -> str:
    """A certificate in PEM."""
    key, own = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(own)
        .issuer_name(own)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def as_(pem: str) -> dict[str, str]:
    """The certificate as proxies write it into a header."""
    der = ssl.PEM_cert_to_DER_cert(pem)
    hexadecimal = hashlib.sha256(der).hexdigest()
    return {
        "fingerprint": hexadecimal,
        "colons": ":".join(hexadecimal[place : place + 2] for place in range(0, 64, 2)).upper(),
        "rfc 9440": f":{base64.b64encode(der).decode()}:",
        "percent-encoded": quote(pem),
    }
