"""Real servers, the unprivileged role, and a database of its own for every test process."""

from __future__ import annotations

import atexit
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
import pytest

from tools import browsers, catalogues, servers
from tools.fingerprint import DATABASE, fingerprint

VAR = servers.ROOT / "var" / "test"
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# A busy machine is no fault of the code.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

_stack = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Servers start before Django reads its settings; with several processes the first one starts them for all."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        atexit.register(_stack.close)
        server = _stack.enter_context(servers.postgres(VAR / "postgres", settings=QUICK))
        os.environ["TEST_POSTGRES"] = f"{server.port}:{server.password}"
        folder = _stack.enter_context(TemporaryDirectory())
        os.environ["REDIS_URL"] = _stack.enter_context(servers.redis(Path(folder)))
        catalogues.compile_catalogues()
    os.environ.update(environment(cluster().url("unmade", servers.APPLICATION)))
    import django

    django.setup()
    for fixtures in (
        "tests.assistance",
        "tests.cast",
        "tests.api",
        "tests.breaking",
        "tests.mailbox",
        "tests.receiver",
    ):
        config.pluginmanager.import_plugin(fixtures)


def cluster() -> servers.Postgres:
    """The tests' PostgreSQL."""
    port, password = os.environ["TEST_POSTGRES"].split(":")
    return servers.Postgres(int(port), password)


def environment(database_url: str) -> dict[str, str]:
    """The settings that tests run with."""
    key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    return {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url,
        "SECRET_KEY": "only-for-tests-" + "x" * 40,
        "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
        "PUBLIC_URL": "http://127.0.0.1",
        "SEALING_KEYS": f"1:{key}",
        "INDEX_KEY": key,
        "EMAIL_URL": "console://",
        "EMAIL_FROM": "no-reply@kela-kunta.example",
        "KELA_KUNTA_DEMO": "1",
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """A copy of the migrated and filled template, on which tests work as the role that owns nothing."""
    from django.db import connection

    name = f"test_{os.getpid()}"
    _copy_template(name)
    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()
        connection.settings_dict["NAME"] = name
        yield
        connection.close()
        connection.close_pool()
    cluster().drop_database(name)


def _copy_template(name: str) -> None:
    """Copy the template database of these migrations and this reference data, made once."""
    template = f"template_{fingerprint(*DATABASE)}"
    with (VAR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if template not in cluster().databases():
            _drop_unused()
            _make_template(template)
        cluster().create_database(name, template=template)


def _drop_unused() -> None:
    """What earlier runs left: their templates, and databases whose process has gone."""
    for name in cluster().databases():
        kind, _, rest = name.partition("_")
        left = kind == "test" and not Path(f"/proc/{rest}").exists() and Path("/proc/self").exists()
        if kind in ("template", "half") or left:
            cluster().drop_database(name)


def _make_template(name: str) -> None:
    half = f"half_{name}"
    cluster().create_database(half)
    for command, user in (("migrate", servers.OWNER), ("load_reference", servers.APPLICATION)):
        subprocess.run(
            [sys.executable, "manage.py", command, "-v0", "--skip-checks"],
            check=True,
            cwd=servers.ROOT,
            env=os.environ | environment(cluster().url(half, user)),
        )
    with cluster().superuser() as connection:
        connection.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    with cluster().superuser(name) as connection:
        # Transactional tests empty their tables afterwards; the product itself may not.
        connection.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {servers.APPLICATION}")


@pytest.fixture(scope="session", autouse=True)
def _transactional_tests_get_a_fresh_copy() -> Iterator[None]:
    """After a test that commits, the database is copied anew: emptying it would lose the reference data."""
    from django.db import connection
    from django.test import TransactionTestCase

    def copy_anew(case: TransactionTestCase) -> None:
        name = connection.settings_dict["NAME"]
        connection.close()
        connection.close_pool()
        cluster().drop_database(name)
        _copy_template(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", copy_anew)
        yield


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Outside requests tests read English, whatever an earlier test's request has left behind."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium, as Playwright drives it."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, and Django would refuse the database beside it.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        try:
            browser = browsers.launch(playwright)
        except browsers.NoChromium as missing:
            pytest.exit(str(missing), returncode=1)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A fresh window on the site: `page.goto("/")`. A script's error fails the test."""
    context = chromium.new_context(base_url=live_server.url, locale="en", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(5_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, errors
