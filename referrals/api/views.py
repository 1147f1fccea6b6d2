"""The calls about referrals: send, read, and move them."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import Any, ClassVar, cast
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ApiView
from accounts.models import Look
from kela_kunta.base import clock
from kela_kunta.base.inputs import NothingSerializer
from kela_kunta.base.paging import BadCursor
from kela_kunta.base.problems import (
    BadParameters,
    FieldError,
    KeyRequired,
    KeyReused,
    MoveForbidden,
    Stale,
    VersionRequired,
)
from kela_kunta.base.reading import read_values
from referrals import drafts, queries
from referrals.actions import correcting, working
from referrals.api import bodies, schema, sending
from referrals.api.answers import answer, answers
from referrals.api.parameters import ListParameters, wanted
from referrals.models import Referral
from referrals.rules.lifecycle import AUTHORITY_SYSTEM
from referrals.types.decision import BasicDecisionSerializer

SEND, READ = ("referrals:send",), ("referrals:read", "inbox:read")
MOVE = ("inbox:write",)

_ETAG = re.compile(r'"([0-9]{1,9})"')
_NO_VERSION = -1  # no referral has it: a tag that we never gave matches none


class Referrals(ApiView):
    """The referrals that the caller may see."""

    scopes: ClassVar = {"GET": READ, "POST": SEND}
    parameters: ClassVar = {"GET": ListParameters}
    told: ClassVar = {"POST": schema.SENT}
    answered: ClassVar = {"GET": {200: schema.Page}, "POST": {201: schema.ANSWER}}
    headers_told: ClassVar = {"POST": [schema.KEY_HEADER, schema.ETAG, schema.LOCATION]}
    problems: ClassVar = {"POST": (KeyRequired, KeyReused)}

    def get(self, request: Request) -> Response:
        """A page, latest sent first; with `updated_after` by the last change, oldest first."""
        order = ("updated_at", "id") if self.asked["updated_after"] else ("-sent_at", "-id")
        mine = Q(receiving_authority=self.by.authority) if self.by.role == AUTHORITY_SYSTEM else Q()
        if self.by.test:
            mine &= Q(test=True)  # for the index; the few tests lie far apart in the archive
        try:
            page = queries.worklist(
                self.by,
                mine,
                wanted(self.asked),
                order=order,
                cursor=self.asked["cursor"],
                size=self.asked["limit"],
                look=Look.API,
            )
        except BadCursor as error:
            raise BadParameters(
                errors=[FieldError("?cursor", "bad_cursor", _("This is no place in the list."))]
            ) from error
        return Response(
            {
                "next": self._place(page.next),
                "previous": self._place(page.previous),
                "results": answers(page.rows, by=self.by),
            }
        )

    def post(self, request: Request) -> Response:
        """Send a referral; a repetition with the same key answers the first result."""
        key = sending.key_of(request)
        return _sent(sending.send_one(request.data, key=key, by=self.by))

    def _place(self, cursor: str | None) -> str | None:
        """The address of another page of the same list, relative to this one."""
        if cursor is None:
            return None
        others = {name: value for name, value in self.request.query_params.items() if name != "cursor"}
        return "?" + urlencode({"cursor": cursor} | others)


class Batch(ApiView):
    """Many sendings at once."""

    scopes: ClassVar = {"POST": SEND}
    told: ClassVar = {"POST": schema.BatchOfReferrals}
    answered: ClassVar = {"POST": {200: schema.BatchAnswer}}

    def post(self, request: Request) -> Response:
        """Send up to 1 000 referrals, each with a result of its own."""
        return Response({"results": sending.send_many(request.data, by=self.by)})


class OneReferral(ApiView):
    """One referral that the caller may see."""

    scopes: ClassVar = {"GET": READ}
    answered: ClassVar = {"GET": {200: schema.ANSWER}}
    headers_told: ClassVar = {"GET": [schema.ETAG]}

    def get(self, request: Request, referral_id: UUID) -> Response:
        """The referral as it is now."""
        return _answered(answer(queries.referral_for(self.by, referral_id, look=Look.API), by=self.by))


class Decision(ApiView):
    """Kela's basic decision on the same matter."""

    scopes: ClassVar = {"POST": SEND}
    told: ClassVar = {"POST": BasicDecisionSerializer}
    answered: ClassVar = {"POST": {200: schema.ANSWER}}
    headers_told: ClassVar = {"POST": [schema.VERSION_IF_WANTED, schema.ETAG]}
    problems: ClassVar = {"POST": (MoveForbidden, Stale)}

    def post(self, request: Request, referral_id: UUID) -> Response:
        """Attach the basic decision with its calculation, or correct it."""
        referral = queries.referral_for(self.by, referral_id, look=Look.API)
        written: Any = request.data
        decision = drafts.read_decision(written, on=clock.today())
        changed = correcting.attach_decision(referral_id, decision, by=self.by, version=version_of(request))
        return _answered(answer(_become(referral, changed), by=self.by))


class MoveView(ApiView):
    """A move of the life cycle, which the receiving authority makes."""

    scopes: ClassVar = {"POST": MOVE}
    told: ClassVar = {"POST": NothingSerializer}
    answered: ClassVar = {"POST": {200: schema.ANSWER}}
    headers_told: ClassVar = {"POST": [schema.VERSION_HEADER, schema.ETAG]}
    problems: ClassVar = {"POST": (MoveForbidden, Stale, VersionRequired)}
    needs_version: ClassVar[bool] = True

    def post(self, request: Request, referral_id: UUID) -> Response:
        version = version_of(request)
        if version is None and self.needs_version:
            raise VersionRequired
        # Read whole before the move: who has handed it over may not see it any more.
        referral = queries.referral_for(self.by, referral_id, look=Look.API)
        told = read_values(self.told["POST"](), request.data)
        changed = self.move(referral_id, by=self.by, version=version, **told)
        return _answered(answer(_become(referral, changed), by=self.by))

    @abstractmethod
    def move(self, referral_id: UUID, **told: Any) -> Referral:
        """Make the move and give back what the referral has become."""


class Withdraw(MoveView):
    """The sender takes it back."""

    scopes: ClassVar = {"POST": SEND}
    told: ClassVar = {"POST": bodies.WithdrawSerializer}
    headers_told: ClassVar = {"POST": [schema.VERSION_IF_WANTED, schema.ETAG]}
    problems: ClassVar = {"POST": (MoveForbidden, Stale)}
    needs_version = False

    def move(self, referral_id: UUID, **told: Any) -> Referral:
        return correcting.withdraw(referral_id, **told)


class Acknowledge(MoveView):
    """The authority has taken note."""

    def move(self, referral_id: UUID, **told: Any) -> Referral:
        return working.acknowledge(referral_id, **told)


class Start(MoveView):
    """Work has begun."""

    def move(self, referral_id: UUID, **told: Any) -> Referral:
        return working.start(referral_id, **told)


class Return(MoveView):
    """Back to Kela."""

    told: ClassVar = {"POST": bodies.ReturnSerializer}

    def move(self, referral_id: UUID, **told: Any) -> Referral:
        return working.return_to_kela(referral_id, **told | {"proposed_authority": told["proposed_authority"] or None})


class Transfer(MoveView):
    """To another authority."""

    told: ClassVar = {"POST": bodies.TransferSerializer}

    def move(self, referral_id: UUID, **told: Any) -> Referral:
        return working.transfer(referral_id, **told)


class Close(MoveView):
    """Done, with an outcome."""

    told: ClassVar = {"POST": bodies.CloseSerializer}

    def move(self, referral_id: UUID, **told: Any) -> Referral:
        return working.close(referral_id, **told)


def version_of(request: Request) -> int | None:
    """The version in `If-Match`; None when the header is absent.

    Raises:
        VersionRequired: it says any version.
    """
    tag = request.headers.get("If-Match")
    if tag is None:
        return None
    if tag.strip() == "*":
        raise VersionRequired
    found = _ETAG.fullmatch(tag.strip())
    return int(found[1]) if found else _NO_VERSION


def _become(referral: Referral, changed: Referral) -> Referral:
    """`referral`, with client and details, in the columns of `changed`."""
    for field in Referral._meta.concrete_fields:
        setattr(referral, field.attname, getattr(changed, field.attname))
    return referral


def _answered(body: dict[str, Any], *, status: int = 200) -> Response:
    return Response(body, status=status, headers={"ETag": f'"{body["version"]}"'})


def _sent(body: dict[str, Any]) -> Response:
    response = _answered(body, status=201)
    response["Location"] = f"{cast(str, body['id'])}/"
    return response
