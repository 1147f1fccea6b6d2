"""Kela's systems send: one referral, or up to a thousand, each with a key that makes sending again harmless."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from rest_framework.request import Request

from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.problems import Broken, KeyRequired, KeyReused, Problem
from referrals.actions.sending import send_referral
from referrals.api.answers import answers_to_sending
from referrals.api.bodies import KEY, BatchSerializer, ItemSerializer
from referrals.drafts import digest_of, read_draft, read_values
from referrals.models import Referral
from referrals.queries import sent_with

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


def send(body: Any, *, key: str, by: Actor, earlier: Referral | None) -> Referral:
    """Send what `body` writes, unless it was sent `earlier` with the same key.

    What was sent once is not checked again: the rules of that day held.

    Raises:
        Invalid: something in `body` cannot be accepted.
        KeyReused: the key came before with another body.
    """
    if earlier is not None:
        if bytes(earlier.digest) != digest_of(body):
            raise KeyReused
        return earlier
    return send_referral(read_draft(body, on=clock.today(), register=register()), by=by, key=key)[0]


def send_one(body: Any, *, key: str, by: Actor) -> dict[str, Any]:
    """The answer to the sending of `body`: the referral as it was then.

    Raises:
        Invalid, KeyReused.
    """
    referral = send(body, key=key, by=by, earlier=sent_with(by, [key]).get(key))
    return answers_to_sending([(referral, body)], by=by)[0]


def send_many(body: Any, *, by: Actor) -> list[dict[str, Any]]:
    """A result for each item of `body`, in order; a bad one leaves the others alone.

    Raises:
        Invalid: `body` is no list of items.
    """
    items = read_values(BatchSerializer(), body)["items"]
    keys = [_key(item) for item in items]
    earlier = sent_with(by, {key for key in keys if key})
    results = [_try(item, place, by, earlier) for place, item in enumerate(items)]
    answers = iter(answers_to_sending([result for result in results if not isinstance(result, Problem)], by=by))
    return [
        {"idempotency_key": key, "status": result.status, "problem": result.body()}
        if isinstance(result, Problem)
        else {"idempotency_key": key, "status": 201, "referral": next(answers)}
        for key, result in zip(keys, results, strict=True)
    ]


def _key(item: Any) -> str | None:
    """The item's key as given; None for what is no key, which an answer had better not repeat."""
    key = item.get("idempotency_key") if isinstance(item, Mapping) else None
    return key if isinstance(key, str) and KEY.fullmatch(key) else None


def _try(item: Any, place: int, by: Actor, earlier: dict[str, Referral]) -> tuple[Referral, Any] | Problem:
    """What came of one item, with its body; `earlier` grows by what was sent."""
    inside = f"#/items/{place}"
    try:
        read = read_values(ItemSerializer(), item)
        key, body = read["idempotency_key"], read["referral"]
        inside += "/referral"
        with acting(by):
            earlier[key] = send(body, key=key, by=by, earlier=earlier.get(key))
        return earlier[key], body
    except Problem as problem:
        problem.errors = [replace(error, pointer=inside + error.pointer.removeprefix("#")) for error in problem.errors]
        return problem
    except DatabaseError as error:
        logger.error("item %s of a batch failed: %s", place, type(error).__name__)
        return Broken()
