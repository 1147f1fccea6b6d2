"""No person's data reaches a log line."""

import logging
import signal
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path

import pytest

from kela_kunta.base.logs import WithoutQuery
from tools import servers

PERSON = "010190-900P"


@pytest.fixture
def log():
    """A logger that writes as the settings have it, and what it wrote."""
    words = StringIO()
    handler = logging.StreamHandler(words)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    handler.addFilter(WithoutQuery())
    logger = logging.Logger("some.place")
    logger.addHandler(handler)
    logger.words = words.getvalue
    return logger


def test_a_query_string_is_cut(log):
    log.warning("Not Found: %s", f"/referrals/?q={PERSON}&page=2")
    assert log.words() == "WARNING some.place Not Found: /referrals/?…\n"


def test_an_exception_leaves_its_kind_and_places_but_not_its_text(log):
    try:
        raise ValueError(f"Key (code)=({PERSON}) already exists.")
    except ValueError:
        log.exception("Internal Server Error: %s", "/referrals/")
    assert PERSON not in log.words()
    assert "Internal Server Error: /referrals/\nValueError\n" in log.words()
    assert "test_logs.py" in log.words()


@pytest.mark.parametrize("shown", [str, repr])
def test_an_exception_told_in_the_message_leaves_its_kind(log, shown):
    """So does Celery when a task fails."""
    error = ValueError(f"Key (code)=({PERSON}) already exists.")
    log.error("Task %s raised unexpected: %s", "some.task", shown(error), exc_info=error)
    assert PERSON not in log.words()
    assert "raised unexpected: ValueError\n" in log.words()


def test_gunicorn_tells_no_more_when_an_answer_fails_altogether(tmp_path: Path):
    """Such as an error while the page about an error is made: Django is out of it then."""
    (tmp_path / "failing.py").write_text(f"def site(environ, start):\n    raise ValueError('{PERSON}')\n")
    port, log = servers.free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "gunicorn", "failing:site", "--bind", f"127.0.0.1:{port}"]
    server = servers.start(
        [*command, "--config", str(servers.ROOT / "gunicorn.conf.py"), "--pythonpath", str(tmp_path)], log
    )
    try:
        while "Booting worker" not in log.read_text():
            assert server.poll() is None
            time.sleep(0.05)
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", f"/referrals/?code={PERSON}")
            assert connection.getresponse().status == 500
    finally:
        servers.stop(server, signal.SIGTERM)
    assert "Error handling request GET /referrals/?…\nValueError\n" in log.read_text()
    assert PERSON not in log.read_text()
