"""A supervisor takes back what a run of the detection sent, where nobody has begun to work on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
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
from referrals.actions.working import ENDED
from referrals.models import Alert, AlertRun, AlertState, DropReason, Referral, RunOutcome
from referrals.rules.lifecycle import SUPERVISOR, Status, WithdrawalReason, withdrawable

RECALLER = Actor.system("recall")
RUN_RECALLED = "run_recalled"
WITHDRAWABLE = [status for status in Status if withdrawable(status)]


class WhySerializer(StrictSerializer):
    """Why a run is recalled: the authorities read it in a message, after a sentence of ours."""

    text = TextField(
        lines=3,
        max_length=2_000,
        error_messages=dict.fromkeys(("required", "null", "blank"), gettext_lazy("Write why.")),
    )


@dataclass(frozen=True, slots=True)
class Recall:
    """What the recall of a run does, or would do: alerts that do not leave, referrals that end, and by authority those
    in work, which stay and whose workers are told; `closed` ones stay as they are."""

    run: AlertRun
    waiting: int
    withdrawn: int
    in_work: dict[str, int]
    closed: int


def preview_recall(run_id: UUID, *, by: Actor) -> Recall:
    """What a recall would do now.

    Raises:
        NotAllowed: `by` is no supervisor.
        NotFound: there is no such run.
    """
    if by.role != SUPERVISOR:
        raise NotAllowed
    with acting(RECALLER):  # numbers of all, protected people included
        run = AlertRun.objects.filter(pk=run_id).first()
        if run is None:
            raise NotFound
        sent = Counter(_sent(run).values_list("referral__status", flat=True))
        in_work = _sent(run).filter(referral__status=Status.IN_PROGRESS)
        return Recall(
            run,
            waiting=run.alerts.filter(state=AlertState.WAITING).count(),
            withdrawn=sum(sent[status] for status in WITHDRAWABLE),
            in_work=dict(Counter(in_work.values_list("referral__receiving_authority", flat=True))),
            closed=sent[Status.CLOSED],
        )


def recall_run(run_id: UUID, *, by: Actor, text: str) -> AlertRun:
    """Recall a run: from now on nothing of it leaves, and what has left is taken back by `carry_out_recalls`.

    Raises:
        NotAllowed: `by` is no supervisor.
        NotFound: there is no such run.
        MoveForbidden: it is recalled already, or has not come to its end.
        Invalid: no reason, or one too long.
    """
    if by.role != SUPERVISOR:
        raise NotAllowed
    why = read_values(WhySerializer(), {"text": text})["text"]
    with acting(by):
        run = AlertRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None:
            raise NotFound
        if run.recalled_at:
            raise MoveForbidden(_("This run has been recalled already."))
        if run.outcome != RunOutcome.DONE:  # what it finds is not there yet, or never will be
            raise MoveForbidden(_("Only a run that came to its end can be recalled."))
        run.recalled_at, run.recall_text = clock.now(), why
        run.recalled_by_id, run.recalled_by_name = by.id, by.name
        run.save(update_fields=["recalled_at", "recall_text", "recalled_by_id", "recalled_by_name"])
        wake("referrals.carry_out_recalls")
        return run


def carry_out_recalls(*, limit: int = 200) -> int:
    """Take back up to `limit` alerts of runs that were recalled; how many it was, 0 when all is done.

    One transaction at a time: a recall that breaks off goes on where it was.
    """
    with acting(RECALLER):
        run = (
            AlertRun.objects.filter(recalled_at__isnull=False, recall_done_at__isnull=True)
            .order_by("recalled_at")
            .select_for_update(no_key=True, skip_locked=True)
            .first()
        )
        if run is None:
            return 0
        kept_back = run.alerts.filter(state=AlertState.WAITING).update(
            state=AlertState.DROPPED, dropped_because=DropReason.RECALLED
        )
        done = lock_many(_to_do(run), limit=limit)
        for referral in done:
            _take_back(referral, run)
        if len(done) < limit:
            run.recall_done_at = clock.now()
            run.save(update_fields=["recall_done_at"])
        return kept_back + len(done) or 1


def _sent(run: AlertRun) -> QuerySet[Alert]:
    return Alert.objects.filter(run=run, state=AlertState.SENT)


def _to_do(run: AlertRun) -> QuerySet[Referral]:
    told = Event.objects.filter(subject_id=OuterRef("pk"), kind=RUN_RECALLED)
    sent = Referral.objects.filter(alert__run=run).order_by("id")
    return sent.filter(status__in=WITHDRAWABLE) | sent.filter(~Exists(told), status=Status.IN_PROGRESS)


def _take_back(referral: Referral, run: AlertRun) -> None:
    by = Actor(SUPERVISOR, run.recalled_by_id, run.recalled_by_name, "kela", cleared=True)
    if withdrawable(referral.status):
        reason = WithdrawalReason.RECALLED_RUN
        change(
            referral,
            "withdrawn",
            by=by,
            data={"reason": reason, "text": run.recall_text, "run": str(run.pk)},
            status=Status.WITHDRAWN,
            withdrawal_reason=reason,
            **ENDED,
        )
        return
    change(referral, RUN_RECALLED, by=by, data={"text": run.recall_text, "run": str(run.pk)})
    with override("fi"):
        text = _("Kela has recalled the search that found this alert. It is not withdrawn, since you work on it.")
    write_message(referral.pk, by=by, text=f"{text}\n\n{run.recall_text}")
