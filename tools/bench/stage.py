"""The bench's own servers, and databases made from templates, with Django on one of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from django.db import connection

from tools import servers

BASE = "base"
_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def environment(postgres: servers.Postgres, redis_url: str) -> dict[str, str]:
    """The product's settings for a run of the bench."""
    return {
        "DJANGO_SETTINGS_MODULE": "kela_kunta.settings",
        "KELA_KUNTA_DEMO": "1",
        "DATABASE_URL": postgres.url(BASE, servers.APPLICATION),
        "REDIS_URL": redis_url,
        "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
        "SEALING_KEYS": f"1:{_KEY}",
        "INDEX_KEY": _KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_URL": "http://127.0.0.1",
        "API_CALLS_PER_MINUTE": "1000000",
        "EMAIL_URL": "console://",
        "EMAIL_FROM": "no-reply@kela-kunta.example",
    }


def make_base(postgres: servers.Postgres) -> None:
    """The template with tables and reference data."""
    postgres.create_database(BASE)
    for command, user in (
        ("migrate", servers.OWNER),
        ("load_reference", servers.APPLICATION),
        ("collectstatic --noinput", servers.APPLICATION),
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command.split(), "-v0", "--skip-checks"],
            check=True,
            cwd=servers.ROOT,
            env=os.environ | {"DATABASE_URL": postgres.url(BASE, user)},
        )


@dataclass(slots=True)
class Stage:
    """Where measurements are made."""

    postgres: servers.Postgres
    made: set[str] = field(default_factory=lambda: {BASE})

    @contextmanager
    def copy(self, template: str, name: str = "measured") -> Iterator[None]:
        """A database `name`, a copy of `template`, on which Django is meanwhile; gone afterwards."""
        self.use(name)
        self.postgres.create_database(name, template=template)
        try:
            yield
        finally:
            self.use(BASE)
            self.postgres.drop_database(name)

    def template(self, name: str, base: str, make: Callable[[], None]) -> str:
        """The template `name`: a copy of `base` in which `make` has run, made when first asked for."""
        if name not in self.made:
            self.use(name)
            self.postgres.create_database(name, template=base)
            make()
            self.use(BASE)
            self.made.add(name)
        return name

    def use(self, name: str) -> None:
        """From now on Django is on the database `name`."""
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        connection.settings_dict["NAME"] = name

    def superuser(self) -> psycopg.Connection:
        """A session past row security, on the database that Django is on."""
        return self.postgres.superuser(connection.settings_dict["NAME"])


def say(line: str) -> None:
    print(line, flush=True)
