"""Real servers, the unprivileged role, and a database of its own for every test process."""

from __future__ import annotations

import atexit
import fcntl
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
import psycopg
import pytest

from tools import browsers, catalogues, servers
from tools.fingerprint import DATABASE, fingerprint

VAR = servers.ROOT / "var" / "test"
SLOW = ("browser", "faults", "kela_kunta")
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# A busy machine is no fault of the code.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

_stack = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Servers start before Django reads its settings; with several processes the first one starts them for all."""
    gc.disable()
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


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Long texts and files are told apart by number: megabytes of name are slow, and a file's date changes."""
    return argname if isinstance(val, str | bytes) and len(val) > 60 else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Rooms whose tests take long come first: at the end no process is left alone with one of them."""
    rooms = [servers.ROOT / "tests" / room for room in SLOW]
    items.sort(key=lambda item: not any(item.path.is_relative_to(room) for room in rooms))


def pytest_collection_finish() -> None:
    """Of what was made until now next to nothing is garbage: it is not looked through, neither then nor later."""
    gc.freeze()
    gc.enable()


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


class Copies:
    """Copies of the migrated and filled template for this process, each made while the one before it is in use."""

    def __init__(self) -> None:
        self._numbers, self._maker = count(), ThreadPoolExecutor(1)
        self._next = self._maker.submit(self._make)
        self._dropped: list[Future[None]] = []

    def _make(self) -> str:
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        try:
            cluster().create_database(name, template=_template())
        except psycopg.errors.InvalidCatalogName:  # a run of other migrations has dropped it
            _template.cache_clear()
            cluster().create_database(name, template=_template())
        return name

    def take(self) -> str:
        """The name of a copy that nobody has used."""
        name = self._next.result()
        self._next = self._maker.submit(self._make)
        return name

    def drop(self, name: str) -> None:
        self._dropped.append(self._maker.submit(cluster().drop_database, name))

    def close(self) -> None:
        self.drop(self._next.result())
        for dropped in self._dropped:
            dropped.result()
        self._maker.shutdown()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """A copy of the template, on which tests work as the role that owns nothing; another after a test that commits.

    Emptying its tables instead would lose the reference data.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    def leave() -> None:
        connection.close()
        connection.close_pool()
        copies.drop(connection.settings_dict["NAME"])

    def move_on(case: TransactionTestCase) -> None:
        leave()
        connection.settings_dict["NAME"] = copies.take()

    with closing(Copies()) as copies, django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        connection.settings_dict["NAME"] = copies.take()
        patch.setattr(TransactionTestCase, "_fixture_teardown", move_on)
        yield
        leave()


@cache
def _template() -> str:
    """The template database of these migrations and this reference data, made once."""
    name = f"template_{fingerprint(*DATABASE)}"
    with (VAR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if name not in cluster().databases():
            _drop_unused()
            _make_template(name)
    return name


def _drop_unused() -> None:
    """What earlier runs left: their templates, and databases whose process has gone."""
    for name in cluster().databases():
        kind, pid = f"{name}_".split("_")[:2]
        left = kind == "test" and not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists()
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
    context.set_default_timeout(20_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, errors
