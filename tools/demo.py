"""`make demo`: the whole application on this machine, with the year 2017 and a worklist for today."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from http.client import HTTPConnection, HTTPException
from types import FrameType
from typing import TextIO
from urllib.parse import quote

from psycopg.errors import UndefinedTable

from tools import catalogues, servers
from tools.fingerprint import DATABASE, STATIC, fingerprint
from tools.supervisor import Server, Supervisor, end_leftovers, stop_all
from tools.terminal import own_terminal

VAR = servers.ROOT / "var" / "demo"
LOGS = VAR / "log"
MADE = VAR / "made"
RUNNING = VAR / "running"
NAME = "kela_kunta"
# It looks for tables to tidy up when the demo has been made, not while the servers start.
SETTINGS = {"synchronous_commit": "off", "autovacuum_naptime": "2min"}
PASSWORD = "demo-kela-kunta"
PEOPLE = {
    "handler, handler2": "Kela: benefit handlers",
    "supervisor": "Kela: unroutable and returned referrals",
    "editor": "Kela: guidance, national directory",
    "analyst": "Kela: statistics",
    "auditor": "data protection: access log",
    "admin": "users, authorities, API clients",
    "worker.helsinki": "social worker, City of Helsinki",
    "worker.pirkanmaa, worker2.pirkanmaa": "social workers, Pirkanmaa",
    "worker.lapland": "social worker, Lapland",
    "worker.tampere": "integration services, City of Tampere",
    "lead.pirkanmaa": "team lead, Pirkanmaa",
    "directory.pirkanmaa": "keeps the directory, Pirkanmaa",
}
CLIENTS = (
    "etotu",
    "county-pirkanmaa",
    "county-lapland",
    "city-tampere",
    "statistics",
    "etotu-test",
    "county-pirkanmaa-test",
)


class Stop(Exception):
    """Somebody asked the demo to stop."""


class Refused(Exception):
    """The demo cannot start; the sentence says why."""


class Demo:
    """One run: set up what is missing, serve, and stop everything at the end."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked_to_stop = False
        self.sources = fingerprint(*DATABASE, *STATIC)
        self.supervisor = Supervisor(RUNNING, say)

    def run(self) -> None:
        for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(wanted, self._ask_to_stop)
        with suppress(Stop):
            try:
                is_new = self._set_up()
                with self._managing("count_demo --skip-checks") if is_new else nullcontext():
                    self._serve()
                MADE.write_text(self.sources)
                self._announce()
                while True:
                    self._pause()
                    self.supervisor.watch()
            finally:
                with suppress(BrokenPipeError):  # whoever reads along may be gone, and the servers stop all the same
                    say("Stopping ...")
                self.supervisor.stop()
        say("Stopped.")

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def _pause(self) -> None:
        if self.asked_to_stop:
            raise Stop
        time.sleep(0.1)

    def _set_up(self) -> bool:
        """Start the stores and see that they hold what they should; whether all of it was made now."""
        catalogues.compile_catalogues()
        is_new = not MADE.exists()
        is_made = not is_new and MADE.read_text() == self.sources
        postgres_port, redis_port = servers.free_port(), servers.free_port()
        self.environment = (
            os.environ
            | settings(self.port)
            | {
                "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
                "DATABASE_URL": "postgresql://nobody:none@127.0.0.1:1/none",
            }
        )
        # What needs no server is done while they start; on the way it compiles the packages that all others import.
        with nullcontext() if is_made else self._managing("collectstatic --noinput -v0"):
            say("Starting PostgreSQL and Redis ...")
            self.postgres = self._start_postgres(postgres_port)
            self.supervisor.add(Server("Redis", lambda: servers.start_redis(LOGS, redis_port), rank=0))
            self.environment["DATABASE_URL"] = self.postgres.url(NAME, servers.APPLICATION)
            if is_made:
                say("Using what var/demo/ holds ...")
            else:
                self._fill(is_new=is_new)
        return is_new

    def _fill(self, *, is_new: bool) -> None:
        """Make the database, or bring it up to date with the code."""
        if is_new:
            self.postgres.drop_database(NAME)
            self.postgres.create_database(NAME)
        say("Making the tables ..." if is_new else "Bringing what var/demo/ holds up to date ...")
        with self._managing("migrate -v0 --skip-checks") as migrating:
            self._wait_for_tables("contacts", migrating)
            self._manage("load_reference -v0 --skip-checks")
        if is_new:
            say("Replaying the year 2017 and filling today's worklist ...")
            self._manage("make_demo --skip-checks")

    def _wait_for_tables(self, app: str, migrating: subprocess.Popen[bytes]) -> None:
        """Until all migrations of `app` are applied, or none is applied any more."""
        wanted = {path.stem for path in (servers.ROOT / app / "migrations").glob("0*.py")}
        with self.postgres.superuser(NAME) as connection:
            while migrating.poll() is None:
                with suppress(UndefinedTable):
                    names = connection.execute("SELECT name FROM django_migrations WHERE app = %s", [app])
                    if wanted <= {name for (name,) in names}:
                        return
                self._pause()

    def _start_postgres(self, port: int) -> servers.Postgres:
        folder = VAR / "postgres"

        def start() -> subprocess.Popen[bytes]:
            process = servers.start_postgres(folder, port=port, settings=SETTINGS).process
            assert process is not None
            return process

        self.supervisor.add(Server("PostgreSQL", start, rank=0, how_to_stop=signal.SIGINT))
        return servers.Postgres(port, (folder / "password").read_text())

    def _manage(self, command: str) -> None:
        with self._managing(command):
            pass

    @contextmanager
    def _managing(self, command: str) -> Iterator[subprocess.Popen[bytes]]:
        """A management command runs beside the block and has ended after it; `migrate` as the tables' owner.

        Raises:
            Refused: it failed.
        """
        is_owner = command.startswith("migrate ")
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command.split()],
            cwd=servers.ROOT,
            env=self.environment | ({"DATABASE_URL": self.postgres.url(NAME, servers.OWNER)} if is_owner else {}),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield process
            while process.poll() is None:
                self._pause()
        finally:
            stop_all([(process, signal.SIGINT)], patience=2)
        if process.returncode:
            raise Refused(f"manage.py {command} failed; what it said stands above.")

    def _serve(self) -> None:
        say("Starting the web server, the worker and the beat ...")
        celery = ["celery", "-A", "kela_kunta"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self._start("worker", [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", *quiet])
        self._start("web server", ["gunicorn", "kela_kunta.wsgi", "--bind", f"127.0.0.1:{self.port}"])
        deadline = time.monotonic() + 60
        while not is_ready(self.port):
            self._pause()
            self.supervisor.watch()
            if time.monotonic() > deadline:
                raise Refused(
                    f"The site is not ready after a minute; its logs are in {LOGS.relative_to(servers.ROOT)}/."
                )
        # Nobody waits for it: what is done now wakes the worker up by itself.
        schedule = str(VAR / "beat")
        self._start("beat", [*celery, "beat", "--loglevel", "INFO", "--pidfile=", "--schedule", schedule])

    def _start(self, name: str, command: list[str]) -> None:
        def start() -> subprocess.Popen[bytes]:
            return servers.start([sys.executable, "-m", *command], LOGS / f"{name}.log", env=self.environment)

        self.supervisor.add(Server(f"The {name}", start, rank=1))

    def _announce(self) -> None:
        say(f"Ready: http://127.0.0.1:{self.port}/\n")
        say(f"User names, all with the password {PASSWORD}:")
        for name, who in PEOPLE.items():
            say(f"  {name:<37}{who}")
        say("\nOAuth clients, each with the secret demo-<name>:")
        say(f"  {', '.join(CLIENTS)}\n")
        say("Ctrl-C stops it; make demo-reset wipes what it stored.")


def is_ready(port: int) -> bool:
    """Whether the web server says that database, broker and workers answer."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as site:
        try:
            site.request("GET", "/readyz")
            return site.getresponse().status == 200
        except (OSError, HTTPException):
            return False


def settings(port: int) -> dict[str, str]:
    """The demo's settings; its keys are made on the first start and kept."""
    kept = VAR / "keys.json"
    if not kept.exists():
        keys = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SEALING_KEYS": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
            "INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        kept.touch(mode=0o600)
        kept.write_text(json.dumps(keys))
    return json.loads(kept.read_text()) | {
        "DJANGO_SETTINGS_MODULE": "kela_kunta.settings",
        "KELA_KUNTA_DEMO": "1",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ROUTE_EVERY": "5",
        "DELIVER_EVERY": "5",
        "WEBHOOK_LOOPBACK": "1",
        "XROAD_SERVERS": "127.0.0.1",
        "EMAIL_URL": f"file://{quote(str(VAR / 'letters'))}",
        "EMAIL_FROM": "no-reply@kela-kunta.example",
    }


def wanted_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refused(f'PORT must be a number from 1 to 65535, not "{text}".')
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            raise Refused(f"Port {text} is not free: make demo PORT=8001") from error
    return int(text)


@contextmanager
def only_one() -> Iterator[TextIO]:
    """One demo at a time; what an earlier one that was killed left running is ended first."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with (VAR / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("The demo runs already; stop it first.") from error
        end_leftovers(RUNNING)
        yield lock


def say(line: str) -> None:
    print(line, flush=True)


def main(arguments: list[str]) -> int:
    try:
        with only_one():
            if arguments == ["--reset"]:
                shutil.rmtree(VAR)
                say("What the demo stored is gone.")
                return 0
            port = wanted_port()
            (VAR / "pid").write_text(f"{os.getpid()}\n")
            with own_terminal():
                Demo(port).run()
    except (Refused, servers.ServerError) as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
