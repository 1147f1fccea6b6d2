"""Settings from the environment: typed, documented, one sentence when wrong."""

import os
import subprocess
import sys

import pytest

from kela_kunta import env
from tools import env_example
from tools.check.environment import PRODUCTION
from tools.servers import ROOT

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def start(shown: str = "''", **changed: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own, with `changed` instead of a production's, and print `shown` of them."""
    return subprocess.run(
        [sys.executable, "-c", f"from kela_kunta.settings import *; print({shown})"],
        env={"PATH": os.environ["PATH"]} | PRODUCTION | changed, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip


def test_a_production_environment_starts():
    assert start().returncode == 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing: "),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must have at least 50 characters."),
        ({"DATABASE_URL": ""}, "DATABASE_URL is missing: "),
        ({"DATABASE_URL": "mysql://a:b@c/d"}, "DATABASE_URL must look like postgresql://"),
        ({"DATABASE_URL": "postgresql://a:b@c:port/d"}, "DATABASE_URL must look like postgresql://"),
        ({"REDIS_URL": "localhost"}, "REDIS_URL must be an address that begins with redis:// or rediss://."),
        ({"ROUTE_EVERY": "soon"}, 'ROUTE_EVERY must be a whole number of seconds, not "soon".'),
        ({"WEBHOOK_PORTS": "443,70000"}, "WEBHOOK_PORTS must be a list of port numbers, with commas."),
        ({"WEBHOOK_PORTS": "https"}, "WEBHOOK_PORTS must be a list of port numbers, with commas."),
        ({"WEBHOOK_LOOPBACK": "1"}, "WEBHOOK_LOOPBACK=1 is only for the demo: "),
        ({"ROUTE_EVERY": "0"}, 'ROUTE_EVERY must be a whole number of seconds, not "0".'),
        ({"TOKENS_PER_MINUTE": "0"}, 'TOKENS_PER_MINUTE must be a whole number, at least 1, not "0".'),
        ({"XROAD_SERVERS": "10.0.0.1,server"}, "XROAD_SERVERS must be a list of addresses or networks, with commas."),
        ({"CLIENT_CERTIFICATE_HEADER": "a b"}, "CLIENT_CERTIFICATE_HEADER must be the name of a header: "),
        ({"EMAIL_URL": "mail.example"}, "EMAIL_URL must look like smtp+tls://"),
        ({"EMAIL_URL": "smtp://mail.example:port"}, "EMAIL_URL must look like smtp+tls://"),
        ({"EMAIL_URL": "file:///"}, "EMAIL_URL must look like smtp+tls://"),
        ({"ALLOWED_HOSTS": ","}, "ALLOWED_HOSTS must be a list with commas, and not empty."),
        ({"SEALING_KEYS": "1:short"}, "SEALING_KEYS must be a list such as 1:<base64 of 32 bytes>."),
        ({"INDEX_KEY": "short"}, "INDEX_KEY must be the base64 of 32 bytes."),
        ({"KELA_KUNTA_DEMO": "yes"}, 'KELA_KUNTA_DEMO must be 0 or 1, not "yes".'),
        ({"KELA_KUNTA_DEMO": "1"}, "KELA_KUNTA_DEMO=1 is only for the own machine: "),
        ({"KELA_KUNTA_DEMO": "1", "PUBLIC_URL": "http://localhost.example"}, "KELA_KUNTA_DEMO=1 is only for the own "),
        ({"KELA_KUNTA_DEMO": "1", "PUBLIC_URL": "http://127.0.0.1@a.example"}, "KELA_KUNTA_DEMO=1 is only for the "),
        ({"PUBLIC_URL": "http://kela-kunta.example"}, "PUBLIC_URL must begin with https://."),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(changed, sentence):
    ended = start(**changed)
    assert ended.returncode == 1
    assert ended.stderr.startswith(sentence)
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp+tls://a%40b:p%2Fw@mail.example", "smtp mail.example 587 a@b p/w True False"),
        ("smtps://a:b@mail.example", "smtp mail.example 465 a b False True"),
        ("smtp://127.0.0.1:2525", "smtp 127.0.0.1 2525   False False"),
        ("console://", "console  25   False False"),
    ],
)
def test_a_mail_server_is_one_address(url, read):
    shown = (
        "EMAIL_BACKEND.split('.')[-2], EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS,"
        " EMAIL_USE_SSL"
    )
    assert start(shown, EMAIL_URL=url).stdout == f"{read}\n"


def test_what_the_address_of_the_database_asks_for_is_not_lost():
    """Such as the check of the server's certificate."""
    url = "postgresql://a:b@c/d?sslmode=verify-full&sslrootcert=/etc/ssl/own.pem"
    options = start("DATABASES['default']['OPTIONS']", DATABASE_URL=url).stdout
    for told in ("'sslmode': 'verify-full'", "'sslrootcert': '/etc/ssl/own.pem'", "'application_name': 'kela_kunta'"):
        assert told in options


def test_a_wrong_secret_is_not_repeated():
    assert "hunter2" not in start(DATABASE_URL="postgresql://a:hunter2@c:port/d").stderr
    assert "hunter2" not in start(SEALING_KEYS="hunter2").stderr


def test_the_example_lists_every_setting_as_it_is_read():
    assert env_example.FILE.read_text() == env_example.render(env.SETTINGS), "make messages writes it anew"


def test_only_env_looks_at_the_environment():
    """Entry points may name the settings module; everything else goes through kela_kunta.env, but for the secret of a
    client of any installation, with which the integrator's kit calls."""
    rooms = ("kela_kunta", "contacts", "accounts", "delivery", "referrals", "stats")
    looking = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if "os.environ" in path.read_text().replace('os.environ.setdefault("DJANGO_SETTINGS_MODULE"', "")
    }
    assert looking == {"kela_kunta/env.py", "kela_kunta/integration/service.py"}


def test_key_lists_are_read_by_version(monkeypatch):
    monkeypatch.setenv("SOME_KEYS", f"1:{KEY},2:{KEY}")
    monkeypatch.setattr(env, "SETTINGS", [])
    assert env.keys("SOME_KEYS", "Some keys.") == {1: bytes(range(32)), 2: bytes(range(32))}
