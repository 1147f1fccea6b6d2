import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from referrals.actions.routing import route_pending


class Command(BaseCommand):
    help = "Route every referral that waits for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, **options: Any) -> None:
        told = (lambda total: None) if options["json"] else (lambda total: self.stdout.write(f"{total} routed"))
        total = route_pending(told=told)
        self.stdout.write(json.dumps({"routed": total}) if options["json"] else f"{total} referrals routed.")
