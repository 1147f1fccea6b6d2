"""What of a worklist is wanted: its views by role, and the filters in the query string."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models import Responsibility
from contacts.queries import municipalities_on
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from referrals import queries, wording
from referrals.actions.working import workers_of
from referrals.rules.lifecycle import Status
from referrals.types import TYPES

KELA = ("handler", "supervisor")
INBOX = ("worker", "lead")
NEAREST_DEADLINE = ("due_on", "id")
LATEST_ARRIVED = ("-delivered_at", "-id")
LATEST_SENT = ("-sent_at", "-id")


@dataclass(frozen=True, slots=True)
class View:
    """One of the lists of a worklist. `counted` says whether its size is worth telling: an archive's is not."""

    name: str
    label: str | Promise
    order: tuple[str, ...] = LATEST_SENT
    counted: bool = True
    urging: bool = False
    escalated_only: bool = False

    @property
    def by_deadline(self) -> bool:
        return self.order == NEAREST_DEADLINE

    @property
    def of_open(self) -> bool:
        """Whether all in it lies open at an authority, and so has a deadline."""
        return self.order in (NEAREST_DEADLINE, LATEST_ARRIVED)

    @property
    def escalated_first(self) -> bool:
        """Whether what was escalated stands before all else in it."""
        return self.of_open and not self.escalated_only


UNREAD = View("unread", pgettext_lazy("list", "Unread messages"))
INBOX_VIEWS = [
    View("escalated", pgettext_lazy("list", "Escalated"), LATEST_ARRIVED, urging=True, escalated_only=True),
    View("open", pgettext_lazy("list", "Open"), NEAREST_DEADLINE),
    View("mine", pgettext_lazy("list", "Mine"), NEAREST_DEADLINE),
    View("new", pgettext_lazy("list", "New"), LATEST_ARRIVED),
    View("overdue", pgettext_lazy("list", "Late"), NEAREST_DEADLINE, urging=True),
    View("urgent", pgettext_lazy("list", "Urgent"), NEAREST_DEADLINE),
    UNREAD,
    View("returned", pgettext_lazy("list", "Returned to Kela")),
    View("closed", pgettext_lazy("list", "Closed"), counted=False),
]
HANDLER_VIEWS = [
    View("back", pgettext_lazy("list", "Came back"), urging=True),
    UNREAD,
    View("mine", pgettext_lazy("list", "Sent by me"), counted=False),
    View("closed", pgettext_lazy("list", "Closed"), counted=False),
]
SUPERVISOR_VIEWS = [
    View(
        "paused",
        pgettext_lazy("list", "Urgent at a paused receiver"),
        LATEST_ARRIVED,
        urging=True,
        escalated_only=True,
    ),
    View(
        "unnoted",
        pgettext_lazy("list", "Urgent, not acknowledged in time"),
        LATEST_ARRIVED,
        urging=True,
        escalated_only=True,
    ),
    View("unroutable", pgettext_lazy("list", "No receiver found"), urging=True),
    View("returned", pgettext_lazy("list", "Returned"), urging=True),
    View("faults", pgettext_lazy("list", "Delivery faults"), urging=True),
    View("passed_on", pgettext_lazy("list", "Passed on time and again"), urging=True),
    View("late", pgettext_lazy("list", "Late at the authorities"), NEAREST_DEADLINE, urging=True),
    UNREAD,
    View("mine", pgettext_lazy("list", "Sent by me"), counted=False),
    View("all", pgettext_lazy("list", "All"), counted=False),
]
VIEWS = {"handler": HANDLER_VIEWS, "supervisor": SUPERVISOR_VIEWS, "worker": INBOX_VIEWS, "lead": INBOX_VIEWS}
FIRST = {"handler": "mine", "supervisor": "unroutable", "worker": "open", "lead": "open"}


def condition_of(by: Actor, view: str, *, today: date) -> Q:
    """What belongs to one of the views of `by`'s worklist."""
    view_of = queries.inbox_view if by.role in INBOX else queries.sent_view
    return view_of(by, view, today=today)


def within_reach(by: Actor) -> Q:
    """All that `by` may search in; the authority is named for the index, the rest is PostgreSQL's doing."""
    return Q(receiving_authority=by.authority) if by.role in INBOX else Q()


class FilterForm(forms.Form):
    """The filters of a worklist. What is not one of the choices is as if it were not there."""

    type = forms.ChoiceField(label=_("Type"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    urgent = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=[("", _("All")), ("yes", _("Urgent")), ("no", _("Not urgent"))]
    )
    status = forms.ChoiceField(label=_("Status"), required=False)
    assignee = forms.ChoiceField(label=_("Assignee"), required=False)

    def __init__(self, data: QueryDict, *, by: Actor) -> None:
        self.by = by
        super().__init__(data, auto_id="filter-%s")
        self.fields["type"].choices = [("", _("All")), *((kind.code, kind.short_label) for kind in TYPES.values())]
        self.fields["municipality"].choices = [("", _("All")), *municipalities(by)]
        self.fields["status"].choices = [("", _("All")), *statuses(by)]
        if by.role in INBOX:
            self.fields["assignee"].choices = [("", _("All")), ("none", _("Nobody")), *people(by)]
        else:
            del self.fields["assignee"]
        views = {view.name: view for view in VIEWS[by.role]}
        self.view = views.get(data.get("view", ""), views[FIRST[by.role]])
        self.is_valid()

    def wanted(self) -> queries.Wanted:
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        urgent = {"yes": True, "no": False}.get(chosen.pop("urgent", ""))
        return queries.Wanted(view=self.view.name, urgent=urgent, **chosen)

    def condition(self) -> Q:
        """The view and the filters together."""
        return condition_of(self.by, self.view.name, today=clock.today()) & self.wanted().condition()

    def query(self) -> str:
        """The query string that leads to this view with these filters, without the cursor."""
        query = QueryDict(mutable=True)
        query["view"] = self.view.name
        query.update({name: value for name, value in self.cleaned_data.items() if value})
        return query.urlencode()


def municipalities(by: Actor) -> list[tuple[str, str]]:
    """The municipalities to choose from, in Finnish order: those that `by`'s authority serves; all for Kela."""
    today = clock.today()
    found = municipalities_on(today)
    if by.role in INBOX:
        served = Responsibility.objects.filter(authority=by.authority, valid__contains=today)
        found = found.filter(pk__in=served.values("municipality"))
    return [(municipality.code, municipality.name) for municipality in found]


def statuses(by: Actor) -> list[tuple[str, str | Promise]]:
    """The statuses that can stand in `by`'s lists; an authority never holds what is on its way or without a receiver."""
    hidden = {Status.SENT, Status.UNROUTABLE} if by.role in INBOX else set()
    return [(status, word) for status, word in wording.STATUSES.items() if status not in hidden]


def people(by: Actor) -> list[tuple[str, str]]:
    """Who works at `by`'s authority, by name."""
    return [(str(worker.pk), worker.name) for worker in workers_of(by.authority)]
