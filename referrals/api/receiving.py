"""POST /referrals/<id>/receipt/: the technical receipt of the receiver's client information system."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from accounts.models import Look
from kela_kunta.base.inputs import CodeField, FlagField, StrictSerializer, TextField
from kela_kunta.base.problems import NotAllowed
from kela_kunta.base.reading import read_values
from referrals import queries, wording
from referrals.actions.receiving import give_receipt
from referrals.api import schema
from referrals.api.answers import moment

LONGEST_DETAIL = 2_000  # characters


class ReceiptSerializer(StrictSerializer):
    """Whether the system took the referral in, and if not, why."""

    accepted = FlagField(label=_("Accepted"))  # type: ignore[assignment]  # the interface's name
    code = CodeField(
        wording.RECEIPT_FAULTS, required=False, label=_("Fault"), help_text=_("Required when it was not accepted.")
    )
    detail = TextField(
        max_length=LONGEST_DETAIL,
        lines=3,
        required=False,
        label=_("More about the fault"),
        help_text=_("Required with `other`. Read by Kela's supervisor: nothing of the client belongs here."),
    )


class ReceiptAnswer(serializers.Serializer[Any]):
    """The receipt as it is kept."""

    accepted = serializers.BooleanField()
    code = serializers.CharField(allow_null=True)
    detail = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()
    version = serializers.IntegerField(min_value=1, help_text=_("The referral's version after it, for If-Match."))


class GiveReceipt(ApiView):
    """The technical receipt of the receiver's client information system."""

    scopes: ClassVar = {"POST": ("inbox:write",)}
    told: ClassVar = {"POST": ReceiptSerializer}
    answered: ClassVar = {"POST": {200: ReceiptAnswer}}
    headers_told: ClassVar = {"POST": [schema.ETAG]}
    problems: ClassVar = {"POST": (NotAllowed,)}

    def post(self, request: Request, referral_id: UUID) -> Response:
        """Say that your system took the referral in, or why it could not.

        It changes neither the status nor a deadline, and takes nothing out of the people's inbox: to give a referral
        back, return it. What was not accepted is shown to Kela's supervisors until your system accepts it after all.
        The same receipt again changes nothing; another one makes a new version and the change `receipt`.
        """
        queries.referral_for(self.by, referral_id, look=Look.API)
        told = read_values(ReceiptSerializer(), request.data)
        receipt = give_receipt(referral_id, by=self.by, **told)
        answer = {
            "accepted": receipt.accepted,
            "code": receipt.code or None,
            "detail": receipt.detail or None,
            "at": moment(receipt.at),
            "version": receipt.version,
        }
        return Response(answer, headers={"ETag": f'"{receipt.version}"'})
