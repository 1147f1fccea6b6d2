from time import sleep

import pytest
from django.db import connection

from kela_kunta.base.actor import Actor, acting
from referrals.models import Referral
from tests.breaking import until
from tests.conftest import cluster


def sessions() -> set[int]:
    """PostgreSQL's processes that serve this test's database."""
    with cluster().superuser() as database:
        found = database.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s", [connection.settings_dict["NAME"]]
        ).fetchall()
    return {pid for (pid,) in found}


def delivered() -> int:
    with acting(Actor.system("test")):
        return Referral.objects.filter(status="delivered").count()


@pytest.mark.django_db(transaction=True)
def test_a_worker_keeps_its_connections_from_one_task_to_the_next(start_worker, send_only):
    start_worker()
    own = sessions()
    send_only()
    until(lambda: delivered() == 1)
    sleep(0.2)  # the task may not have ended yet
    kept = sessions() - own
    send_only()
    until(lambda: delivered() == 2)
    assert kept
    assert kept <= sessions()
