"""What a test client has sent goes again, and nothing else can."""

from __future__ import annotations

from django.db import connection

from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import NotAllowed

WIPER = Actor.system("test-data").in_test


def wipe_test_data(sender: str, *, by: Actor = WIPER) -> int:
    """Delete whatever the test client `sender` ("client:…", as it acts) has sent, with all that belongs to it:
    clients, details, decisions, events, files, messages and receipts. How many referrals it was.

    One transaction. PostgreSQL lets nothing go that is not test data. The same idempotency keys may come again.

    Raises:
        NotAllowed: `by` is neither that test client nor our own job for test data.
    """
    if not by.test or by.id not in (sender, WIPER.id):
        raise NotAllowed
    with acting(by), acting(WIPER), connection.cursor() as cursor:
        cursor.execute("SELECT wipe_test_data_v1(%s)", [sender])
        return int(cursor.fetchone()[0])
