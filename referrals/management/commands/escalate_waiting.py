import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from referrals.actions.escalating import escalate_waiting


class Command(BaseCommand):
    help = "Escalate urgent referrals that nobody took note of in time, or whose authority pauses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, **options: Any) -> None:
        total = 0
        while done := escalate_waiting():
            total += done
        self.stdout.write(json.dumps({"escalated": total}) if options["json"] else f"{total} referrals escalated.")
