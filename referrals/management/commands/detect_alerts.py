import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kela_kunta.base import clock
from referrals.actions.detecting import Detected, Finding, detect_alerts, preview_alerts
from referrals.actions.releasing import release_alerts
from referrals.rules.months import months_between, span_text
from referrals.types.figures import day_text


class Command(BaseCommand):
    help = "Find whom months of assistance mean, and send the alerts whose day has come."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="The day of sending; today when left out.")
        parser.add_argument("--whole", action="store_true", help="Look at everybody, not only at what has changed.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be found, with the reason.")
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, *, as_of: date | None, whole: bool, dry_run: bool, **options: Any) -> None:
        on = as_of or clock.today()
        if on > clock.today() and not dry_run:
            raise CommandError(f"{on} is still to come: only a dry run can look ahead.")
        sent = 0
        if dry_run:
            detected = preview_alerts(on, whole=whole)
        else:
            detected = detect_alerts(on, whole=whole)
            while done := release_alerts(on):
                sent += done
        told = _told(detected, on, sent=sent, dry_run=dry_run)
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else _lines(told))


def _told(detected: Detected, on: date, *, sent: int, dry_run: bool) -> dict[str, Any]:
    run = detected.run
    return {
        "as_of": on.isoformat(),
        "run": None if dry_run else str(run.pk),
        "dry_run": dry_run,
        "looked_at": run.looked,
        "everybody": run.whole,
        "found": run.found,
        "lacking": run.lacking,
        "withdrawn": run.withdrawn,
        "told": run.told,
        "released": sent,
    } | ({"alerts": [_alert(one) for one in [*detected.found, *detected.lacking]]} if dry_run else {})


def _alert(one: Finding) -> dict[str, Any]:
    """Without a name: who it is stands on the page of alerts, for those who may see it."""
    return {
        "recipient": str(one.recipient),
        "type": one.type,
        "months": months_between(one.first, one.last),
        "spell": span_text(one.first, one.last),
        "age": one.age,
        "first_permit_on": one.first_permit_on.isoformat() if one.first_permit_on else None,
        "municipality": one.municipality,
        "release_on": one.release_on.isoformat() if one.release_on else None,
        "lacks": list(one.lacks),
    }


def _reason(one: dict[str, Any]) -> str:
    permit = one["first_permit_on"] and f"first permit {day_text(date.fromisoformat(one['first_permit_on']))}, "
    return f"{one['months']} months: {one['spell']}, {permit or ''}aged {one['age']}"


def _lines(told: dict[str, Any]) -> str:
    lines = [
        f"{one['recipient']}  {one['type']}  {_reason(one)}"
        + (f", lacks {', '.join(one['lacks'])}" if one["lacks"] else f", leaves {one['release_on']}")
        for one in told.get("alerts", [])
    ]
    would = "would be " if told["dry_run"] else ""
    lines.append(
        f"{told['as_of']}: {told['looked_at']} changed{' (everybody looked at)' if told['everybody'] else ''}; "
        f"{told['found']} {would}found, {told['lacking']} lack a fact, {told['withdrawn']} {would}withdrawn, "
        f"{told['told']} authorities {would}told, {told['released']} released."
    )
    return "\n".join(lines)
