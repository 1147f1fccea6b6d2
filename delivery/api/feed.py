"""GET /inbox/changes/: the change feed."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from delivery.actions.fetching import note_fetch
from delivery.queries import feed
from delivery.rules import cursors
from delivery.rules.cursors import BadCursor, Place
from kela_kunta.base.problems import BadParameters, FieldError

USUAL, MOST = 200, 1000  # changes in an answer


class ChangesParameters(serializers.Serializer[Any]):
    """Which part of the feed."""

    after = serializers.CharField(
        default=None,
        max_length=200,
        trim_whitespace=False,
        help_text=_(
            "The last `next` or `cursor` that you have dealt with; without it the feed begins at its beginning."
        ),
    )
    limit = serializers.IntegerField(default=USUAL, min_value=1, max_value=MOST, help_text=_("How many at most."))


class ChangeAnswer(serializers.Serializer[Any]):
    """One change. What the referral holds is fetched by its own call, as long as the authority has it."""

    cursor = serializers.CharField(help_text=_("The place behind this change: opaque, and good for ever."))
    referral = serializers.UUIDField()
    kind = serializers.CharField(
        help_text=_(
            "What happened, such as `delivered`, `withdrawn` or `decision_attached`; `transferred`, `succeeded` and "
            "`rerouted` tell that it left for another authority."
        )
    )
    status = serializers.CharField(help_text=_("The referral's status after it."))
    version = serializers.IntegerField(min_value=1, help_text=_("The referral's version after it."))
    at = serializers.DateTimeField(help_text=_("When it happened. Go by `cursor`, not by this."))


class ChangesAnswer(serializers.Serializer[Any]):
    """A part of the feed, in order."""

    changes = ChangeAnswer(many=True)
    next = serializers.CharField(
        help_text=_("What to give as `after` next time."),
    )


class Changes(ApiView):
    """What happened to what the authority has received."""

    scopes: ClassVar = {"GET": ("inbox:read",)}
    parameters: ClassVar = {"GET": ChangesParameters}
    answered: ClassVar = {"GET": {200: ChangesAnswer}}

    def get(self, request: Request) -> Response:
        """Every change to what the authority receives, in order, each at least once.

        Deal with an answer, keep its `next`, and ask again with it: nothing is skipped, however
        many write at the same time. A cursor stays good for ever, also after the database was
        restored elsewhere; where changes were lost by that, it is refused with `bad_cursor`: compare
        by `GET /inbox/reconcile/`, then begin at the beginning. A cursor is no counter: changes that do not
        show to the caller, such as those of people under non-disclosure, leave no trace.
        """
        given = self.asked["after"]
        try:
            place = Place.beginning(self.by.authority) if given is None else cursors.read(given)
            found = feed.changes(self.by, after=place, limit=self.asked["limit"])
        except BadCursor as error:
            fault = FieldError("?after", "bad_cursor", _("This is no place in your feed."))
            raise BadParameters(errors=[fault]) from error
        reached = self._behind(found[-1]) if found else place
        note_fetch(by=self.by, number=reached.number)
        return Response({"changes": [self._told(change) for change in found], "next": cursors.write(reached)})

    def _behind(self, change: feed.Change) -> Place:
        return Place(self.by.authority, change.number, change.tag)

    def _told(self, change: feed.Change) -> dict[str, Any]:
        return {
            "cursor": cursors.write(self._behind(change)),
            "referral": str(change.subject_id),
            "kind": change.kind,
            "status": change.status,
            "version": change.version,
            "at": f"{change.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        }
