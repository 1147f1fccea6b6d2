import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from delivery.actions.delivering import deliver_pending


class Command(BaseCommand):
    help = "Deliver whatever waits to leave: letters and what else goes out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, **options: Any) -> None:
        found = deliver_pending()
        if options["json"]:
            self.stdout.write(json.dumps({name: asdict(tally) for name, tally in found.items()}))
            return
        for name, tally in found.items():
            self.stdout.write(
                f"{name}: {tally.done} delivered, {tally.later} to be tried again, {tally.dead} given up."
            )
