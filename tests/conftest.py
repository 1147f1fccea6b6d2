"""Real servers, the unprivileged role, and a database of its own for every test process."""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tools import servers

VAR = servers.ROOT / "var" / "test"
TEMPLATE_PARTS = (
    "*/migrations/**/*",
    "kela_kunta/base/migrations/**/*",
    "contacts/reference/*",
    "*/models*",
    "*/models/*",
)

_stack = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Servers start before Django reads its settings; with several processes the first one starts them for all."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        atexit.register(_stack.close)
        server = _stack.enter_context(
            servers.postgres(
                VAR / "postgres", settings={"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
            )
        )
        os.environ["TEST_POSTGRES"] = f"{server.port}:{server.password}"
        os.environ["REDIS_URL"] = _stack.enter_context(servers.redis(VAR / "redis"))
    os.environ.update(environment(cluster().url("unmade", "kela_kunta_app")))
    import django

    django.setup()


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
        "KELA_KUNTA_DEMO": "1",
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """A copy of the migrated and filled template, on which tests work as the role that owns nothing."""
    from django.db import connection

    name = f"test_{os.getpid()}"
    cluster().create_database(name, template=_template())
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        yield
        connection.close()
        connection.close_pool()
    cluster().drop_database(name)


def _template() -> str:
    """The template database of these migrations and this reference data, made once."""
    digest = hashlib.sha256()
    for pattern in TEMPLATE_PARTS:
        for path in sorted(servers.ROOT.glob(pattern)):
            if path.is_file() and path.suffix in {".py", ".sql", ".csv"} and ".venv" not in path.parts:
                digest.update(path.read_bytes())
    name = f"template_{digest.hexdigest()[:16]}"
    with (VAR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if name not in cluster().databases():
            _make_template(name)
    return name


def _make_template(name: str) -> None:
    for old in cluster().databases():
        if old.startswith(("template_", "test_", "half_")):
            cluster().drop_database(old)
    half = f"half_{name}"
    cluster().create_database(half)
    for command, user in (("migrate", "kela_kunta_owner"), ("load_reference", "kela_kunta_app")):
        subprocess.run(
            [sys.executable, "manage.py", command, "-v0"], check=True, cwd=servers.ROOT,
            env=os.environ | environment(cluster().url(half, user)),
        )  # fmt: skip
    with cluster().superuser("postgres") as connection:
        connection.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    with cluster().superuser(name) as connection:
        # Transactional tests empty their tables afterwards; the product itself may not.
        connection.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO kela_kunta_app")
