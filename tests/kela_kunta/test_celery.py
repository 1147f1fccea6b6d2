import pytest
from django.db import connection

from kela_kunta.base.actor import Actor, acting
from referrals.models import Referral
from tests.breaking import until
from tests.conftest import cluster


def sessions_of_others() -> set[int]:
    """PostgreSQL's processes that serve this test's database, but not the test itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]
    with cluster().superuser() as database:
        found = database.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> %s", [connection.settings_dict["NAME"], own]
        ).fetchall()
    return {pid for (pid,) in found}


def delivered() -> int:
    with acting(Actor.system("test")):
        return Referral.objects.filter(status="delivered").count()


@pytest.mark.django_db(transaction=True)
def test_a_worker_keeps_its_connection_from_one_task_to_the_next(start_worker, send_only):
    start_worker()
    send_only()
    until(lambda: delivered() == 1)
    before = sessions_of_others()
    send_only()
    until(lambda: delivered() == 2)
    assert len(before) == 1
    assert sessions_of_others() == before
