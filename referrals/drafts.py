"""Reading what was written, in JSON or on a form, into a draft that can be sent; and writing it out again.

All faults are told at once, those of single fields and those of rules together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from contacts.rules.register import Register
from kela_kunta.base.inputs import CodeField, DayField, StrictSerializer, TextField
from kela_kunta.base.problems import FieldError, Invalid
from kela_kunta.base.reading import errors_of
from referrals.models import Attachment, BasicDecision, Referral
from referrals.rules import files
from referrals.types import TYPES
from referrals.types.attachments import AttachmentSerializer
from referrals.types.base import Draft, Fault, ReferralType
from referrals.types.client import ClientSerializer, birth_date, client_faults
from referrals.types.decision import BasicDecisionSerializer, decision_faults
from referrals.types.figures import day_text

COMMON = ("client_informed_on", "additional_information", "sender_reference")


class ReferralSerializer(StrictSerializer):
    """The part of a referral that is alike in every type; `serializer_for` a type knows its details too."""

    type = CodeField({code: type.label for code, type in TYPES.items()}, label=gettext_lazy("Type"))
    client = ClientSerializer(label=gettext_lazy("Client"))
    client_informed_on = DayField(
        default=None,
        allow_null=True,
        label=gettext_lazy("Client was told on"),
        help_text=gettext_lazy("The day on which the client was told of this referral."),
    )
    additional_information = TextField(
        max_length=10_000, lines=6, required=False, label=gettext_lazy("Additional information")
    )
    sender_reference = TextField(
        max_length=64,
        required=False,
        label=gettext_lazy("Own reference"),
        help_text=gettext_lazy("The sender's own identifier of the matter."),
    )
    attachments = AttachmentSerializer(
        many=True,
        default=list,
        max_length=files.MOST,
        label=gettext_lazy("Attachments"),
        help_text=gettext_lazy(
            "Files to be uploaded within 24 hours; until all are there the referral is held, and never delivered without."
        ),
    )
    details = serializers.JSONField(default=None, label=gettext_lazy("Details"))


@cache
def serializer_for(type: ReferralType) -> type[ReferralSerializer]:
    """The class that reads and writes a whole referral of `type`, `details` included."""
    return _subclass(
        f"{type.model.__name__}Referral",
        f"A referral of type `{type.code}`, as it is sent.",
        type=CodeField({type.code: type.label}, label=gettext_lazy("Type")),
        details=type.serializer(label=gettext_lazy("Details")),
    )


def _subclass(name: str, doc: str, **fields: serializers.Field[Any, Any, Any, Any]) -> type[ReferralSerializer]:
    return type(name, (ReferralSerializer,), fields | {"__doc__": doc})


class Accepted(dict[str, Any]):
    """Values that could be read; one that was refused is None to the rules that ask for it."""

    def __missing__(self, name: str) -> None:
        return None


Readers = dict[str, ReferralSerializer]


def read_draft(body: Mapping[str, Any], *, on: date, register: Register, readers: Readers | None = None) -> Draft:
    """The referral that `body` (plain JSON, as in the interface) writes, to be sent on day `on` (Helsinki).

    Who reads many hands in the same `readers`, empty at first: making one takes longer than reading with it.

    Raises:
        Invalid: with every fault that was found, each by its field.
    """
    digest = digest_of(body)
    type = TYPES.get(body["type"]) if isinstance(body.get("type"), str) else None
    reader = _reader(type, {} if readers is None else readers)
    errors = errors_of(reader, body)
    client = Accepted(_reader_of(reader, "client").accepted)
    if type is None:
        raise Invalid(errors=_with_faults(errors, client_faults(client, on=on, register=register)))
    draft = _draft(type, reader, client, digest)
    if found := _with_faults(errors, _faults(draft, on=on, register=register)):
        raise Invalid(errors=found)
    return replace(
        draft,
        client=client | {"birth_date": birth_date(client)},
        common=dict(draft.common),
        details=dict(draft.details),
        decision=dict(draft.decision) if draft.decision else None,
        attachments=tuple(reader.accepted["attachments"]),
    )


def digest_of(body: Any) -> bytes:
    """SHA-256 of the canonical JSON of `body`: the same for the same content, whatever its spacing and order.

    Raises:
        Invalid: `body` is no object of plain JSON.
    """
    if not isinstance(body, Mapping):
        raise Invalid(errors=[FieldError("#", "invalid", _("An object with named fields is expected here."))])
    try:
        canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise Invalid(errors=[FieldError("#", "invalid", _("This is not plain JSON."))]) from error
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).digest()


def warnings(draft: Draft, *, on: date, register: Register) -> list[Fault]:
    """What to look at once more before sending `draft` on day `on`; none of it forbids the sending."""
    return [fault for fault in _faults(draft, on=on, register=register) if fault.warning]


def read_decision(body: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """The columns of the `BasicDecision` that `body` writes, attached on day `on`.

    Raises:
        Invalid: with every fault that was found, each by its field.
    """
    digest_of(body)
    reader = BasicDecisionSerializer()
    errors = errors_of(reader, body)
    if found := _with_faults(errors, decision_faults(Accepted(reader.accepted), on=on, path="")):
        raise Invalid(errors=found)
    return reader.accepted


def as_sent(referral: Referral, *, decision: BasicDecision | None = None) -> dict[str, Any]:
    """`referral` as its sender wrote it, with `decision` (by default the latest version) as its basic decision."""
    return _writer(None).to_representation(referral) | {
        "attachments": [_file(one) for one in referral.attachments.all()] if referral.files else [],
        "details": answer_details(referral, decision=decision),
    }


def _file(attachment: Attachment) -> dict[str, Any]:
    return dict(AttachmentSerializer().to_representation(attachment))


def answer_details(referral: Referral, *, decision: BasicDecision | None = None) -> dict[str, Any]:
    """The `details` of `referral` in JSON, with `decision` (by default the latest version) where the type takes one."""
    type = TYPES[referral.type]
    details = _writer(type).to_representation(getattr(referral, type.related_name))
    if type.takes_decision:
        decision = decision or max(referral.decisions.all(), key=lambda version: version.version, default=None)
        details["basic_decision"] = BasicDecisionSerializer().to_representation(decision) if decision else None
    return details


@cache
def _writer(type: ReferralType | None) -> serializers.Serializer[Any]:
    """Writes the details of a type, or the common part for None. Making one takes longer than a page of writing."""
    if type is not None:
        return type.serializer()
    common = ReferralSerializer()
    common.fields.pop("details")
    common.fields.pop("attachments")
    return common


def _with_faults(errors: list[FieldError], faults: Iterable[Fault]) -> list[FieldError]:
    """`errors` and the refusals among `faults`, but for those about a field that has an error already."""
    wrong = {error.pointer for error in errors}
    refused = [
        FieldError("#/" + fault.path.replace(".", "/"), fault.code, fault.detail)
        for fault in faults
        if not fault.warning
    ]
    return errors + [error for error in refused if error.pointer not in wrong]


def _reader(type: ReferralType | None, readers: Readers) -> ReferralSerializer:
    """The reader of a type, which remembers nothing of what it read before."""
    code = type.code if type else ""
    if code not in readers:
        readers[code] = serializer_for(type)() if type else ReferralSerializer()
    readers[code].forget()
    return readers[code]


def _reader_of(reader: StrictSerializer, name: str) -> StrictSerializer:
    return cast(StrictSerializer, reader.fields[name])


def _draft(type: ReferralType, reader: StrictSerializer, client: Accepted, digest: bytes) -> Draft:
    read_details = _reader_of(reader, "details")
    details, decision = Accepted(read_details.accepted), None
    if type.takes_decision:
        details.pop("basic_decision", None)
        decision = Accepted(_reader_of(read_details, "basic_decision").accepted) or None
    common = Accepted((name, value) for name, value in reader.accepted.items() if name in COMMON)
    return Draft(type, client, common, details, decision, digest)


def _faults(draft: Draft, *, on: date, register: Register) -> Iterator[Fault]:
    yield from client_faults(draft.client, on=on, register=register)
    if draft.type.begins_on and on < draft.type.begins_on:
        yield Fault(
            "type", "not_begun", _("These notices began on %(date)s.") % {"date": day_text(draft.type.begins_on)}
        )
    informed_on = draft.common["client_informed_on"]
    if informed_on and informed_on > on:
        yield Fault("client_informed_on", "future", _("This day is still to come."))
    yield from draft.type.check(draft, on)
