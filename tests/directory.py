"""Entries of the directory and pauses, as tests need them: of Pirkanmaa unless they say otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from contacts.actions.keeping import add_entry
from contacts.actions.pausing import pause
from contacts.models import Contact, LocalPractice, Pause
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from tests.cast import PIRKANMAA

PHONE = "+358401234567"
KEEPER = Actor.system("test")


def contact(kind: str = "officials_line", *, owner: str = PIRKANMAA, on: date | None = None, **facts: Any) -> Contact:
    """A contact confirmed on day `on`, today by default."""
    row = add_entry(Contact, {"kind": kind, "phone": PHONE} | facts, owner=owner, by=KEEPER, on=on)
    assert isinstance(row, Contact)
    return row


def practice(text: str = "Call first.", *, owner: str = PIRKANMAA, **facts: Any) -> LocalPractice:
    """A practice to which both sides have agreed."""
    first = date(clock.today().year, 1, 1)
    values = {"topic": "urgent", "text_fi": text, "valid": DateRange(first, None)} | facts
    row = add_entry(LocalPractice, values, owner=owner, by=KEEPER)
    assert isinstance(row, LocalPractice)
    with acting(KEEPER):
        LocalPractice.objects.filter(pk=row.pk).update(owner_agreed_on=first, kela_agreed_on=first)
    return row


def paused(lead: User, **facts: Any) -> Pause:
    """The lead's authority pauses in everything from now on, unless `facts` say otherwise."""
    usual = {"type": "", "begins": clock.now(), "ends": None, "cause": "staff", "text": "", "fallback_phone": PHONE}
    return pause(**usual | {"inbox_read": False, "by": lead.actor} | facts)
