"""GET and POST /referrals/<id>/messages/, POST /referrals/<id>/messages/read/: the conversation on one referral."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from accounts.models import Look
from contacts.queries import register
from kela_kunta.base.inputs import FlagField, StrictSerializer, TextField
from kela_kunta.base.paging import BadCursor
from kela_kunta.base.problems import BadParameters, FieldError
from kela_kunta.base.reading import read_values
from referrals import queries, wording
from referrals.actions import messaging
from referrals.api import schema
from referrals.api.answers import moment
from referrals.queries.messages import Said, said

READ = ("referrals:read", "inbox:read")
WRITE = ("referrals:send", "inbox:write")
MOST, USUAL = 200, 50  # messages on a page


class MessageSerializer(StrictSerializer):
    """What is said to the other side, or noted for one's own."""

    text = TextField(max_length=messaging.LONGEST_TEXT, lines=4, label=gettext_lazy("Message"))
    internal = FlagField(
        default=False,
        label=gettext_lazy("Internal note"),
        help_text=gettext_lazy("True keeps it to your own side: the other side never learns of it."),
    )


class ReadSerializer(StrictSerializer):
    """How far the caller has read."""

    upto = serializers.UUIDField(
        default=None, help_text=gettext_lazy("The last message that was read; by default the newest.")
    )


class MessageParameters(serializers.Serializer[Any]):
    """Which page of the messages."""

    cursor = serializers.CharField(
        default=None, max_length=500, help_text=gettext_lazy("The place in the list, from `next` or `previous`.")
    )
    limit = serializers.IntegerField(
        default=USUAL, min_value=1, max_value=MOST, help_text=gettext_lazy("How many on a page.")
    )


class MessageAnswer(serializers.Serializer[Any]):
    """A message to the other side, or a note of the caller's own."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    authority = schema.NamedAuthority(help_text=gettext_lazy("For whom it was written: Kela, or the receiver of then."))
    author = serializers.CharField(help_text=gettext_lazy("The person or system that wrote it."))
    text = serializers.CharField()
    internal = serializers.BooleanField(help_text=gettext_lazy("Shown to your own side alone."))
    is_read = serializers.BooleanField(
        help_text=gettext_lazy(
            "Whether you have read it, as told by `messages/read/`; of your own side's messages, whether anybody of the "
            "other side has."
        )
    )
    version = serializers.IntegerField(
        allow_null=True, help_text=gettext_lazy("The referral's version after it; null for a note, which makes none.")
    )


class MessagesPage(serializers.Serializer[Any]):
    """Some messages, in the order of writing, and the addresses of what lies before and after, relative to this one."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = MessageAnswer(many=True)


class Messages(ApiView):
    """The conversation on one referral."""

    scopes: ClassVar = {"GET": READ, "POST": WRITE}
    parameters: ClassVar = {"GET": MessageParameters}
    told: ClassVar = {"POST": MessageSerializer}
    answered: ClassVar = {"GET": {200: MessagesPage}, "POST": {201: MessageAnswer}}

    def get(self, request: Request, referral_id: UUID) -> Response:
        """What both sides wrote, and what your own side noted for itself, oldest first. Reading marks nothing read."""
        queries.referral_for(self.by, referral_id, look=Look.API)
        try:
            page, found = queries.messages_on(
                self.by, referral_id, cursor=self.asked["cursor"], size=self.asked["limit"]
            )
        except BadCursor as error:
            fault = FieldError("?cursor", "bad_cursor", _("This is no place in the list."))
            raise BadParameters(errors=[fault]) from error
        return Response(
            {"next": self._place(page.next), "previous": self._place(page.previous), "results": answers(found)}
        )

    def post(self, request: Request, referral_id: UUID) -> Response:
        """Write to the other side, in any status of the referral, or with `internal` note something for your own.

        A message makes a new version of the referral and the change `message`, in which its text does not
        stand; no `If-Match` is asked for. A note makes neither.
        """
        queries.referral_for(self.by, referral_id, look=Look.API)
        told = read_values(MessageSerializer(), request.data)
        write = messaging.note if told["internal"] else messaging.write_message
        message = write(referral_id, by=self.by, text=told["text"])
        return Response(answers(said(self.by, referral_id, [message]))[0], status=201)

    def _place(self, cursor: str | None) -> str | None:
        """The address of another page, relative to this one."""
        return "?" + urlencode({"cursor": cursor, "limit": self.asked["limit"]}) if cursor else None


class MessagesReadView(ApiView):
    """What the caller has read."""

    scopes: ClassVar = {"POST": READ}
    told: ClassVar = {"POST": ReadSerializer}
    answered: ClassVar = {"POST": {204: None}}

    def post(self, request: Request, referral_id: UUID) -> Response:
        """Say that you have read the messages, up to one of them or all that there are."""
        told = read_values(ReadSerializer(), request.data)
        messaging.mark_read(referral_id, by=self.by, upto=told["upto"])
        return Response(status=204)


def answers(found: Iterable[Said]) -> list[dict[str, Any]]:
    """Messages as the API answers them. One statement, for the authorities' names."""
    names = register()
    return [
        {
            "id": str(one.message.pk),
            "at": moment(one.message.at),
            "authority": {"code": one.message.side, "name": wording.authority_name(one.message.side, names)},
            "author": one.message.author_name,
            "text": one.message.text,
            "internal": one.message.internal,
            "is_read": one.is_read,
            "version": one.message.version,
        }
        for one in found
    ]
