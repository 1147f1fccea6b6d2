"""The life cycle of a referral: the lawful moves and no others (Act on Social Assistance, 14 c §, and practice)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How far a referral has come. `CLOSED` and `WITHDRAWN` are final."""

    SENT = "sent"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    UNROUTABLE = "unroutable"


class Move(StrEnum):
    """What can be done with a referral; those after `WITHDRAW` leave the status as it is."""

    DELIVER = "deliver"
    FAIL = "fail"
    RESOLVE = "resolve"
    ACKNOWLEDGE = "acknowledge"
    START = "start"
    CLOSE = "close"
    RETURN = "return"
    TRANSFER = "transfer"
    REROUTE = "reroute"
    SUCCEED = "succeed"
    WITHDRAW = "withdraw"
    ASSIGN = "assign"
    ATTACH_DECISION = "attach_decision"
    RAISE_URGENCY = "raise_urgency"
    LOWER_URGENCY = "lower_urgency"
    CORRECT_OUTCOME = "correct_outcome"


class ReturnReason(StrEnum):
    """Why an authority gives a referral back to Kela."""

    WRONG_AUTHORITY = "wrong_authority"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    WRONG_PERSON = "wrong_person"
    BASIC_DECISION_MISSING = "basic_decision_missing"
    INSUFFICIENT_CONTENT = "insufficient_content"
    BELONGS_TO_KELA = "belongs_to_kela"
    GROUND_NOT_MET = "ground_not_met"
    NO_CLIENT_REQUEST = "no_client_request"
    OTHER = "other"


class WithdrawalReason(StrEnum):
    """Why the sender ends a referral."""

    SENT_BY_MISTAKE = "sent_by_mistake"
    WRONG_PERSON = "wrong_person"
    DUPLICATE = "duplicate"
    CLIENT_CANCELLED = "client_cancelled"
    GROUND_REMOVED = "ground_removed"
    REPLACED = "replaced"
    RECALLED_RUN = "recalled_run"
    RECALLED_IMPORT = "recalled_import"
    RETURN_ACCEPTED = "return_accepted"


class TransferReason(StrEnum):
    """Why a referral goes on to another authority."""

    MOVED = "moved"
    WRONG_AUTHORITY = "wrong_authority"
    AGREED_DIVISION = "agreed_division"
    SUCCESSION = "succession"


HANDLER, SUPERVISOR, KELA_SYSTEM = "handler", "supervisor", "kela_system"
WORKER, LEAD, AUTHORITY_SYSTEM = "worker", "lead", "authority_system"
SYSTEM = "system"

SENDERS = frozenset({HANDLER, SUPERVISOR, KELA_SYSTEM})
RECEIVERS = frozenset({WORKER, LEAD, AUTHORITY_SYSTEM})
HELD = (Status.DELIVERED, Status.ACKNOWLEDGED, Status.IN_PROGRESS)

PROPOSAL_REQUIRED = frozenset({ReturnReason.WRONG_AUTHORITY})
NOT_COUNTED = frozenset(
    {
        WithdrawalReason.SENT_BY_MISTAKE,
        WithdrawalReason.WRONG_PERSON,
        WithdrawalReason.DUPLICATE,
        WithdrawalReason.RECALLED_RUN,
        WithdrawalReason.RECALLED_IMPORT,
    }
)
# An alert withdrawn so does not stand in the way of another in the same months.
ALERT_LIFTED = frozenset({WithdrawalReason.GROUND_REMOVED, WithdrawalReason.RECALLED_IMPORT})
# What a person may say; the others are our own jobs' and the system's words.
WITHDRAWAL_BY_HAND = (
    WithdrawalReason.SENT_BY_MISTAKE,
    WithdrawalReason.WRONG_PERSON,
    WithdrawalReason.DUPLICATE,
    WithdrawalReason.CLIENT_CANCELLED,
    WithdrawalReason.GROUND_REMOVED,
    WithdrawalReason.REPLACED,
    WithdrawalReason.RETURN_ACCEPTED,
)
TRANSFER_BY_HAND = (TransferReason.MOVED, TransferReason.WRONG_AUTHORITY, TransferReason.AGREED_DIVISION)

HANDOVERS_TO_WATCH = 3  # from the next one on the supervisor sees that it is passed on time and again


@dataclass(frozen=True, slots=True)
class Rule:
    """From which statuses a move leads where, and who may make it.

    `to` None leaves the status. Kela's roles other than the supervisor must have sent the
    referral themselves where `by_sender` says so; an authority's must hold it.
    """

    move: Move
    sources: frozenset[Status]
    to: Status | None
    roles: frozenset[str]
    by_sender: bool = False


def _rule(move: Move, sources: set[Status], to: Status | None, roles: set[str] | frozenset[str], **more: bool) -> Rule:
    return Rule(move, frozenset(sources), to, frozenset(roles), **more)


# In the order in which they are likely to be wanted.
RULES = (
    _rule(Move.DELIVER, {Status.SENT}, Status.DELIVERED, {SYSTEM}),
    _rule(Move.FAIL, {Status.SENT}, Status.UNROUTABLE, {SYSTEM}),
    _rule(Move.RESOLVE, {Status.UNROUTABLE}, Status.DELIVERED, {SUPERVISOR}),
    _rule(Move.ACKNOWLEDGE, {Status.DELIVERED}, Status.ACKNOWLEDGED, RECEIVERS),
    _rule(Move.START, {Status.DELIVERED, Status.ACKNOWLEDGED}, Status.IN_PROGRESS, RECEIVERS),
    _rule(Move.CLOSE, {Status.ACKNOWLEDGED, Status.IN_PROGRESS}, Status.CLOSED, RECEIVERS),
    _rule(Move.REROUTE, {Status.RETURNED}, Status.DELIVERED, {HANDLER, SUPERVISOR}, by_sender=True),
    _rule(Move.ASSIGN, {Status.IN_PROGRESS}, None, {WORKER, LEAD}),
    _rule(Move.RETURN, set(HELD), Status.RETURNED, RECEIVERS),
    _rule(Move.TRANSFER, set(HELD), Status.DELIVERED, RECEIVERS),
    _rule(Move.SUCCEED, set(HELD), Status.DELIVERED, {SYSTEM}),
    _rule(Move.ATTACH_DECISION, set(Status) - {Status.WITHDRAWN}, None, SENDERS),
    _rule(Move.RAISE_URGENCY, set(HELD) | {Status.SENT, Status.UNROUTABLE}, None, SENDERS | RECEIVERS, by_sender=True),
    _rule(Move.LOWER_URGENCY, set(HELD), None, RECEIVERS),
    _rule(
        Move.WITHDRAW,
        {Status.SENT, Status.UNROUTABLE, Status.DELIVERED, Status.ACKNOWLEDGED, Status.RETURNED},
        Status.WITHDRAWN,
        SENDERS | {SYSTEM},
        by_sender=True,
    ),
    _rule(Move.CORRECT_OUTCOME, {Status.CLOSED}, None, RECEIVERS),
)
BY_MOVE = {rule.move: rule for rule in RULES}

# What the database lets happen too; a transfer of a new referral leads from delivered to delivered.
PAIRS = frozenset((source, rule.to) for rule in RULES if rule.to for source in rule.sources)


def allowed_moves(status: str, *, role: str, is_sender: bool, holds: bool) -> list[Move]:
    """What may be done in `status` by someone of `role`, the likely move first.

    `is_sender`: they sent the referral themselves; `holds`: their authority has it.
    """
    return [
        rule.move
        for rule in RULES
        if status in rule.sources
        and role in rule.roles
        and (role not in RECEIVERS or holds)
        and (not rule.by_sender or role not in SENDERS or role == SUPERVISOR or is_sender)
    ]


def withdrawable(status: str) -> bool:
    """Whether the referral can still be withdrawn: nobody works on it and it is not final."""
    return status in BY_MOVE[Move.WITHDRAW].sources
