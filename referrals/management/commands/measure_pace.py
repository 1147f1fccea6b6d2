import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from referrals.actions.measuring import measure_pace


class Command(BaseCommand):
    help = "Measure how fast the authorities have been in the last 90 days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, **options: Any) -> None:
        measured = measure_pace()
        self.stdout.write(json.dumps({"measured": measured}) if options["json"] else f"{measured} lines measured.")
