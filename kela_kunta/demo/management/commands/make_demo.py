import json
import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand

from kela_kunta.base import clock
from kela_kunta.base.progress import Progress
from kela_kunta.demo.accounts import make_accounts
from kela_kunta.demo.directory.making import make_directory
from kela_kunta.demo.plan import TOTALS
from kela_kunta.demo.processes import beside
from kela_kunta.demo.recent import make_recent
from kela_kunta.demo.replay import replay, tell_months
from kela_kunta.demo.today import make_today
from referrals.actions.measuring import measure_pace
from stats.actions.counting import build_year
from stats.models import CountedYear

YEAR = 2017


class Command(BaseCommand):
    help = (
        "Make the demo's accounts, the directory, today's worklists and the year 2017 with its counts, as far as they"
        " are missing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sample", type=int, help="Only so many of the year's referrals.")
        parser.add_argument("--processes", type=int, default=2, help="How many replay the year at the same time (2).")
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, *, sample: int | None, processes: int, **options: Any) -> None:
        quiet = options["json"]
        with beside(lambda: tell_months(YEAR, sample=sample)) if processes > 1 else nullcontext():
            accounts = make_accounts()
            directory = make_directory()
            today = make_today()
        progress = Progress(sample or sum(TOTALS[YEAR].values()), "referrals", None if quiet else sys.stderr)
        year = replay(YEAR, sample=sample, processes=processes, progress=progress.add)
        make_recent()  # after the replay: what leaves today is not for the year's alerts
        counted = {wanted: _count(wanted, anew=bool(today or year.events)) for wanted in (YEAR, clock.today().year)}
        if today or year.events:
            measure_pace()
        if quiet:
            made = {"accounts": accounts, "directory": directory, "today": today}
            self.stdout.write(json.dumps(made | {"replayed": year.as_json(), "counted": counted}))
        else:
            self.stdout.write(
                f"Made {accounts} accounts, {directory} entries of the directory, {today} referrals of these days"
                f" and {year.events} events of {YEAR}."
            )


def _count(year: int, *, anew: bool) -> int:
    """Count the year, unless that has been done and nothing has been made since; how many referrals it has."""
    if not anew and (counted := CountedYear.objects.filter(year=year).first()):
        return counted.referrals
    return build_year(year).referrals
