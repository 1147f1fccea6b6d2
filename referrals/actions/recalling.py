"""A supervisor takes back what a run of the detection sent, or what was found in the months of an import, where nobody
has begun to work on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.inputs import StrictSerializer, TextField
from kela_kunta.base.problems import MoveForbidden, NotAllowed, NotFound
from kela_kunta.base.reading import read_values
from kela_kunta.base.wake import wake
from referrals.actions.messaging import write_message
from referrals.actions.moving import change, lock_many
from referrals.actions.watching import watch
from referrals.actions.working import ENDED
from referrals.models import Alert, AlertRun, AlertState, AssistanceImport, DropReason, Referral, RunOutcome
from referrals.queries.found import found_in
from referrals.rules.lifecycle import SUPERVISOR, Status, WithdrawalReason, withdrawable

RECALLER = Actor.system("recall")
RUN_RECALLED = "run_recalled"
WITHDRAWABLE = [status for status in Status if withdrawable(status)]

Recalled = AlertRun | AssistanceImport

# Locked in the order in which they are told, so that two who change the same months wait for each other.
_FORGET_MONTHS = """
WITH theirs AS (
    SELECT recipient_id, month FROM referrals_assistancemonth WHERE brought_by_id = %s
    ORDER BY recipient_id, month FOR UPDATE
), gone AS (
    DELETE FROM referrals_assistancemonth told USING theirs
    WHERE told.recipient_id = theirs.recipient_id AND told.month = theirs.month RETURNING told.recipient_id
)
INSERT INTO referrals_watch AS known (recipient_id, from_day) SELECT DISTINCT recipient_id, %s::date FROM gone ORDER BY 1
ON CONFLICT (recipient_id) DO UPDATE SET from_day = least(known.from_day, excluded.from_day)
"""


class WhySerializer(StrictSerializer):
    """Why something is recalled: the authorities read it in a message, after a sentence of ours."""

    text = TextField(
        lines=3,
        max_length=2_000,
        error_messages=dict.fromkeys(("required", "null", "blank"), gettext_lazy("Write why.")),
    )


@dataclass(frozen=True, slots=True)
class Way:
    """What the recall of a run, or of an import, calls itself: in the data of events, and to those at work."""

    name: str
    withdrawn: WithdrawalReason
    dropped: DropReason
    already: Any
    told: Any


WAYS: Mapping[type[Recalled], Way] = {
    AlertRun: Way(
        "run",
        WithdrawalReason.RECALLED_RUN,
        DropReason.RECALLED,
        gettext_lazy("This run has been recalled already."),
        gettext_lazy("Kela has recalled the search that found this alert. It is not withdrawn, since you work on it."),
    ),
    AssistanceImport: Way(
        "import",
        WithdrawalReason.RECALLED_IMPORT,
        DropReason.MONTHS_RECALLED,
        gettext_lazy("This import has been recalled already."),
        gettext_lazy(
            "Kela has recalled the months of assistance in which this alert was found. It is not withdrawn, since you work on it."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Recall:
    """What a recall does, or would do: alerts that do not leave, referrals that end, and by authority those in work,
    which stay and whose workers are told; `closed` ones stay as they are. Of an import, `months` are forgotten."""

    waiting: int
    withdrawn: int
    in_work: dict[str, int]
    closed: int
    months: int


def preview_recall(what: type[Recalled], pk: UUID, *, by: Actor) -> Recall:
    """What the recall of a run or an import would do now.

    Raises:
        NotAllowed: `by` is no supervisor.
        NotFound: there is no such run or import.
    """
    if by.role != SUPERVISOR:
        raise NotAllowed
    with acting(RECALLER):  # numbers of all, protected people included
        row = what.objects.filter(pk=pk).first()
        if row is None:
            raise NotFound
        alerts = _alerts_of(row)
        sent = Counter(alerts.filter(state=AlertState.SENT).values_list("referral__status", flat=True))
        in_work = alerts.filter(state=AlertState.SENT, referral__status=Status.IN_PROGRESS)
        return Recall(
            waiting=alerts.filter(state=AlertState.WAITING).count(),
            withdrawn=sum(sent[status] for status in WITHDRAWABLE),
            in_work=dict(Counter(in_work.values_list("referral__receiving_authority", flat=True))),
            closed=sent[Status.CLOSED],
            months=row.months.count() if isinstance(row, AssistanceImport) else 0,
        )


def recall(what: type[Recalled], pk: UUID, *, by: Actor, text: str) -> Recalled:
    """Recall a run or an import: from now on nothing of it leaves, and the rest is done by `carry_out_recalls`.

    What has left and nobody works on is withdrawn, and those at work are told. The months of an
    import are then forgotten, as if nobody had told them; what they replaced does not come back.
    Told again by a later import they are looked at as any month.

    Raises:
        NotAllowed: `by` is no supervisor.
        NotFound: there is no such run or import.
        MoveForbidden: it is recalled already, or is a run that has not come to its end.
        Invalid: no reason, or one too long.
    """
    if by.role != SUPERVISOR:
        raise NotAllowed
    why = read_values(WhySerializer(), {"text": text})["text"]
    with acting(by):
        row = what.objects.select_for_update(no_key=True).filter(pk=pk).first()
        if row is None:
            raise NotFound
        if row.recalled_at:
            raise MoveForbidden(WAYS[what].already)
        if isinstance(row, AlertRun) and row.outcome != RunOutcome.DONE:  # what it finds may be still to come
            raise MoveForbidden(_("Only a run that came to its end can be recalled."))
        row.recalled_at, row.recall_text = clock.now(), why
        row.recalled_by_id, row.recalled_by_name = by.id, by.name
        row.save(update_fields=["recalled_at", "recall_text", "recalled_by_id", "recalled_by_name"])
        wake("referrals.carry_out_recalls")
        return row


def carry_out_recalls(*, limit: int = 200) -> int:
    """Take back up to `limit` alerts of what was recalled; how many it was, 0 when all is done.

    One transaction at a time: a recall that breaks off goes on where it was. In each the watches
    come before the alerts, since a detection has the watches when it waits for an alert.
    """
    with acting(RECALLER):
        row = _recalled(AlertRun) or _recalled(AssistanceImport)
        if row is None:
            return 0
        waiting = dict(_alerts_of(row).filter(state=AlertState.WAITING).values_list("pk", "recipient"))
        sent = dict(_to_do(row).values_list("pk", "alert__recipient")[:limit])
        if isinstance(row, AssistanceImport):  # whoever is told of again at this moment is to be found anew
            watch(dict.fromkeys([*waiting.values(), *sent.values()], clock.today()))
        Alert.objects.filter(pk__in=waiting, state=AlertState.WAITING).update(
            state=AlertState.DROPPED, dropped_because=WAYS[type(row)].dropped
        )
        for referral in lock_many(_to_do(row).filter(pk__in=sent), limit=limit):
            _take_back(referral, row)
        if not (waiting or sent):
            if isinstance(row, AssistanceImport):
                _forget_months(row)
            row.recall_done_at = clock.now()
            row.save(update_fields=["recall_done_at"])
        return len(waiting) + len(sent) or 1


def _recalled(what: type[Recalled]) -> Recalled | None:
    """What is to be carried out next, locked."""
    waiting = what.objects.filter(recalled_at__isnull=False, recall_done_at__isnull=True)
    return waiting.order_by("recalled_at").select_for_update(no_key=True, skip_locked=True).first()


def _alerts_of(row: Recalled) -> QuerySet[Alert]:
    return found_in([row.pk]) if isinstance(row, AssistanceImport) else row.alerts.all()


def _to_do(row: Recalled) -> QuerySet[Referral]:
    told = Event.objects.filter(subject_id=OuterRef("pk"), kind=RUN_RECALLED)
    sent = Referral.objects.filter(alert__in=_alerts_of(row)).order_by("id")
    return sent.filter(Q(status__in=WITHDRAWABLE) | Q(~Exists(told), status=Status.IN_PROGRESS))


def _take_back(referral: Referral, row: Recalled) -> None:
    by, way = Actor(SUPERVISOR, row.recalled_by_id, row.recalled_by_name, "kela", cleared=True), WAYS[type(row)]
    data = {"text": row.recall_text, way.name: str(row.pk)}
    if withdrawable(referral.status):
        change(
            referral,
            "withdrawn",
            by=by,
            data=data | {"reason": way.withdrawn},
            status=Status.WITHDRAWN,
            withdrawal_reason=way.withdrawn,
            **ENDED,
        )
        return
    change(referral, RUN_RECALLED, by=by, data=data)
    with override("fi"):
        write_message(referral.pk, by=by, text=f"{way.told}\n\n{row.recall_text}")


def _forget_months(row: AssistanceImport) -> None:
    """Whose months they were is looked at by the next detection."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_MONTHS, [row.pk, clock.today()])
