"""Referrals and their answers, described for the API's readers; a test holds the answers to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from accounts.schema import ProblemSerializer
from referrals import wording
from referrals.api.bodies import KEY_SCHEMA, MOST_ITEMS, KeyField
from referrals.drafts import serializer_for
from referrals.types import TYPES
from referrals.types.base import ReferralType


class NamedAuthority(serializers.Serializer[Any]):
    """An authority."""

    code = serializers.CharField(help_text=_("Such as county-08."))
    name = serializers.CharField(help_text=_("In the language of the answer."))


class RoutingReason(serializers.Serializer[Any]):
    """Why it went there, or nowhere."""

    code = serializers.CharField()
    text = serializers.CharField(help_text=_("In the language of the answer."))


class Outcome(serializers.Serializer[Any]):
    """What became of it."""

    code = serializers.CharField(help_text=_("One of the outcomes of the referral's type."))
    text = serializers.CharField(allow_blank=True, help_text=_("What the authority wrote."))
    label = serializers.CharField(  # type: ignore[assignment]
        help_text=_("The outcome in the language of the answer.")
    )


class Returned(serializers.Serializer[Any]):
    """Why it came back."""

    reason = serializers.CharField()
    text = serializers.CharField(help_text=_("What the authority wrote."))
    proposed_authority = serializers.CharField(allow_null=True, help_text=_("The authority that it belongs to."))


class LastReceipt(serializers.Serializer[Any]):
    """What the client information system of the authority that has it said last."""

    accepted = serializers.BooleanField()
    code = serializers.ChoiceField(list(wording.RECEIPT_FAULTS.items()), allow_null=True)
    at = serializers.DateTimeField()


class WhatBecameOfIt(serializers.Serializer[Any]):
    """What an answer has beside the referral as it was sent."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(list(wording.STATUSES.items()))
    version = serializers.IntegerField(min_value=1, help_text=_("Also the ETag, in quotes."))
    sent_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    receiving_authority = NamedAuthority(allow_null=True)
    routing_reason = RoutingReason(allow_null=True)
    due_on = serializers.DateField(allow_null=True, help_text=_("By when the authority has to act, while it is open."))
    first_due_on = serializers.DateField(allow_null=True, help_text=_("The first authority's deadline."))
    urgent = serializers.BooleanField(help_text=_("What the deadline and the statistics go by."))
    test = serializers.BooleanField(help_text=_("Whether a test client sent it: then only test clients see it."))
    outcome = Outcome(allow_null=True)
    returned = Returned(allow_null=True)
    receipt = LastReceipt(allow_null=True)


def _answer_of(kind: ReferralType) -> type[serializers.Serializer[Any]]:
    doc = f"A referral of type `{kind.code}`: what was sent, and what became of it."
    fields = {**WhatBecameOfIt._declared_fields, "__doc__": doc}
    return type(f"{kind.model.__name__}Answer", (serializer_for(kind),), fields)


SENT = PolymorphicProxySerializer(
    component_name="Referral",
    serializers={code: serializer_for(kind) for code, kind in TYPES.items()},
    resource_type_field_name="type",
)
ANSWER = PolymorphicProxySerializer(
    component_name="ReferralAnswer",
    serializers={code: _answer_of(kind) for code, kind in TYPES.items()},
    resource_type_field_name="type",
)


@extend_schema_field(ANSWER)
class AnswerField(serializers.JSONField):
    """A referral as answered."""


class Page(serializers.Serializer[Any]):
    """Some referrals of a list, and the addresses of what lies before and after, relative to this one."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = serializers.ListField(child=AnswerField())


@extend_schema_field(SENT)
class SentField(serializers.JSONField):
    """A referral as sent."""


class Item(serializers.Serializer[Any]):
    """One referral of a batch, with a key of its own."""

    idempotency_key = KeyField()
    referral = SentField()


class BatchOfReferrals(serializers.Serializer[Any]):
    """Referrals to be sent, each for itself."""

    items = serializers.ListField(child=Item(), min_length=1, max_length=MOST_ITEMS)


class ItemSent(serializers.Serializer[Any]):
    """An item that was sent, now or before."""

    idempotency_key = serializers.CharField()
    status = serializers.ChoiceField([(201, "Sent")])
    referral = AnswerField()


class ItemRefused(serializers.Serializer[Any]):
    """An item that was refused; the others are not touched by that."""

    idempotency_key = serializers.CharField(allow_null=True, help_text=_("Null when the item had no valid key."))
    status = serializers.IntegerField(min_value=400, help_text=_("The status of the problem."))
    problem = ProblemSerializer()


@extend_schema_field(
    PolymorphicProxySerializer("Result", serializers=[ItemSent, ItemRefused], resource_type_field_name=None)
)
class ResultField(serializers.JSONField):
    """What came of one item."""


class BatchAnswer(serializers.Serializer[Any]):
    """A result for each item, in order."""

    results = serializers.ListField(child=ResultField())


KEY_HEADER = OpenApiParameter(
    "Idempotency-Key",
    KEY_SCHEMA,
    OpenApiParameter.HEADER,
    required=True,
    description="Yours to choose; sending again with the same key and body answers the first result again.",
)
VERSION_HEADER = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^"[0-9]{1,9}"$', "example": '"3"'},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the referral that you read.",
)
VERSION_IF_WANTED = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^"[0-9]{1,9}"$', "example": '"3"'},
    OpenApiParameter.HEADER,
    description="The ETag of the referral that you read; without it the newest version is meant.",
)
ETAG = OpenApiParameter(
    "ETag",
    {"type": "string", "pattern": '^"[0-9]{1,9}"$', "example": '"3"'},
    OpenApiParameter.HEADER,
    response=[200, 201],
    required=True,
    description="The referral's version, in quotes.",
)
LOCATION = OpenApiParameter(
    "Location",
    {"type": "string", "format": "uri-reference"},
    OpenApiParameter.HEADER,
    response=[201],
    required=True,
    description="The referral's address, relative to this one.",
)
