import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from referrals.actions.routing import route_batch


class Command(BaseCommand):
    help = "Route every referral that waits for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, **options: Any) -> None:
        total = 0
        while done := route_batch():
            total += done
            if not options["json"]:
                self.stdout.write(f"{total} routed")
        self.stdout.write(json.dumps({"routed": total}) if options["json"] else f"{total} referrals routed.")
