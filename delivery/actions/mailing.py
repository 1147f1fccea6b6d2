"""Sending the letters that are due.

Claiming is a lease: a short transaction counts the try and puts the next one off, then the mail
server is talked to without any lock, and another short transaction writes down what it said. Who
dies in between has lost nothing: the letter is due again when the lease is over, and may come twice.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from delivery.channels import email
from delivery.models import Letter
from delivery.rules.backoff import next_try
from delivery.rules.outcomes import Failure, Tally
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting

MAIL = Actor.system("mail")
LEASE = timedelta(minutes=5)
logger = logging.getLogger(__name__)


def deliver_letters(*, limit: int = 20, by: Actor = MAIL) -> Tally:
    """Send up to `limit` letters that are due, those that wait longest first; what came of them.

    Two at once take different ones. When the server is away, or slower than the lease allows, the rest waits.
    """
    letters = _claim(limit, by=by)
    until = time.monotonic() + LEASE.total_seconds() / 2
    tally, away = Tally(), None
    with _connection() as connection:
        for letter in letters:
            message = _write(letter)
            if isinstance(message, Failure):
                tally += _settle(letter, message, by=by)
                continue
            away = away or email.dial(connection)
            tally += _settle(letter, away or email.send(message, connection), by=by)
            if time.monotonic() > until:
                away = email.AWAY
    return tally


def _claim(limit: int, *, by: Actor) -> list[Letter]:
    with acting(by):
        now = clock.now()
        letters = list(
            Letter.objects.filter(next_attempt_at__lte=now)
            .select_related("reader", "authority")
            .order_by("next_attempt_at", "id")
            .select_for_update(of=("self",), no_key=True, skip_locked=True)[:limit]
        )
        for letter in letters:
            letter.attempts += 1
            letter.first_attempt_at = letter.first_attempt_at or now
            letter.next_attempt_at = now + LEASE
        Letter.objects.bulk_update(letters, ["attempts", "first_attempt_at", "next_attempt_at"])
        return letters


def _write(letter: Letter) -> EmailMultiAlternatives | Failure:
    address = email.address_of(letter)
    if isinstance(address, Failure):
        return address
    try:
        return email.write(letter, address)
    except Exception as error:  # noqa: BLE001 - whatever a template raises: the letters behind it must go on
        logger.error("letter %s cannot be written: %s", letter.pk, type(error).__name__)
        return Failure("cannot_be_written")


def _settle(letter: Letter, failure: Failure | None, *, by: Actor) -> Tally:
    """Write down what came of a try, unless the lease was over and somebody else has tried since."""
    now = clock.now()
    retry_at = _retry_at(letter, failure)
    columns: dict[str, Any] = {"last_error": failure.code if failure else "", "next_attempt_at": retry_at}
    if retry_at is None:
        columns["dead_at" if failure else "sent_at"] = now
    with acting(by):
        mine = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, next_attempt_at__isnull=False)
        if not mine.update(**columns):
            return Tally()
    if failure is None:
        return Tally(done=1)
    logger.log(
        logging.INFO if retry_at else logging.WARNING,
        "letter %s, try %s: %s, %s", letter.pk, letter.attempts, failure.code, "again later" if retry_at else "given up",
    )  # fmt: skip
    return Tally(later=1) if retry_at else Tally(dead=1)


def _retry_at(letter: Letter, failure: Failure | None) -> datetime | None:
    if failure is None or failure.final:
        return None
    began = letter.first_attempt_at or letter.created_at
    return next_try(letter.attempts, began=began, now=clock.now(), chance=random.random())


@contextmanager
def _connection() -> Iterator[BaseEmailBackend]:
    """Opened when the first letter goes."""
    connection = get_connection()
    try:
        yield connection
    finally:
        email.hang_up(connection)
