"""No person's data reaches a log line."""

import logging
from io import StringIO

import pytest

from kela_kunta.base.logs import WithoutQuery

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
