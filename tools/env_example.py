"""`.env.example`, written from the settings that kela_kunta reads."""

from __future__ import annotations

import textwrap
from typing import Any

from kela_kunta import env
from tools.servers import ROOT

FILE = ROOT / ".env.example"
HEAD = """\
# Settings of kela_kunta. Copy to .env and fill in what has no default.
# Written by `make messages` from kela_kunta/settings.py; a test holds the two together.
"""
COMPOSE = """\

# For docker-compose.yml alone: it makes DATABASE_URL and REDIS_URL itself.
# Passwords of PostgreSQL's superuser, of the role that owns the tables, and of the application's.
POSTGRES_PASSWORD=
OWNER_PASSWORD=
APP_PASSWORD=
"""


def render(settings: list[env.Setting]) -> str:
    return HEAD + "".join(_entry(setting) for setting in settings) + COMPOSE


def _entry(setting: env.Setting) -> str:
    words = textwrap.wrap(f"{setting.meaning} ({setting.kind})", 96)
    required = setting.default is env.MISSING
    line = f"{setting.name}=" if required else f"# {setting.name}={_written(setting.default)}"
    return "\n" + "".join(f"# {part}\n" for part in words) + line + "\n"


def _written(default: Any) -> str:
    if isinstance(default, bool):
        return str(int(default))
    if isinstance(default, list):
        return ",".join(default)
    return str(default)


if __name__ == "__main__":
    import os

    from tools.check.environment import PRODUCTION

    os.environ.update(PRODUCTION)
    import kela_kunta.settings  # noqa: F401 - reading them lists them

    FILE.write_text(render(env.SETTINGS))
