"""What the alerts (hälytysilmoitukset) have in common: months of assistance, counted and unbroken.

`Under25` and `Over25` differ only in age and in how many months (KTL 189/2001, section 27);
`Immigrant` shares the months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kela_kunta.base.inputs import CodeField, FlagField, MonthsField, StrictSerializer
from referrals.rules.ages import age_on, years_after
from referrals.rules.months import add_months, missing, month_of, month_text, spell_text
from referrals.types.base import Details, Draft, Fault
from referrals.types.client import birth_date, birth_path
from referrals.types.figures import day_text

REGISTERED = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "unknown": gettext_lazy("Not known"),
}
FOUND_BY = {
    "handler": gettext_lazy("A handler"),
    "detection": gettext_lazy("Search in the payments"),
}
JOBSEEKER_FROM = 17  # The duty to register as a jobseeker begins at 17 (TTL 1412/1997, section 2 a).

UNEMPLOYMENT_OUTCOMES = {
    "activation_plan_started": gettext_lazy("Activation plan started"),
    "multisector_plan": gettext_lazy("Multisectoral employment plan"),
    "existing_plan": gettext_lazy("Has a plan already"),
    "studying": gettext_lazy("Studies"),
    "working": gettext_lazy("Works"),
    "other_benefit": gettext_lazy("Lives on another benefit"),
    "guided_to_youth_services": gettext_lazy("Guided to youth services"),
    "declined_by_client": gettext_lazy("Client declined"),
    "not_reached": gettext_lazy("Client was not reached"),
    "moved": gettext_lazy("Client has moved"),
}


class UnemploymentAlert(Details):
    """Unemployed, living mainly on assistance for `months` (first days of months, in order)."""

    months = ArrayField(models.DateField())
    unemployed = models.BooleanField()
    main_income = models.BooleanField()
    jobseeker_registered = models.CharField(max_length=10)
    integration_plan = models.BooleanField()
    found_by = models.CharField(max_length=10)

    class Meta:
        abstract = True


class UnemploymentAlertSerializer(StrictSerializer):
    """What tells that someone unemployed has lived mainly on assistance for many months."""

    months = MonthsField(
        label=gettext_lazy("Months on assistance"),
        help_text=gettext_lazy("Months for which assistance was paid, one after another, like 2026-07."),
    )
    unemployed = FlagField(label=gettext_lazy("Unemployed"))
    main_income = FlagField(label=gettext_lazy("Assistance was the main living"))
    jobseeker_registered = CodeField(REGISTERED, label=gettext_lazy("Registered as a jobseeker"))
    integration_plan = FlagField(label=gettext_lazy("Has a valid integration plan"))
    found_by = CodeField(FOUND_BY, default="handler", label=gettext_lazy("Found by"))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Whom an unemployment alert means: at least `months` in a row, and an age on the day of sending."""

    months: int
    age_below: int | None = None
    age_at_least: int | None = None


def checks(thresholds: Thresholds) -> Callable[[Draft, date], Iterable[Fault]]:
    """The rules of an unemployment alert with these `thresholds` (KTL 189/2001, section 27, subsection 2)."""

    def check(draft: Draft, on: date) -> Iterator[Fault]:
        yield from month_faults(draft.details["months"], minimum=thresholds.months, on=on)
        if draft.details["unemployed"] is False:
            yield Fault("details.unemployed", "not_unemployed", _("This notice is only about unemployed people."))
        if draft.details["main_income"] is False:
            yield Fault(
                "details.main_income", "not_main_income", _("This notice is only about people who lived mainly on it.")
            )
        if draft.details["integration_plan"]:
            yield Fault(
                "details.integration_plan",
                "has_integration_plan",
                _("Who has a valid integration plan is outside this notice."),
            )
        if born := birth_date(draft.client):
            yield from _age_faults(born, birth_path(draft.client), thresholds, on)

    return check


def _age_faults(born: date, path: str, thresholds: Thresholds, on: date) -> Iterator[Fault]:
    age = age_on(born, on)
    if thresholds.age_below is not None and age >= thresholds.age_below:
        yield Fault(
            path,
            "too_old",
            _("Client turned %(age)s on %(date)s; this notice is for younger.")
            % {"age": thresholds.age_below, "date": day_text(years_after(born, thresholds.age_below))},
        )
    if thresholds.age_at_least is not None and age < thresholds.age_at_least:
        yield Fault(
            path,
            "too_young",
            _("Client turns %(age)s only on %(date)s: use the under-25 notice.")
            % {"age": thresholds.age_at_least, "date": day_text(years_after(born, thresholds.age_at_least))},
        )
    yield from youth_warnings(born, path, on)


def youth_warnings(born: date, path: str, on: date) -> Iterator[Fault]:
    """A warning about someone whom the jobseeker's duty does not reach yet."""
    if 0 <= age_on(born, on) < JOBSEEKER_FROM:
        yield Fault(
            path,
            "not_yet_jobseeker",
            _("Client is under %(age)s. Is this the right person?") % {"age": JOBSEEKER_FROM},
            warning=True,
        )


def month_faults(months: Sequence[date] | None, *, minimum: int, on: date) -> Iterator[Fault]:
    """The faults of `months`: too few in a row, a gap, one still to come; a warning when they ended long ago."""
    if not months:
        return
    path = "details.months"
    if gaps := missing(months):
        yield Fault(
            path,
            "gap",
            ngettext("%(months)s is missing.", "%(months)s are missing.", len(gaps))
            % {"months": ", ".join(map(month_text, gaps))},
        )
    elif len(months) < minimum:
        yield Fault(path, "too_few_months", _too_few(months, minimum))
    if max(months) > month_of(on):
        yield Fault(path, "future_month", _("%(month)s is still to come.") % {"month": month_text(max(months))})
    elif max(months) < add_months(month_of(on), -1):
        yield Fault(
            path,
            "not_current",
            _("The last month is %(month)s. Has the client had assistance since?") % {"month": month_text(max(months))},
            warning=True,
        )


def _too_few(months: Sequence[date], minimum: int) -> str:
    found = ngettext("One month found: %(months)s.", "%(count)s months found: %(months)s.", len(months)) % {
        "count": len(months),
        "months": spell_text(months),
    }
    return found + " " + _("This notice needs %(count)s in a row.") % {"count": minimum}


def months_matter(details: Any) -> str:
    """Such as "4 months: 2–5/2017"."""
    return ngettext("%(count)s month: %(months)s", "%(count)s months: %(months)s", len(details.months)) % {
        "count": len(details.months),
        "months": spell_text(details.months),
    }
