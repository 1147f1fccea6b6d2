"""The production shape is read and held against what the product needs."""

import pytest

from tools.check.compose import compose_faults, dockerfile_faults
from tools.servers import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_ours_are_without_fault():
    assert [*compose_faults(COMPOSE), *dockerfile_faults(DOCKERFILE)] == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  beat:", "  clock:", "the services must be beat, migrate, postgres, redis, web, worker"),
        ("${SECRET_KEY:?}", "${SECRET:?}", ".env.example does not tell what SECRET is"),
        ("postgresql://kela_kunta_app:", "postgresql://postgres:", "web: connects as another role than kela_kunta_app"),
        ("service_healthy", "healthy", "web: cannot wait for postgres"),
        ("./kela_kunta/base/sql/bootstrap.sql", "./roles.sql", "postgres: there is no ./roles.sql"),
        ("read_only: true", "readonly: true", "web: unknown key readonly"),
    ],
)
def test_a_fault_is_named(old, new, fault):
    assert old in COMPOSE
    assert fault in list(compose_faults(COMPOSE.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("USER kela_kunta", "USER root", "it must not run as root"),
        ("COPY requirements/base.txt", "COPY requirements.txt", "there is no requirements.txt"),
        ("python:3.11-slim", "python:3.9-slim", "the base must be Python 3.11 or newer"),
    ],
)
def test_a_fault_of_the_image_is_named(old, new, fault):
    assert fault in list(dockerfile_faults(DOCKERFILE.replace(old, new)))
