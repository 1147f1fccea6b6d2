"""The forms of the moves: what each asks, and what it calls."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.problems import Problem
from referrals import wording
from referrals.actions import correcting, working
from referrals.models import Referral
from referrals.rules.lifecycle import TRANSFER_BY_HAND, WITHDRAWAL_BY_HAND, Move, ReturnReason
from referrals.types import TYPES

LONGEST_TEXT = 10_000
EMPTY = ("", _("Choose"))


def _text(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST_TEXT, help_text=hint, widget=forms.Textarea({"rows": 5})
    )


def _words(words: Mapping[Any, Any], codes: Iterable[str]) -> list[tuple[str, Any]]:
    return [EMPTY, *((str(code), words[code]) for code in codes)]


class MoveForm(forms.Form):
    """A move of `referral` by `by`. `version` is the one that the person read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)
    advice: ClassVar[Any] = ""

    def __init__(self, data: QueryDict | None = None, *, referral: Referral, by: Actor) -> None:
        self.referral, self.by = referral, by
        super().__init__(data, initial={"version": referral.version}, auto_id="%s")
        self.prepare()

    def prepare(self) -> None:
        """Fill in the choices that depend on the referral."""

    @abstractmethod
    def act(self) -> Referral:
        """Make the move; the referral as it is then.

        Raises:
            Problem: whatever the action refuses.
        """

    def target(self) -> dict[str, Any]:
        """Who acts on which version, as every action takes it."""
        return {"by": self.by, "version": self.cleaned_data["version"]}

    def refused(self, problem: Problem) -> None:
        """Put the problem's faults beside their fields."""
        for error in problem.errors:
            name = error.pointer.removeprefix("#/")
            self.add_error(name if name in self.fields else None, str(error.detail))

    def read_again(self, referral: Referral) -> MoveForm:
        """The same form with what was typed, for the referral as it is now."""
        data = self.data.copy()
        data["version"] = str(referral.version)
        again = type(self)(data, referral=referral, by=self.by)
        again.full_clean()
        return again


class AssignForm(MoveForm):
    """Work begins with someone, or goes to someone else."""

    assignee = forms.ChoiceField(label=_("Who works on it"))

    def prepare(self) -> None:
        people = working.workers_of(self.by.authority, cleared_only=self.referral.protected)
        self.fields["assignee"].choices = [EMPTY, *((str(worker.pk), worker.name) for worker in people)]


class StartForm(AssignForm):
    def act(self) -> Referral:
        return working.start(self.referral.pk, assignee=self.cleaned_data["assignee"], **self.target())


class GiveForm(AssignForm):
    def act(self) -> Referral:
        return working.assign(self.referral.pk, assignee=self.cleaned_data["assignee"], **self.target())


class ReturnForm(MoveForm):
    reason = forms.ChoiceField(label=_("Why it is returned"), choices=_words(wording.RETURN_REASONS, ReturnReason))
    text = _text(_("What Kela needs to know"), hint=_("The handler who sent it reads this."))
    proposed_authority = forms.ChoiceField(
        label=_("Where it belongs"), required=False, help_text=_("Needed when it came to the wrong authority.")
    )

    def prepare(self) -> None:
        self.fields["proposed_authority"].choices = _authorities(self.referral, but=self.by.authority)

    def act(self) -> Referral:
        return working.return_to_kela(
            self.referral.pk,
            reason=self.cleaned_data["reason"],
            text=self.cleaned_data["text"],
            proposed_authority=self.cleaned_data["proposed_authority"] or None,
            **self.target(),
        )


class TransferForm(MoveForm):
    advice = _("The same referral goes on; the receiver's deadlines are counted anew from today.")

    authority = forms.ChoiceField(label=_("To which authority"))
    reason = forms.ChoiceField(label=_("Why"), choices=_words(wording.TRANSFER_REASONS, TRANSFER_BY_HAND))
    text = _text(_("A word to the receiver"), required=False)

    def prepare(self) -> None:
        self.fields["authority"].choices = _authorities(self.referral, but=self.by.authority)

    def act(self) -> Referral:
        return working.transfer(
            self.referral.pk,
            authority=self.cleaned_data["authority"],
            reason=self.cleaned_data["reason"],
            text=self.cleaned_data["text"],
            **self.target(),
        )


class OutcomeForm(MoveForm):
    """What became of it, from the outcomes of the referral's type."""

    outcome = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    text = _text(
        _("In words"),
        required=False,
        hint=_("The handler at Kela sees this. Write no more of the casework than needed."),
    )

    def prepare(self) -> None:
        self.fields["outcome"].choices = list(TYPES[self.referral.type].outcomes.items())


class CloseForm(OutcomeForm):
    def act(self) -> Referral:
        return working.close(
            self.referral.pk, outcome=self.cleaned_data["outcome"], text=self.cleaned_data["text"], **self.target()
        )


class CorrectOutcomeForm(OutcomeForm):
    advice = _("The referral stays closed; both the former and the new outcome stand in its story.")

    def act(self) -> Referral:
        return correcting.correct_outcome(
            self.referral.pk, outcome=self.cleaned_data["outcome"], text=self.cleaned_data["text"], **self.target()
        )


class WithdrawForm(MoveForm):
    advice = _("A withdrawn referral is final. If it went about the wrong person, send a new one.")

    reason = forms.ChoiceField(label=_("Why"), choices=_words(wording.WITHDRAWAL_REASONS, WITHDRAWAL_BY_HAND))
    text = _text(_("A word to the receiver"), required=False)

    def act(self) -> Referral:
        return correcting.withdraw(
            self.referral.pk, reason=self.cleaned_data["reason"], text=self.cleaned_data["text"], **self.target()
        )


class RerouteForm(MoveForm):
    authority = forms.ChoiceField(label=_("To which authority"))
    text = _text(_("Why it goes there"))

    def prepare(self) -> None:
        self.fields["authority"].choices = _authorities(self.referral, but=None)
        self.initial["authority"] = self.referral.proposed_authority_id or ""

    def act(self) -> Referral:
        return correcting.reroute(
            self.referral.pk, authority=self.cleaned_data["authority"], text=self.cleaned_data["text"], **self.target()
        )


class UrgencyForm(MoveForm):
    urgent: ClassVar[bool]

    reason = _text(_("Why"), hint=_("A sentence or two; both sides see it."))

    def act(self) -> Referral:
        return correcting.change_urgency(
            self.referral.pk, urgent=self.urgent, reason=self.cleaned_data["reason"], **self.target()
        )


class RaiseUrgencyForm(UrgencyForm):
    advice = _("The urgent deadline begins now.")
    urgent = True


class LowerUrgencyForm(UrgencyForm):
    advice = _("The ordinary deadline counts from when the referral arrived.")
    urgent = False


FORMS: dict[Move, type[MoveForm]] = {
    Move.START: StartForm,
    Move.ASSIGN: GiveForm,
    Move.RETURN: ReturnForm,
    Move.TRANSFER: TransferForm,
    Move.CLOSE: CloseForm,
    Move.WITHDRAW: WithdrawForm,
    Move.REROUTE: RerouteForm,
    Move.RESOLVE: RerouteForm,
    Move.RAISE_URGENCY: RaiseUrgencyForm,
    Move.LOWER_URGENCY: LowerUrgencyForm,
    Move.CORRECT_OUTCOME: CorrectOutcomeForm,
}


def _authorities(referral: Referral, *, but: str | None) -> list[tuple[str, Any]]:
    """Who can receive a referral of this type today, by name, without `but`."""
    duties = register()
    found = duties.authorities_for(referral.type, clock.today())
    named = [(one.code, wording.authority_name(one.code, duties)) for one in found if one.code != but]
    return [EMPTY, *sorted(named, key=lambda choice: choice[1].casefold())]
