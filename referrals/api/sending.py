"""Kela's systems send: one referral, or up to a thousand, each with a key that makes sending again harmless."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from rest_framework.request import Request

from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Broken, KeyRequired, KeyReused, Problem
from kela_kunta.base.reading import read_values
from referrals.actions.sending import send_referral, send_referrals
from referrals.api.answers import answers_to_sending
from referrals.api.bodies import KEY, BatchSerializer, ItemSerializer
from referrals.drafts import Readers, digest_of, read_draft
from referrals.models import Referral
from referrals.queries import sent_with
from referrals.types.base import Draft

logger = logging.getLogger(__name__)


def key_of(request: Request) -> str:
    """The request's idempotency key.

    Raises:
        KeyRequired: none, or one that is no key.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    if not KEY.fullmatch(key):
        raise KeyRequired(_("A key has 1 to 200 visible characters of ASCII.") if key else "")
    return key


def send_one(body: Any, *, key: str, by: Actor) -> dict[str, Any]:
    """The answer to the sending of `body`: the referral as it was then.

    What was sent once is not checked again: the rules of that day held.

    Raises:
        Invalid: something in `body` cannot be accepted.
        KeyReused: the key came before with another body.
    """
    digest = digest_of(body)
    referral = sent_with(by, [key]).get(key)
    if referral is None:
        draft = read_draft(body, on=clock.today(), register=register())
        referral, _is_new = send_referral(draft, by=by, key=key)
    elif bytes(referral.digest) != digest:
        raise KeyReused
    return answers_to_sending([(referral, body)], by=by)[0]


@dataclass(slots=True)
class _Item:
    """One item of a batch on its way: its place and key, its body once it could be read, and what went wrong."""

    place: int
    key: str | None = None
    body: Any = None
    digest: bytes = b""
    draft: Draft | None = None
    problem: Problem | None = None

    def fail(self, problem: Problem) -> None:
        """`problem` lies in the item; its pointers begin at the batch."""
        problem.lie_in(f"#/items/{self.place}" + ("/referral" if self.digest or self.body is not None else ""))
        self.problem = problem


def send_many(body: Any, *, by: Actor) -> list[dict[str, Any]]:
    """A result for each item of `body`, in order; a bad one leaves the others alone.

    Raises:
        Invalid: `body` is no list of items.
        NotAllowed: `by` may not send.
    """
    reader = ItemSerializer()  # making one takes longer than reading by it
    items = [_read(place, item, reader) for place, item in enumerate(read_values(BatchSerializer(), body)["items"])]
    keys = {item.key for item in items if item.key}
    _check(items, sent_with(by, keys))
    _send({item.key: item for item in items if item.draft and item.key}, by=by)
    sent = sent_with(by, keys)
    for item in items:
        if item.problem is None and bytes(sent[item.key or ""].digest) != item.digest:
            item.fail(KeyReused())
    answered = [(sent[item.key or ""], item.body) for item in items if item.problem is None]
    answers = iter(answers_to_sending(answered, by=by))
    return [
        {"idempotency_key": item.key, "status": 201, "referral": next(answers)}
        if item.problem is None
        else {"idempotency_key": item.key, "status": item.problem.status, "problem": item.problem.body()}
        for item in items
    ]


def _read(place: int, item: Any, reader: ItemSerializer) -> _Item:
    """The item by its form; a key that is none is not kept, for an answer had better not repeat it."""
    key = item.get("idempotency_key") if isinstance(item, Mapping) else None
    read = _Item(place, key if isinstance(key, str) and KEY.fullmatch(key) else None)
    try:
        read.body = read_values(reader, item)["referral"]
        read.digest = digest_of(read.body)
    except Problem as problem:
        read.fail(problem)
    return read


def _check(items: Iterable[_Item], earlier: Mapping[str, Referral]) -> None:
    """Give each item that is to be sent its draft: those whose key did not come before, and can be accepted."""
    digests = {key: bytes(referral.digest) for key, referral in earlier.items()}
    names, today, readers = register(), clock.today(), Readers()
    for item in items:
        if item.problem or item.key is None:
            continue
        if item.key in digests:
            if digests[item.key] != item.digest:
                item.fail(KeyReused())
            continue
        try:
            item.draft = read_draft(item.body, on=today, register=names, readers=readers)
            digests[item.key] = item.digest
        except Problem as problem:
            item.fail(problem)


def _send(items: Mapping[str, _Item], *, by: Actor) -> None:
    """Send all together; when PostgreSQL refuses that, each for itself, to find the one that is to blame."""
    drafts = {key: item.draft for key, item in items.items() if item.draft}
    try:
        with acting(by):
            send_referrals(drafts, by=by)
        return
    except DatabaseError as error:
        logger.warning("a batch of %s is sent one by one: %s", len(drafts), type(error).__name__)
    for key, draft in drafts.items():
        try:
            send_referral(draft, by=by, key=key)
        except KeyReused as problem:
            items[key].fail(problem)
        except DatabaseError as error:
            logger.error("item %s of a batch failed: %s", items[key].place, type(error).__name__)
            items[key].fail(Broken())
