"""What others read of municipalities and authorities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import get_language

from contacts import models, reference_files
from contacts.rules.register import Authority, Duty, Municipality, Register

ALAND_COUNTY = "91"

_kept: tuple[tuple[int, datetime] | None, Register] | None = None


def register() -> Register:
    """Municipalities, authorities and responsibilities of all days.

    Kept in the process and read anew after the reference data changed: one statement, else four more.
    """
    global _kept
    newest = models.ReferenceRelease.objects.order_by("-id").values_list("id", "loaded_at").first()
    kept = _kept
    if kept is None or kept[0] != newest:
        kept = _kept = newest, _read_register()
    return kept[1]


def _read_register() -> Register:
    aland = set(models.MunicipalityCounty.objects.filter(county=ALAND_COUNTY).values_list("municipality_id", flat=True))
    return Register(
        municipalities=[
            Municipality(row.code, row.name_fi, row.name_sv, *days(row.valid), row.successor_id, row.code in aland)
            for row in models.Municipality.objects.all()
        ],
        authorities=[
            Authority(row.code, row.kind, row.name_fi, row.name_sv, row.name_en)
            for row in models.Authority.objects.all()
        ],
        duties=[
            (municipality, type, Duty(authority, *days(valid)))
            for municipality, type, authority, valid in models.Responsibility.objects.values_list(
                "municipality_id", "type", "authority_id", "valid"
            )
        ],
    )


def days(valid: DateRange) -> tuple[date | None, date | None]:
    """The first and the last day of `valid`, None for an open end."""
    return valid.lower, valid.upper - timedelta(days=1) if valid.upper else None


def municipalities_on(day: date) -> QuerySet[models.Municipality]:
    """The municipalities in force on `day`, by their name in the language active now, in Finnish order."""
    name = "name_sv" if (get_language() or "").startswith("sv") else "name_fi"
    return models.Municipality.objects.filter(valid__contains=day).order_by(models.FinnishOrder(name), "code")


def municipality(code: str) -> models.Municipality | None:
    """The municipality of that code, in force or not."""
    return models.Municipality.objects.filter(code=code).first() if code.isalnum() else None


def authority(code: str) -> models.Authority | None:
    """The authority of that code, serving now or not."""
    return models.Authority.objects.filter(code=code).first() if "\0" not in code else None


def types_of(authority: str, day: date) -> list[str]:
    """The referral types in which an authority serves some municipality on `day`. One statement."""
    rows = models.Responsibility.objects.filter(authority=authority, valid__contains=day)
    return list(rows.order_by("type").values_list("type", flat=True).distinct())


def responsibilities_on(municipality: str, day: date) -> QuerySet[models.Responsibility]:
    """Who serves the municipality on `day`, by type, with their names."""
    return (
        models.Responsibility.objects.filter(municipality=municipality, valid__contains=day)
        .select_related("authority")
        .order_by("type")
    )


@dataclass(frozen=True, slots=True)
class Areas:
    """What a municipality belongs to on a day: no county before 2023, nothing when it is not in force."""

    region: models.Region | None
    county: models.County | None
    district: models.District | None


def areas_on(municipality: str, day: date) -> Areas:
    """Region, county and Kela's district of a municipality on `day`, by the divisions of that day. Three statements."""
    in_force = {"municipality": municipality, "municipality__valid__contains": day, "valid__contains": day}
    region = models.MunicipalityRegion.objects.select_related("region").filter(**in_force).first()
    county = models.MunicipalityCounty.objects.select_related("county").filter(**in_force).first()
    district = models.MunicipalityDistrict.objects.select_related("district").filter(**in_force).first()
    return Areas(
        region.region if region else None, county.county if county else None, district.district if district else None
    )


def county_on(municipality: str, day: date) -> models.County | None:
    """The wellbeing services county of a municipality on `day`. One statement."""
    in_force = {"municipality": municipality, "valid__contains": day}
    row = models.MunicipalityCounty.objects.select_related("county").filter(**in_force).first()
    return row.county if row else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Days (both included) on which nobody is responsible for a municipality's matters of a type."""

    municipality: str
    name: str
    type: str
    first: date
    last: date


def responsibility_gaps(first: date, last: date) -> list[Gap]:
    """Where nobody would receive a referral from `first` to `last`, Åland apart. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _sql("responsibility_gaps"),
            {"types": reference_files.types(), "first": first, "last": last, "aland": ALAND_COUNTY},
        )
        return [Gap(*row) for row in cursor.fetchall()]


@cache
def _sql(name: str) -> str:
    return Path(__file__).parents[1].joinpath("sql").joinpath(f"{name}.sql").read_text(encoding="utf-8")
