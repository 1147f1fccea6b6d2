"""The calls by which a system keeps its webhooks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from delivery.actions import subscribing
from delivery.models import State, Subscription
from delivery.queries import webhooks as queries
from delivery.queries.webhooks import Told
from delivery.rules import cursors
from delivery.rules.addresses import url_fault
from delivery.rules.cursors import Place
from delivery.rules.kinds import KINDS
from kela_kunta.base.inputs import CodesField, NothingSerializer, StrictSerializer, TextField
from kela_kunta.base.paging import BadCursor, Page
from kela_kunta.base.problems import BadParameters, FieldError
from kela_kunta.base.reading import read_values

WRITE = ("inbox:write",)


class AddressField(TextField):
    """An address that webhooks may be sent to."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not_an_address": _("Write an address like https://example.com/referrals, in letters of ASCII."),
        "not_https": _("The address must begin with https://."),
        "has_credentials": _("Leave user name and password out of the address: calls are signed."),
        "has_fragment": _("Leave out what stands behind #."),
        "port": _("Webhooks are not called at this port."),
        "not_public": _("This host is not one of the public internet."),
    }

    def to_internal_value(self, data: Any) -> str:
        url = super().to_internal_value(data)
        if fault := url_fault(url, ports=settings.WEBHOOK_PORTS, loopback=settings.WEBHOOK_LOOPBACK):
            self.fail(fault)
        return url


class WebhookSerializer(StrictSerializer):
    """Who wants to be told of what."""

    url = AddressField(max_length=500, help_text=_("Called by POST, over https, where it is a public host."))
    kinds = CodesField(
        dict.fromkeys(KINDS),
        required=False,
        default=list,
        max_length=len(KINDS),
        help_text=_("The kinds of change to be told of; all when there are none."),
    )


class WebhookAnswer(serializers.Serializer[Any]):
    """A webhook and how it does."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    kinds = serializers.ListField(child=serializers.ChoiceField(KINDS), help_text=_("Empty: all."))
    state = serializers.ChoiceField(State.choices)
    created_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True, help_text=_("When a call last got through."))
    failing_since = serializers.DateTimeField(allow_null=True, help_text=_("The first failure since then."))
    stopped_at = serializers.DateTimeField(allow_null=True)
    former_secret_until = serializers.DateTimeField(
        allow_null=True, help_text=_("Until then calls are signed with the former secret too.")
    )


class NewWebhookAnswer(WebhookAnswer):
    """A webhook with its secret, which is shown only now."""

    secret = serializers.CharField(help_text=_("`whsec_` and the key in base64, as Standard Webhooks has it."))


class WebhooksAnswer(serializers.Serializer[Any]):
    """The authority's webhooks, oldest first."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = WebhookAnswer(many=True)


class DeliveryAnswer(serializers.Serializer[Any]):
    """One call that was or is to be made; `referral`, `kind`, `status`, `version` and `cursor` are what it tells."""

    id = serializers.UUIDField(help_text=_("Also the call's `webhook-id`."))
    referral = serializers.UUIDField(allow_null=True)
    kind = serializers.CharField(allow_null=True)
    status = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    cursor = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    attempts = serializers.IntegerField(min_value=0)
    next_attempt_at = serializers.DateTimeField(allow_null=True, help_text=_("Null when it came to its end."))
    last_status = serializers.IntegerField(allow_null=True, help_text=_("The last answer's HTTP status."))
    last_error = serializers.CharField(
        allow_blank=True,
        help_text=_(
            "Why the last call did not get through: answered_error, busy, redirected, gone, timed_out, unreachable, "
            "unknown_host, tls_failed, connection_lost, forbidden_address or event_gone."
        ),
    )
    delivered_at = serializers.DateTimeField(allow_null=True)
    dead_at = serializers.DateTimeField(allow_null=True, help_text=_("When it was given up."))


class DeliveriesAnswer(serializers.Serializer[Any]):
    """A webhook's calls, latest change first."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = DeliveryAnswer(many=True)


class PageParameters(serializers.Serializer[Any]):
    """Which page of a list."""

    cursor = serializers.CharField(
        default=None, max_length=500, help_text=_("The place in the list, from `next` or `previous`.")
    )
    limit = serializers.IntegerField(default=50, min_value=1, max_value=200, help_text=_("How many on a page."))


class WebhookView(ApiView):
    """A call about webhooks."""

    def page(self, found: Page[Any], results: list[dict[str, Any]]) -> Response:
        return Response({"next": self._place(found.next), "previous": self._place(found.previous), "results": results})

    def _place(self, cursor: str | None) -> str | None:
        """The address of another page of the same list, relative to this one."""
        return "?" + urlencode({"cursor": cursor, "limit": self.asked["limit"]}) if cursor else None


class Webhooks(WebhookView):
    """The authority's webhooks."""

    scopes: ClassVar = {"GET": WRITE, "POST": WRITE}
    parameters: ClassVar = {"GET": PageParameters}
    told: ClassVar = {"POST": WebhookSerializer}
    answered: ClassVar = {"GET": {200: WebhooksAnswer}, "POST": {201: NewWebhookAnswer}}

    def get(self, request: Request) -> Response:
        """The authority's webhooks, oldest first."""
        try:
            found = queries.subscriptions(self.by, cursor=self.asked["cursor"], size=self.asked["limit"])
        except BadCursor as error:
            raise _bad_cursor() from error
        return self.page(found, [_webhook(subscription) for subscription in found])

    def post(self, request: Request) -> Response:
        """Be called at an address whenever something happens, beginning now.

        Each change is told by a POST of its own, signed as Standard Webhooks has it: verify `webhook-signature` over
        the bytes that came, refuse a `webhook-timestamp` that is more than five minutes off, and take a `webhook-id`
        that you have seen for a repetition. The body is
        `{"type": "referral.delivered", "timestamp", "data": {"referral", "kind", "status", "version", "cursor"}}`.
        Calls may come twice and out of order; the change feed is the whole account, and any `cursor` leads into it.

        Answer with 2xx within 10 seconds. Anything else is tried again for three days, with longer and longer waits;
        `Retry-After` is kept to, up to 6 hours. 410 ends the webhook. One that has not answered for three days is
        paused, and its authority's leads are told by e-mail; resuming it sends all that it missed.
        """
        asked = read_values(WebhookSerializer(), request.data)
        subscription, secret = subscribing.subscribe(asked["url"], asked["kinds"], by=self.by)
        return Response(
            _webhook(subscription) | {"secret": secret}, status=201, headers={"Location": f"{subscription.pk}/"}
        )


class OneWebhook(WebhookView):
    """One of the authority's webhooks."""

    scopes: ClassVar = {"DELETE": WRITE}
    answered: ClassVar = {"DELETE": {204: None}}

    def delete(self, request: Request, webhook_id: UUID) -> Response:
        """End it. Nothing is sent any more, and its log is gone."""
        subscribing.unsubscribe(webhook_id, by=self.by)
        return Response(status=204)


class Rotate(WebhookView):
    """A new secret."""

    scopes: ClassVar = {"POST": WRITE}
    told: ClassVar = {"POST": NothingSerializer}
    answered: ClassVar = {"POST": {200: NewWebhookAnswer}}

    def post(self, request: Request, webhook_id: UUID) -> Response:
        """Change the secret. For 24 hours calls carry two signatures, one by each secret."""
        read_values(NothingSerializer(), request.data)
        subscription, secret = subscribing.rotate(webhook_id, by=self.by)
        return Response(_webhook(subscription) | {"secret": secret})


class Resume(WebhookView):
    """Call it again."""

    scopes: ClassVar = {"POST": WRITE}
    told: ClassVar = {"POST": NothingSerializer}
    answered: ClassVar = {"POST": {200: WebhookAnswer}}

    def post(self, request: Request, webhook_id: UUID) -> Response:
        """Call a webhook again that was paused or has ended, beginning with all that it missed."""
        read_values(NothingSerializer(), request.data)
        return Response(_webhook(subscribing.resume(webhook_id, by=self.by)))


class Deliveries(WebhookView):
    """What one webhook was told."""

    scopes: ClassVar = {"GET": WRITE}
    parameters: ClassVar = {"GET": PageParameters}
    answered: ClassVar = {"GET": {200: DeliveriesAnswer}}

    def get(self, request: Request, webhook_id: UUID) -> Response:
        """The calls of the last 90 days, latest change first, and what came of them."""
        try:
            found = queries.deliveries(self.by, webhook_id, cursor=self.asked["cursor"], size=self.asked["limit"])
        except BadCursor as error:
            raise _bad_cursor() from error
        return self.page(found, [_delivery(told) for told in queries.told(self.by, found.rows)])


class Resend(WebhookView):
    """Tell one change again."""

    scopes: ClassVar = {"POST": WRITE}
    told: ClassVar = {"POST": NothingSerializer}
    answered: ClassVar = {"POST": {200: DeliveryAnswer}}

    def post(self, request: Request, webhook_id: UUID, delivery_id: UUID) -> Response:
        """Make one call again, whatever became of it, with the same `webhook-id`."""
        read_values(NothingSerializer(), request.data)
        delivery = subscribing.resend(webhook_id, delivery_id, by=self.by)
        return Response(_delivery(queries.told(self.by, [delivery])[0]))


def _bad_cursor() -> BadParameters:
    return BadParameters(errors=[FieldError("?cursor", "bad_cursor", _("This is no place in the list."))])


def _webhook(subscription: Subscription) -> dict[str, Any]:
    return {
        "id": str(subscription.pk),
        "url": subscription.url,
        "kinds": subscription.kinds,
        "state": str(subscription.state),
        "created_at": _moment(subscription.created_at),
        "delivered_at": _moment(subscription.delivered_at),
        "failing_since": _moment(subscription.failing_since),
        "stopped_at": _moment(subscription.stopped_at),
        "former_secret_until": _moment(subscription.former_until),
    }


def _delivery(told: Told) -> dict[str, Any]:
    delivery, event = told.delivery, told.event
    change: dict[str, Any] = dict.fromkeys(("referral", "kind", "status", "version", "cursor"))
    if event is not None:
        place = Place(event.authority_id or "", delivery.number, cursors.tag(event.subject_id, event.version))
        change = {
            "referral": str(event.subject_id),
            "kind": event.kind,
            "status": event.status,
            "version": event.version,
            "cursor": cursors.write(place),
        }
    return {
        "id": str(delivery.pk),
        **change,
        "created_at": _moment(delivery.created_at),
        "attempts": delivery.attempts,
        "next_attempt_at": _moment(delivery.next_attempt_at),
        "last_status": delivery.last_status,
        "last_error": delivery.last_error,
        "delivered_at": _moment(delivery.delivered_at),
        "dead_at": _moment(delivery.dead_at),
    }


def _moment(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if moment else None
