"""PostgreSQL for whoever needs one: shared, taken over, stopped by the last."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psycopg
import pytest

from tools import servers

USER = """
    import sys, time
    from pathlib import Path
    from tools import servers
    with servers.postgres(Path(sys.argv[1])) as server:
        print(server.port, flush=True)
        sys.stdin.read()
"""


def another_user(folder: Path) -> subprocess.Popen[str]:
    """Another process that uses the server in `folder` until its standard input ends."""
    program = [sys.executable, "-c", textwrap.dedent(USER), str(folder)]
    return subprocess.Popen(program, cwd=servers.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_processes_share_one_server_and_the_last_stops_it(tmp_path):
    with another_user(tmp_path) as other:
        port = int(other.stdout.readline())
        with servers.postgres(tmp_path) as server:
            assert server.port == port
            other.communicate()
            server.superuser().close()
        assert servers.running(tmp_path) is None


def test_a_killed_process_leaves_a_server_that_the_next_one_takes_over(tmp_path):
    with another_user(tmp_path) as other:
        port = int(other.stdout.readline())
        other.kill()
    with servers.postgres(tmp_path) as server:
        assert server.port == port
    assert servers.running(tmp_path) is None


def test_a_killed_server_starts_again_with_its_data(tmp_path):
    with servers.postgres(tmp_path) as server:
        server.create_database("kept")
        os.kill(int((tmp_path / "data" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    with servers.postgres(tmp_path) as server:
        assert "kept" in server.databases()


def test_the_two_roles_log_in_and_neither_is_above_row_security(tmp_path):
    with servers.postgres(tmp_path) as server:
        server.create_database("roles")
        for role in (servers.OWNER, servers.APPLICATION):
            with psycopg.connect(server.url("roles", role)) as connection:
                found = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
                assert found.fetchone() == (False, False)
        with psycopg.connect(server.url("roles", servers.APPLICATION)) as connection, pytest.raises(psycopg.Error):
            connection.execute("CREATE TABLE mine (id integer)")
