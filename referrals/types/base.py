"""What a referral type consists of. Each type stands whole in a file of its own beside this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from rest_framework import serializers

from referrals.models.referral import Referral
from referrals.rules.routing import Places

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a draft: where (dotted path from the top, such as "details.months"), which rule, and
    the sentence for people. A warning is shown before sending and refuses nothing."""

    path: str
    code: str
    detail: Text
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A referral as written, parsed and typed but not sent.

    `client`, `common` and `details` hold columns of the tables of the same name
    (`client["identity_code"]` in clear); `decision` those of the first basic decision, `attachments`
    those of the files that are going to be uploaded.
    """

    type: ReferralType
    client: Mapping[str, Any]
    common: Mapping[str, Any]
    details: Mapping[str, Any]
    decision: Mapping[str, Any] | None
    digest: bytes
    attachments: Sequence[Mapping[str, Any]] = ()

    @property
    def urgent(self) -> bool:
        """What the receiver's deadline, the routing and the statistics go by."""
        return self.type.is_urgent(self.details)


class Details(models.Model):
    """Base of the detail tables, one row a referral."""

    referral = models.OneToOneField(Referral, models.PROTECT, primary_key=True, related_name="%(class)s")

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True, eq=False)
class ReferralType:
    """All that differs by type.

    `serializer` reads and answers `details` (its validated data are columns of `model`);
    `check` yields the faults of a draft sent on a day, apart from those of single fields;
    `matter` says in a few words what it is about, in the client's own matter, for lists;
    `when` tells a handler in a sentence when to use it; `least_months` is how many months
    of assistance it takes, for the form to ask for.
    To `check` a value that was itself refused is None, so that all faults are told at once.
    A new one `replaces` the same person's former one with the same values in these columns.
    """

    code: str
    number: int
    mark: str
    label: Text
    short_label: Text
    when: Text
    law: str
    model: type[Details]
    serializer: type[serializers.Serializer[Any]]
    places: Places
    outcomes: Mapping[str, Text]
    matter: Callable[[Any], str]
    check: Callable[[Draft, date], Iterable[Fault]]
    is_urgent: Callable[[Mapping[str, Any]], bool] = lambda details: False
    outcomes_needing_text: frozenset[str] = field(default_factory=frozenset)
    can_be_urgent: bool = False
    discussion_requested_on: Callable[[Mapping[str, Any]], date | None] = lambda details: None
    takes_decision: bool = False
    is_alert: bool = False
    begins_on: date | None = None
    replaces: tuple[str, ...] = ()
    least_months: int = 0

    @property
    def slug(self) -> str:
        return self.code.replace("_", "-")

    @property
    def related_name(self) -> str:
        """The attribute of a referral that holds its details."""
        return self.model.__name__.lower()
