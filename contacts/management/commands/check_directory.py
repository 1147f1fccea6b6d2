import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.asking import Found, check_directory
from contacts.models import Municipality
from contacts.rules.completeness import State


class Command(BaseCommand):
    help = "Ask owners to confirm what waits for it, and report municipalities that lack a required kind of contact."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, **options: Any) -> None:
        if not Municipality.objects.exists():
            raise CommandError("No reference data is loaded: run load_reference.")
        found = check_directory()
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found)))
            return
        for one in found.asked:
            kept = "" if one.keepers else "; nobody keeps them"
            self.stdout.write(
                f"{one.owner}: {one.waiting.stale} stale, {one.waiting.due} due, {one.letters} letters{kept}"
            )
        for place in found.incomplete:
            missing = ", ".join(need.kind for need in place.lacking(State.MISSING))
            self.stdout.write(f"{place.municipality.code} {place.municipality.name_fi}: no {missing}")
        check = found.check
        self.stdout.write(
            f"{check.stale} entries stale, {check.due} due, {check.letters} letters;"
            f" {check.incomplete} of {check.municipalities} municipalities lack a required kind of contact."
        )


def _as_json(found: Found) -> dict[str, Any]:
    check = found.check
    counts = ("milliseconds", "due", "stale", "missing", "incomplete", "municipalities", "letters")
    return {
        "at": check.at.isoformat(),
        **{name: getattr(check, name) for name in counts},
        "owners": [
            {
                "authority": one.owner,
                "due": one.waiting.due,
                "stale": one.waiting.stale,
                "keepers": one.keepers,
                "letters": one.letters,
            }
            for one in found.asked
        ],
        "lacking": [
            {
                "municipality": place.municipality.code,
                "name": place.municipality.name_fi,
                "missing": [str(need.kind) for need in place.lacking(State.MISSING)],
            }
            for place in found.incomplete
        ],
    }
