"""`make check`: every check, side by side, one line for each and the findings of those that fail.

`make check ARGS="types lint"` runs those that are named.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools import catalogues, servers
from tools.check.environment import PRODUCTION

PYTHON = sys.executable
TOGETHER = 2
CHECKS = {
    # The slowest first.
    "types": ["-m", "mypy", "."],
    "deployment": ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "missing migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "templates": ["-m", "djlint", "templates", "--lint", "--quiet"],
    "import directions": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "translations": ["-m", "tools.check.translations"],
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "published API": ["-m", "tools.check.published"],
    "documents": ["-m", "tools.check.documents"],
    "docker-compose.yml": ["-m", "tools.check.compose"],
}


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    passed: bool
    seconds: float
    said: str


def run(name: str, command: list[str], environment: dict[str, str]) -> Result:
    began = time.monotonic()
    ended = subprocess.run(
        [PYTHON, *command], cwd=servers.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False,
    )  # fmt: skip
    result = Result(name, ended.returncode == 0, time.monotonic() - began, ended.stdout.strip())
    print(f"{'ok  ' if result.passed else 'FAIL'}  {name:<20}{result.seconds:6.1f} s", flush=True)
    return result


def main(wanted: list[str]) -> int:
    """Run the checks whose names hold one of the words `wanted`, or all."""
    names = [name for name in CHECKS if not wanted or any(word in name for word in wanted)]
    catalogues.compile_catalogues()
    with servers.postgres(servers.ROOT / "var" / "check") as postgres, ThreadPoolExecutor(TOGETHER) as pool:
        database = "checked"
        postgres.drop_database(database)
        postgres.create_database(database)
        environment = os.environ | PRODUCTION | {"DATABASE_URL": postgres.url(database, servers.APPLICATION)}
        results = list(pool.map(lambda name: run(name, CHECKS[name], environment), names))
    failed = [result for result in results if not result.passed]
    for result in failed:
        print(f"\n== {result.name}\n{result.said}")
    print(f"\n{len(results) - len(failed)} checks passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
