"""DELETE /test-data/: a test client wipes what it has sent."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from kela_kunta.base.problems import NotAllowed
from referrals.actions.wiping import wipe_test_data


class WipedAnswer(serializers.Serializer[Any]):
    """What was wiped."""

    referrals = serializers.IntegerField(min_value=0, help_text=_("How many, with all that belonged to them."))


class WipeTestData(ApiView):
    """What the calling test client has sent."""

    scopes: ClassVar = {"DELETE": ("referrals:send",)}
    answered: ClassVar = {"DELETE": {200: WipedAnswer}}
    problems: ClassVar = {"DELETE": (NotAllowed,)}

    def delete(self, request: Request) -> Response:
        """Wipe all that you have sent as a test client.

        The referrals go with their clients, details, decisions, files, messages, receipts and events; the same
        idempotency keys may be used again. Cursors of test clients stay good. A live client may not do this, and
        live data cannot be reached by it.
        """
        return Response({"referrals": wipe_test_data(self.by.id, by=self.by)})
