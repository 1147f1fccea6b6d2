"""Codes in words, in the reader's language: statuses, moves, reasons and what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from contacts.queries import register
from contacts.rules.register import Register
from kela_kunta.base import clock
from kela_kunta.base.languages import LANGUAGES
from kela_kunta.base.phones import phone_text
from referrals.rules.detection import Unknown
from referrals.rules.escalation import Because
from referrals.rules.lifecycle import Move, ReturnReason, Status, TransferReason, WithdrawalReason
from referrals.rules.receipts import ReceiptFault
from referrals.types import TYPES
from referrals.types.figures import day_text

if TYPE_CHECKING:
    from delivery.models import Event


STATUSES = {
    Status.SENT: gettext_lazy("On its way"),
    Status.DELIVERED: gettext_lazy("New"),
    Status.ACKNOWLEDGED: gettext_lazy("Acknowledged"),
    Status.IN_PROGRESS: gettext_lazy("In progress"),
    Status.CLOSED: gettext_lazy("Closed"),
    Status.RETURNED: gettext_lazy("Returned"),
    Status.WITHDRAWN: gettext_lazy("Withdrawn"),
    Status.UNROUTABLE: gettext_lazy("No receiver found"),
}
MOVES = {
    Move.ACKNOWLEDGE: gettext_lazy("Acknowledge"),
    Move.START: gettext_lazy("Start work"),
    Move.ASSIGN: gettext_lazy("Give to someone else"),
    Move.RETURN: gettext_lazy("Return to Kela"),
    Move.TRANSFER: gettext_lazy("Transfer to another authority"),
    Move.CLOSE: gettext_lazy("Close: record the outcome"),
    Move.WITHDRAW: gettext_lazy("Withdraw"),
    Move.REROUTE: gettext_lazy("Send on to an authority"),
    Move.RESOLVE: gettext_lazy("Choose the receiver"),
    Move.ATTACH_DECISION: gettext_lazy("Attach the basic decision"),
    Move.RAISE_URGENCY: gettext_lazy("Mark as urgent"),
    Move.LOWER_URGENCY: gettext_lazy("Mark as not urgent"),
    Move.CORRECT_OUTCOME: gettext_lazy("Correct the outcome"),
}
UNKNOWN_FACTS: Mapping[str, Any] = {
    Unknown.MAIN_INCOME: gettext_lazy("whether it was the main living"),
    Unknown.UNEMPLOYED: gettext_lazy("whether it was paid because of unemployment"),
    Unknown.INTEGRATION_PLAN: gettext_lazy("whether there is an integration plan"),
    Unknown.FIRST_PERMIT: gettext_lazy("the first residence permit"),
}
RETURN_REASONS: Mapping[str, Any] = {
    ReturnReason.WRONG_AUTHORITY: gettext_lazy("Wrong authority"),
    ReturnReason.MOVED: gettext_lazy("Client has moved"),
    ReturnReason.DUPLICATE: gettext_lazy("Duplicate of another"),
    ReturnReason.WRONG_PERSON: gettext_lazy("Wrong person"),
    ReturnReason.BASIC_DECISION_MISSING: gettext_lazy("Basic decision is missing"),
    ReturnReason.INSUFFICIENT_CONTENT: gettext_lazy("Too little is told"),
    ReturnReason.BELONGS_TO_KELA: gettext_lazy("Belongs to Kela"),
    ReturnReason.GROUND_NOT_MET: gettext_lazy("The ground is not met"),
    ReturnReason.NO_CLIENT_REQUEST: gettext_lazy("The client has not asked for it"),
    ReturnReason.OTHER: gettext_lazy("Other reason"),
}
TRANSFER_REASONS = {
    TransferReason.MOVED: gettext_lazy("Client has moved"),
    TransferReason.WRONG_AUTHORITY: gettext_lazy("Wrong authority"),
    TransferReason.AGREED_DIVISION: gettext_lazy("Agreed division of work"),
    TransferReason.SUCCESSION: gettext_lazy("Another authority took over the duty"),
}
WITHDRAWAL_REASONS = {
    WithdrawalReason.SENT_BY_MISTAKE: gettext_lazy("Sent by mistake"),
    WithdrawalReason.WRONG_PERSON: gettext_lazy("Wrong person"),
    WithdrawalReason.DUPLICATE: gettext_lazy("Duplicate of another"),
    WithdrawalReason.CLIENT_CANCELLED: gettext_lazy("The client cancelled it"),
    WithdrawalReason.GROUND_REMOVED: gettext_lazy("The ground is gone"),
    WithdrawalReason.REPLACED: gettext_lazy("Replaced by a later one"),
    WithdrawalReason.RECALLED_RUN: gettext_lazy("The run was recalled"),
    WithdrawalReason.RECALLED_IMPORT: gettext_lazy("The months behind it were recalled"),
    WithdrawalReason.RETURN_ACCEPTED: gettext_lazy("The return was accepted"),
}

ESCALATIONS = {
    Because.RECEIVER_PAUSED: gettext_lazy("Escalated: urgent, and the receiver is paused."),
    Because.NOT_ACKNOWLEDGED: gettext_lazy("Escalated: urgent, and not acknowledged in time."),
}
RECEIPT_FAULTS: Mapping[str, Any] = {
    ReceiptFault.INVALID_CONTENT: gettext_lazy("The content is not valid there"),
    ReceiptFault.UNKNOWN_CLIENT: gettext_lazy("The client is not known there"),
    ReceiptFault.DUPLICATE: gettext_lazy("It is there already"),
    ReceiptFault.UNSUPPORTED_TYPE: gettext_lazy("This type is not supported there"),
    ReceiptFault.ATTACHMENT_MISSING: gettext_lazy("An attachment is missing there"),
    ReceiptFault.STORAGE_FAILED: gettext_lazy("It could not be stored there"),
    ReceiptFault.OTHER: gettext_lazy("Another fault"),
}


def authority_name(code: str | None, among: Register | None = None) -> str:
    """The authority's name in the language active now; its code when the register has none such.

    `among` is the register when it was read already: each reading is a statement.
    """
    if not code:
        return ""
    authority = (among or register()).authority(code)
    if authority is None:
        return code
    return {"sv": authority.name_sv, "en": authority.name_en}.get(_language(), authority.name_fi)


def municipality_name(code: str | None, among: Register | None = None) -> str:
    """The municipality's name in the language active now; its code when the register has none such."""
    if not code:
        return ""
    municipality = (among or register()).municipality(code)
    if municipality is None:
        return code
    return municipality.name_sv if _language() == "sv" else municipality.name_fi


def _language() -> str:
    return (get_language() or "fi")[:2]


def language_name(code: str) -> str:
    """A language by its ISO 639 code; the code itself when it has no name here."""
    return label(LANGUAGES, code)


def time_text(moment: datetime) -> str:
    """A moment in Helsinki, such as "3.4.2017 8.15"."""
    local = moment.astimezone(clock.HELSINKI)
    return f"{day_text(local.date())} {local.hour}.{local.minute:02}"


def until_text(moment: datetime) -> str:
    """Until when there is time: midnight is the end of the day before it."""
    local = moment.astimezone(clock.HELSINKI)
    if local.time() == time():
        return day_until_text(local.date() - timedelta(days=1))
    return time_text(moment)


def day_until_text(day: date) -> str:
    """Until the end of which day there is time."""
    return _("by the end of %(day)s") % {"day": day_text(day)}


def outcome_text(type: str, outcome: str) -> str:
    """The outcome of a referral of `type` in words; "" for none yet."""
    return str(TYPES[type].outcomes.get(outcome, outcome))


def happened(event: Event, *, type: str, among: Register | None = None) -> str:
    """What `event` of a referral of `type` says, in a few words, such as "Returned: Wrong authority".

    `among` is the register when it was read already.
    """
    tell = _TOLD.get(event.kind)
    return (
        tell(event.data | {"by": event.actor_name}, type, among) if tell else str(_HAPPENED.get(event.kind, event.kind))
    )


def written_with(event: Event) -> str:
    """What a person wrote with the event, "" for nothing."""
    return str(event.data.get("text") or (event.data.get("reason") if event.kind in _URGENCY else "") or "")


def routing_text(reason: Mapping[str, Any] | None, *, names_places: bool = True, among: Register | None = None) -> str:
    """Why a referral went where it went, or nowhere, as one sentence; "" for not routed yet.

    `names_places` is False for readers who may not know where a protected person lives
    (Act 661/2009, section 36). `among` is the register when it was read already.
    """
    if not reason:
        return ""
    if not names_places:
        return _("Routed by protected residence data")
    tell = _ROUTED.get(reason["code"])
    return tell(reason["params"], among or register()) if tell else str(reason["code"])


def label(words: Mapping[Any, Any], code: str) -> str:
    """The word of a closed list for `code`; the code itself when the list does not know it any more."""
    return str(words.get(code, code))


_URGENCY = ("urgency_raised", "urgency_lowered")
_HAPPENED = {
    "sent": gettext_lazy("Referral sent"),
    "unroutable": gettext_lazy("No receiver found"),
    "acknowledged": gettext_lazy("Acknowledged"),
    "decision_attached": gettext_lazy("Basic decision attached"),
    "decision_corrected": gettext_lazy("Basic decision corrected"),
    "urgency_raised": gettext_lazy("Marked as urgent"),
    "urgency_lowered": gettext_lazy("Marked as not urgent"),
    "message": gettext_lazy("Message written"),
    "ground_changed": gettext_lazy("Months were corrected: the ground is gone"),
    "attachments_complete": gettext_lazy("All attachments are here"),
    "succeeded": gettext_lazy("Another authority took over the duty"),
    "rerouted": gettext_lazy("Sent on after the return"),
    "resolved": gettext_lazy("Receiver chosen by hand"),
}


def _started(data: Mapping[str, Any], type: str, among: Register | None) -> str:
    if data.get("assignee", "") in ("", data["by"]):
        return _("Work began")
    return _("Work began: %(name)s") % {"name": data["assignee"]}


def _returned(data: Mapping[str, Any], type: str, among: Register | None) -> str:
    sentence = _("Returned: %(reason)s.") % {"reason": label(RETURN_REASONS, data["reason"])}
    if not data.get("proposed_authority"):
        return sentence
    return sentence + _(" Proposed: %(authority)s.") % {"authority": authority_name(data["proposed_authority"], among)}


def _escalated(data: Mapping[str, Any], type: str, among: Register | None) -> str:
    sentence = label(ESCALATIONS, data["reason"])
    return sentence + _(" Call %(phone)s.") % {"phone": phone_text(data["phone"])} if data.get("phone") else sentence


_TOLD: dict[str, Callable[[Mapping[str, Any], str, Register | None], str]] = {
    "delivered": lambda data, type, among: (
        _("Delivered to %(authority)s") % {"authority": authority_name(data["authority"], among)}
    ),
    "escalated": _escalated,
    "receipt": lambda data, type, among: (
        _("Taken in by %(system)s") % {"system": data["by"]}
        if data["accepted"]
        else _("Not taken in by %(system)s: %(fault)s")
        % {"system": data["by"], "fault": label(RECEIPT_FAULTS, data["code"])}
    ),
    "started": _started,
    "run_recalled": lambda data, type, among: (
        _("Kela recalled the months that this was found in")
        if "import" in data
        else _("Kela recalled the search that found this")
    ),
    "assigned": lambda data, type, among: _("Given to %(name)s") % {"name": data["assignee"]},
    "returned": _returned,
    "transferred": lambda data, type, among: (
        _("Transferred: %(reason)s") % {"reason": label(TRANSFER_REASONS, data["reason"])}
    ),
    "withdrawn": lambda data, type, among: (
        _("Withdrawn: %(reason)s") % {"reason": label(WITHDRAWAL_REASONS, data["reason"])}
    ),
    "closed": lambda data, type, among: _("Closed: %(outcome)s") % {"outcome": outcome_text(type, data["outcome"])},
    "outcome_corrected": lambda data, type, among: (
        _("Outcome corrected: %(outcome)s") % {"outcome": outcome_text(type, data["outcome"])}
    ),
}


Told = Callable[[Mapping[str, Any], Register], str]


def _routed_to(beginning: Any) -> Told:
    """`beginning` names the place; what came of it and whose duty it is follow."""

    def tell(params: Mapping[str, Any], among: Register) -> str:
        sentence = str(beginning) % {"place": municipality_name(params["place"], among)}
        if "merged_into" in params:
            sentence += _(" (now %(successor)s)") % {"successor": municipality_name(params["merged_into"], among)}
        sentence += " → " + authority_name(params["authority"], among)
        if "since" in params:
            sentence += _(", responsible since %(date)s") % {"date": _day(params["since"])}
        if "until" in params:
            sentence += _(", responsible until %(date)s") % {"date": _day(params["until"])}
        return sentence

    return tell


def _nowhere(sentence: Any) -> Told:
    def tell(params: Mapping[str, Any], among: Register) -> str:
        if not params:
            return str(sentence)
        words = {"code": params["place"], "date": _day(params["on"]), "type": _type_word(params["type"])}
        place = municipality_name(params.get("merged_into", params["place"]), among)
        return str(sentence) % (words | {"place": place})

    return tell


def _type_word(type: str) -> str:
    """The short name of a referral type."""
    return str(TYPES[type].short_label)


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text))


_ROUTED: dict[str, Told] = {
    "home": _routed_to(gettext_lazy("Home municipality %(place)s")),
    "urgent_stay": _routed_to(gettext_lazy("Urgent: place of stay %(place)s")),
    "urgent_stay_not_given": _routed_to(
        gettext_lazy("Urgent, but place of stay not given: home municipality %(place)s")
    ),
    "permanent_stay": _routed_to(gettext_lazy("Not urgent: place of permanent stay %(place)s")),
    "no_home_permanent_stay": _routed_to(gettext_lazy("No home municipality: place of permanent stay %(place)s")),
    "no_home_stay": _routed_to(gettext_lazy("No home municipality: place of stay %(place)s")),
    "U1": _nowhere(
        gettext_lazy(
            "No municipality with code %(code)s is in force on %(date)s in the register loaded here, "
            "and it names no successor."
        )
    ),
    "U2": _nowhere(gettext_lazy("No home municipality: the law sends this notice to the home municipality only.")),
    "U3": _nowhere(gettext_lazy("Åland decides social assistance by its own law; Kela does not forward there.")),
    "U4": _nowhere(gettext_lazy("No authority is recorded for %(code)s %(place)s, %(type)s, on %(date)s.")),
    "U5": _nowhere(gettext_lazy("Neither home municipality nor place of stay is known.")),
    "by_hand": lambda params, among: (
        _("Chosen by hand: %(authority)s") % {"authority": authority_name(params["authority"], among)}
    ),
    "transferred": lambda params, among: (
        _("Transferred: %(reason)s") % {"reason": label(TRANSFER_REASONS, params["reason"])}
    ),
    "succession": lambda params, among: _("Another authority took over the duty"),
}
