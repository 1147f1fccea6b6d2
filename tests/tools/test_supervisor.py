"""Servers that are watched come back, and all end in time."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tools.supervisor import Server, Supervisor, end_leftovers

SLEEPER = "import time; time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


def starter(program: str = SLEEPER):
    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, start_new_session=True)
        if program == STUBBORN:
            process.stdout.readline()
        process.stdout.close()
        return process

    return start


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path, said):
    watched = Supervisor(tmp_path / "running", said.append)
    yield watched
    watched.stop()


def test_a_server_that_ended_is_started_again(supervisor, said):
    supervisor.add(Server("The worker", starter(), rank=1))
    first = supervisor.servers[0].process
    first.kill()
    first.wait()
    deadline = time.monotonic() + 5
    while not (supervisor.servers[0].lives and supervisor.servers[0].process is not first):
        supervisor.watch()
        assert time.monotonic() < deadline
    assert said == ["The worker ended; it is started again."]


def test_a_server_that_will_not_end_is_killed(supervisor):
    supervisor.add(Server("stubborn", starter(STUBBORN), rank=1))
    supervisor.stop(patience=0.2)
    assert supervisor.servers[0].process.returncode == -signal.SIGKILL


def test_what_a_killed_run_left_is_ended_by_the_next(supervisor):
    supervisor.add(Server("left", starter(), rank=1))
    end_leftovers(supervisor.record)
    assert not supervisor.servers[0].lives


def test_a_stranger_with_the_same_number_is_left_alone(tmp_path):
    record = tmp_path / "running"
    record.write_text(f"{os.getpid()} 1.0\n")
    end_leftovers(record)
    assert not record.exists()
