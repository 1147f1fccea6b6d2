"""What a body is refused or warned for, as pairs of pointer and code."""

from __future__ import annotations

from datetime import date
from typing import Any

from contacts.rules.register import Municipality, Register
from kela_kunta.base.problems import Invalid
from referrals.drafts import read_draft, warnings
from referrals.types.base import Draft

DAY = date(2026, 11, 24)  # a Tuesday

REGISTER = Register(
    municipalities=[
        Municipality("837", "Tampere", "Tammerfors", None, None, None),
        Municipality("091", "Helsinki", "Helsingfors", None, None, None),
        Municipality("099", "Honkajoki", "Honkajoki", None, date(2020, 12, 31), "214"),
        Municipality("214", "Kankaanpää", "Kankaanpää", None, None, None),
        Municipality("999", "Tuleva", "Kommande", date(2030, 1, 1), None, None),
    ],
    authorities=[],
    duties=[],
)


def read(body: Any, *, on: date = DAY) -> Draft:
    return read_draft(body, on=on, register=REGISTER)


def refused(body: Any, *, on: date = DAY) -> set[tuple[str, str]]:
    """Why `body` cannot be sent; empty when it can."""
    try:
        read(body, on=on)
    except Invalid as problem:
        return {(error.pointer.removeprefix("#/"), error.code) for error in problem.errors}
    return set()


def sentence(body: Any, *, on: date = DAY) -> str:
    """The sentence of the one fault for which `body` is refused."""
    try:
        read(body, on=on)
    except Invalid as problem:
        (error,) = problem.errors
        return str(error.detail)
    raise AssertionError("nothing is refused")


def warned(body: Any, *, on: date = DAY) -> set[tuple[str, str]]:
    """What people are asked to look at once more before `body`, which can be sent, is sent."""
    return {(fault.path, fault.code) for fault in warnings(read(body, on=on), on=on, register=REGISTER)}
