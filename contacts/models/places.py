"""Where things are and who is responsible for them, on every day since 2017."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class FinnishOrder(Func):
    """A sort key of the Finnish alphabet."""

    function = "finnish_order"
    output_field = models.TextField()


class Named(models.Model):
    """Has a name in Finnish, Swedish and English."""

    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    sort_key = models.GeneratedField(
        expression=FinnishOrder(F("name_fi")),
        output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True,
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language active now."""
        return {"sv": self.name_sv, "en": self.name_en}.get((get_language() or "fi")[:2], self.name_fi)


class Region(Named):
    """Region (maakunta), by which statistics are told."""

    code = models.CharField(primary_key=True, max_length=2)


class County(Named):
    """Wellbeing services county (hyvinvointialue) as an area; 90 is Helsinki, 91 Åland."""

    code = models.CharField(primary_key=True, max_length=2)


class District(Named):
    """Kela's service area, before 2020 its insurance district (vakuutuspiiri)."""

    code = models.CharField(primary_key=True, max_length=2)


class Municipality(Named):
    """Municipality (kunta). A merged one leads to its successor."""

    code = models.CharField(primary_key=True, max_length=3)
    languages = models.CharField(max_length=10, help_text="Majority first, such as “fi sv”.")
    valid = DateRangeField()
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    population_2017 = models.PositiveIntegerField(null=True)
    population_2022 = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="municipality_some_day", condition=Q(valid__isempty=False))]

    def ended_by(self, day: date) -> bool:
        """Whether it is no more on `day`."""
        return self.valid.upper is not None and self.valid.upper <= day

    def heir(self, day: date) -> Municipality:
        """The municipality that it is on `day`: itself, or what it was merged into in the end."""
        return self.successor.heir(day) if self.successor and self.ended_by(day) else self


def one_a_day(*columns: str, name: str) -> list[models.BaseConstraint]:
    """Ranges of the same `columns` neither overlap nor are empty."""
    return [
        ExclusionConstraint(
            name=f"{name}_one_a_day",
            expressions=[*((column, RangeOperators.EQUAL) for column in columns), ("valid", RangeOperators.OVERLAPS)],
        ),
        models.CheckConstraint(name=f"{name}_some_day", condition=Q(valid__isempty=False)),
    ]


class MunicipalityRegion(models.Model):
    """Which region a municipality belongs to, and when."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="regions")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    valid = DateRangeField()

    class Meta:
        constraints = one_a_day("municipality", name="region")


class MunicipalityCounty(models.Model):
    """Which wellbeing services county a municipality belongs to, and when."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="counties")
    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    valid = DateRangeField()

    class Meta:
        constraints = one_a_day("municipality", name="county")


class MunicipalityDistrict(models.Model):
    """Which of Kela's areas a municipality belongs to, and when."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="districts")
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    valid = DateRangeField()

    class Meta:
        constraints = one_a_day("municipality", name="district")


class AuthorityKind(models.TextChoices):
    """What an authority is."""

    KELA = "kela", _("Kela")
    MUNICIPALITY = "municipality", _("Municipality")
    JOINT_AUTHORITY = "joint_authority", _("Joint authority")
    COUNTY = "county", _("Wellbeing services county")


class Authority(Named):  # type: ignore[django-manager-missing] # the plugin cannot follow `api_clients` to its library
    """Who sends or receives referrals (viranomainen)."""

    code = models.CharField(primary_key=True, max_length=60)
    kind = models.CharField(max_length=20, choices=AuthorityKind)


class Responsibility(models.Model):
    """Which authority serves a municipality in matters of a referral type, and when (järjestämisvastuu)."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="responsibilities")
    type = models.CharField(max_length=40)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="responsibilities")
    valid = DateRangeField()
    confidence = models.CharField(max_length=10, default="high")

    class Meta:
        constraints = one_a_day("municipality", "type", name="responsibility")


class PostalCode(models.Model):
    """Postal code (postinumero) with its place name, and the municipality that most of it lies in."""

    code = models.CharField(primary_key=True, max_length=5)
    name_fi = models.CharField(max_length=60)
    name_sv = models.CharField(max_length=60)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="postal_codes")

    @property
    def name(self) -> str:
        """The place name in the language active now."""
        return self.name_sv if (get_language() or "").startswith("sv") else self.name_fi


class ReferenceRelease(models.Model):
    """One loading of a version that was not there, or that changed something."""

    version = models.CharField(max_length=40)
    loaded_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    changes = models.PositiveIntegerField()
