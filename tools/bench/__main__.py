"""`make bench`: what the product does, measured against limits measured in the same run.

`make bench ARGS="inbox sending"` measures only those.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module

from tools import catalogues, servers
from tools.bench.results import Result, table
from tools.bench.stage import Stage, environment, make_base, say

VAR = servers.ROOT / "var" / "bench"
LATEST = VAR / "latest.json"
BENCHES = ("replay", "routing", "inbox", "sending", "batches", "detecting", "statistics")


class Refused(Exception):
    """The bench cannot run; the sentence says why."""


def run(names: list[str]) -> list[Result]:
    """Measure on servers of the bench's own, made anew and gone afterwards."""
    folder = VAR / "postgres"
    shutil.rmtree(folder, ignore_errors=True)
    say("Starting PostgreSQL and Redis and making the tables ...")
    try:
        with servers.postgres(folder) as postgres, servers.redis(VAR) as redis_url:
            os.environ.update(environment(postgres, redis_url))
            catalogues.compile_catalogues()
            make_base(postgres)
            return _measure(Stage(postgres), names)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(stage: Stage, names: list[str]) -> list[Result]:
    import django

    django.setup()
    results: list[Result] = []
    for name in names:
        # These know the product's models, which are there only now.
        results += import_module(f"tools.bench.{name}").measure(stage)
    return results


@contextmanager
def only_one() -> Iterator[None]:
    """One bench at a time."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("The bench runs already.") from error
        yield


def main(wanted: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # on the way out the servers are stopped
    began = time.monotonic()
    try:
        if unknown := set(wanted) - set(BENCHES):
            raise Refused(f"There is no {', '.join(sorted(unknown))}; there is {', '.join(BENCHES)}.")
        with only_one():
            results = run([name for name in BENCHES if not wanted or name in wanted])
    except (Refused, servers.ServerError) as why:
        print(why, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    report = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds"), "results": [r.as_json() for r in results]}
    LATEST.write_text(json.dumps(report, indent=2) + "\n")
    say(f"\n{table(results)}\n\n{time.monotonic() - began:.0f} s; the same in {LATEST.relative_to(servers.ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
