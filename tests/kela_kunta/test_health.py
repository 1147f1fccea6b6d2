"""Alive and ready are two questions."""

import pytest

from kela_kunta import health


def test_alive_asks_nobody(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_ready_tells_which_part_is_away(client, monkeypatch):
    """The tests have a database and a broker, but no worker."""
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "database": "answers", "broker": "answers", "workers": "away"}


@pytest.mark.django_db
def test_a_part_that_breaks_does_not_break_the_answer(client, monkeypatch, settings):
    def broken() -> bool:
        raise OSError

    monkeypatch.setattr(health, "PARTS", dict.fromkeys(health.PARTS, broken))
    assert client.get("/readyz").json() == {
        "status": "not ready", "database": "away", "broker": "away", "workers": "away",
    }  # fmt: skip


@pytest.mark.django_db
def test_ready_when_all_answer(client, monkeypatch):
    monkeypatch.setattr(health, "PARTS", dict.fromkeys(health.PARTS, lambda: True))
    assert client.get("/readyz").status_code == 200


def test_a_check_cannot_be_kept_by_a_cache(client):
    assert "no-store" in client.get("/healthz")["Cache-Control"]
