"""What others read of municipalities and authorities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.db.backends.postgresql.psycopg_any import DateRange

from contacts import models
from contacts.rules.register import Authority, Duty, Municipality, Register

ALAND_COUNTY = "91"

_kept: tuple[int | None, Register] | None = None


def register() -> Register:
    """Municipalities, authorities and responsibilities of all days.

    Kept in the process and read anew after the reference data changed: one statement, else four more.
    """
    global _kept  # noqa: PLW0603
    newest = models.ReferenceRelease.objects.order_by("-id").values_list("id", flat=True).first()
    if _kept is None or _kept[0] != newest:
        _kept = newest, _read_register()
    return _kept[1]


def _read_register() -> Register:
    aland = set(
        models.MunicipalityCounty.objects.filter(county=ALAND_COUNTY).values_list("municipality_id", flat=True)
    )
    return Register(
        municipalities=[
            Municipality(row.code, row.name_fi, row.name_sv, *_days(row.valid), row.successor_id, row.code in aland)
            for row in models.Municipality.objects.all()
        ],
        authorities=[
            Authority(row.code, row.kind, row.name_fi, row.name_sv, row.name_en)
            for row in models.Authority.objects.all()
        ],
        duties=[
            (municipality, type, Duty(authority, *_days(valid)))
            for municipality, type, authority, valid in models.Responsibility.objects.values_list(
                "municipality_id", "type", "authority_id", "valid"
            )
        ],
    )


def _days(valid: DateRange) -> tuple[date | None, date | None]:
    return valid.lower, valid.upper - timedelta(days=1) if valid.upper else None


def municipalities_on(day: date) -> QuerySet[models.Municipality]:
    """The municipalities in force on `day`, in Finnish order."""
    return models.Municipality.objects.filter(valid__contains=day).order_by("sort_key")


@dataclass(frozen=True, slots=True)
class Gap:
    """Days (both included) on which nobody is responsible for a municipality's matters of a type."""

    municipality: str
    name: str
    type: str
    first: date
    last: date


_GAPS = """
SELECT m.code, m.name_fi, t.type, lower(gap), upper(gap) - 1
FROM contacts_municipality m
CROSS JOIN (SELECT DISTINCT type FROM contacts_responsibility) t
CROSS JOIN LATERAL (
    SELECT unnest(
        datemultirange(m.valid * daterange(%(first)s::date, %(last)s::date, '[]'))
        - coalesce((SELECT range_agg(r.valid) FROM contacts_responsibility r
                    WHERE r.municipality_id = m.code AND r.type = t.type), '{}'::datemultirange)
    ) AS gap
) gaps
WHERE NOT EXISTS (SELECT 1 FROM contacts_municipalitycounty c WHERE c.municipality_id = m.code AND c.county_id = %(aland)s)
ORDER BY m.code, t.type, 4
"""


def responsibility_gaps(first: date, last: date) -> list[Gap]:
    """Where nobody would receive a referral, Åland apart. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_GAPS, {"first": first, "last": last, "aland": ALAND_COUNTY})
        return [Gap(*row) for row in cursor.fetchall()]
