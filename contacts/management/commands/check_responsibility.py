import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.models import Municipality
from contacts.queries import responsibility_gaps
from kela_kunta.base import clock

BEGINNING = date(2017, 1, 1)


class Command(BaseCommand):
    help = "Report municipalities, types and days for which nobody is responsible; exit status 1 when there are any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="One day, by default every day from 2017 to today.")
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, *, on: date | None, **options: Any) -> None:
        if not Municipality.objects.exists():
            raise CommandError("No reference data is loaded: run load_reference.")
        first, last = (on, on) if on else (BEGINNING, clock.today())
        gaps = responsibility_gaps(first, last)
        if options["json"]:
            rows = [
                {"municipality": gap.municipality, "type": gap.type, "from": str(gap.first), "to": str(gap.last)}
                for gap in gaps
            ]
            self.stdout.write(json.dumps({"gaps": rows}))
        else:
            for gap in gaps:
                self.stdout.write(f"{gap.municipality} {gap.name}, {gap.type}: nobody {gap.first} to {gap.last}")
            self.stdout.write(f"{len(gaps)} gaps from {first} to {last}.")
        if gaps:
            sys.exit(1)
