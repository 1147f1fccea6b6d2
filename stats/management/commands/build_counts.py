import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stats.actions.counting import YearClosed, build_year


class Command(BaseCommand):
    help = "Build a year's counts from its referrals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, *, year: int, json: bool, **options: Any) -> None:
        try:
            counted = build_year(year)
        except YearClosed as closed:
            raise CommandError(str(closed.title)) from closed
        if json:
            self.stdout.write(_json(counted.year, counted.referrals, counted.seconds))
        else:
            self.stdout.write(f"{counted.year}: {counted.referrals} referrals counted in {counted.seconds:.1f} s.")


def _json(year: int, referrals: int, seconds: float) -> str:
    return json.dumps({"year": year, "referrals": referrals, "seconds": round(seconds, 3)})
