"""One call: where it may go, how long it may take, and that nothing is followed."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import time
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from delivery.channels import webhook
from delivery.channels.webhook import Answer, Line
from tests.receiver import status

PUBLIC = "93.184.215.14"


def call(url: str) -> Answer:
    with Line() as line:
        return line.call(url, {"webhook-id": "1"}, b"{}")


class Names:
    """A stand-in for name servers, and for the network behind them: what is asked, and where connections go."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.answers: dict[str, list[list[str]]] = {}
        patch.setattr(socket, "getaddrinfo", self._look_up)
        patch.setattr(socket, "create_connection", self._connect)

    def _look_up(self, host: str, port: int, *facts: Any, **more: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        if host not in self.answers:
            raise socket.gaierror
        found = self.answers[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    def _connect(self, address: tuple[str, int], *facts: Any, **more: Any) -> Any:
        self.connected.append(address)
        raise OSError


@pytest.fixture
def names(monkeypatch) -> Names:
    return Names(monkeypatch)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "169.254.169.254", "::ffff:127.0.0.1", "0.0.0.0", "10.1.2.3", "192.168.0.1", "100.64.0.1",
     "64:ff9b::a00:1", "fe80::1"],
)  # fmt: skip
def test_a_name_that_leads_to_our_own_side_is_not_connected_to(names, address):
    names.answers["evil.example.com"] = [[address]]
    assert call("https://evil.example.com/") == Answer(0, "forbidden_address")
    assert names.connected == []


def test_one_wrong_address_among_right_ones_is_enough(names):
    names.answers["evil.example.com"] = [[PUBLIC, "127.0.0.1"]]
    assert call("https://evil.example.com/") == Answer(0, "forbidden_address")
    assert names.connected == []


def test_a_name_that_changes_its_mind_is_looked_up_once_and_connected_to_as_looked_at(names):
    names.answers["rebinding.example.com"] = [[PUBLIC], ["127.0.0.1"]]
    assert call("https://rebinding.example.com/") == Answer(0, "unreachable")
    assert names.asked == ["rebinding.example.com"]
    assert names.connected == [(PUBLIC, 443)]


def test_at_the_next_call_it_is_looked_at_again(names):
    names.answers["rebinding.example.com"] = [[PUBLIC], ["127.0.0.1"]]
    with Line() as line:
        answers = [line.call("https://rebinding.example.com/", {}, b"") for _ in range(2)]
    assert [answer.error for answer in answers] == ["unreachable", "forbidden_address"]
    assert names.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/",
     "https://2130706433/", "https://0x7f.1/", "https://localhost/", "http://example.com/", "https://example.com:22/"],
)  # fmt: skip
def test_an_address_that_should_never_have_been_stored_is_not_called(names, url):
    assert call(url) == Answer(0, "forbidden_address")
    assert (names.asked, names.connected) == ([], [])


def test_a_receiver_on_the_own_machine_is_called_only_where_that_is_wanted(receiver, settings):
    assert call(receiver.url) == Answer(204)
    settings.WEBHOOK_LOOPBACK = False
    for url in (receiver.url, receiver.url.replace("http:", "https:")):
        assert call(url) == Answer(0, "forbidden_address")
    assert len(receiver.calls) == 1


def test_a_name_of_the_own_machine_must_lead_to_it(names, settings):
    settings.WEBHOOK_LOOPBACK = True
    names.answers["localhost"] = [["10.0.0.1"]]
    assert call("http://localhost:9000/") == Answer(0, "forbidden_address")


def test_proxies_of_the_environment_are_not_used(receiver, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert call(receiver.url).status == 204


def test_a_redirect_is_answered_and_not_followed(receiver, start_receiver):
    inner = start_receiver()
    receiver.always = status(302, Location=inner.url)
    assert call(receiver.url).status == 302
    assert inner.calls == []


def test_what_was_posted_comes_as_it_was(receiver):
    with Line() as line:
        assert line.call(receiver.url + "?a=1", {"webhook-id": "7"}, b'{"a":1}').status == 204
    (came,) = receiver.calls
    assert (came.path, came.body, came.id) == ("/hook?a=1", b'{"a":1}', "7")
    assert came.headers["host"] == receiver.url.split("/")[2]


def test_retry_after_is_handed_on(receiver):
    receiver.always = status(503, Retry_After="120")
    assert call(receiver.url) == Answer(503, retry_after="120")


class TestTime:
    @pytest.fixture(autouse=True)
    def _little_patience(self, monkeypatch):
        monkeypatch.setattr(webhook, "PATIENCE", dt.timedelta(seconds=0.6))

    def timed(self, url: str) -> tuple[Answer, float]:
        began = time.monotonic()
        return call(url), time.monotonic() - began

    def test_no_answer_at_all(self, receiver):
        receiver.always = lambda handler: time.sleep(3)
        answer, took = self.timed(receiver.url)
        assert answer == Answer(0, "timed_out")
        assert took < 1.5

    def test_an_answer_of_a_byte_now_and_then(self, receiver):
        def drip(handler):
            for mark in b"HTTP/1.1 204 No Content\r\nX: " + b"x" * 60:
                handler.wfile.write(bytes([mark]))
                time.sleep(0.05)

        receiver.always = drip
        answer, took = self.timed(receiver.url)
        assert answer == Answer(0, "timed_out")
        assert took < 1.5

    def test_a_body_without_end(self, receiver):
        def flood(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", str(10**12))
            handler.end_headers()
            while True:
                handler.wfile.write(b"x" * 4096)

        receiver.always = flood
        answer, took = self.timed(receiver.url)
        assert answer == Answer(200)
        assert took < 0.6


def test_nobody_listening_and_nonsense_are_told_apart(receiver):
    receiver.always = lambda handler: handler.wfile.write(b"nonsense\r\n\r\n") and handler.finish()
    assert call(receiver.url) == Answer(0, "connection_lost")
    assert call("http://127.0.0.1:1/") == Answer(0, "unreachable")


def test_a_name_that_leads_nowhere(names):
    assert call("https://nowhere.example.com/") == Answer(0, "unknown_host")


class TestTls:
    @pytest.fixture
    def trusted(self, start_receiver, tmp_path, monkeypatch, settings):
        """A receiver with a certificate for localhost alone, from somebody we trust."""
        settings.WEBHOOK_LOOPBACK = True
        monkeypatch.setattr(webhook, "_tls", lambda: ssl.create_default_context(cafile=str(certificate)))
        certificate = self.make_certificate(tmp_path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        return start_receiver(lambda plain: context.wrap_socket(plain, server_side=True))

    def make_certificate(self, folder):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = dt.datetime.now(dt.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path = folder / "certificate.pem"
        path.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, *plain) + made.public_bytes(serialization.Encoding.PEM)
        )
        return path

    def test_the_connection_goes_to_the_address_and_tls_proves_the_name(self, trusted):
        assert call(trusted.url.replace("127.0.0.1", "localhost")) == Answer(204)
        assert trusted.calls[0].headers["host"].startswith("localhost:")

    def test_another_name_than_the_certificates_is_refused(self, trusted):
        assert call(trusted.url) == Answer(0, "tls_failed")
        assert trusted.calls == []

    def test_a_certificate_from_nobody_we_trust_is_refused(self, trusted, monkeypatch):
        monkeypatch.setattr(webhook, "_tls", ssl.create_default_context)
        assert call(trusted.url.replace("127.0.0.1", "localhost")) == Answer(0, "tls_failed")
