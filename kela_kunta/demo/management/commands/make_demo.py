import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand

from kela_kunta.base.progress import Progress
from kela_kunta.demo.accounts import make_accounts
from kela_kunta.demo.directory.making import make_directory
from kela_kunta.demo.plan import TOTALS
from kela_kunta.demo.processes import Result, beside
from kela_kunta.demo.recent import make_recent
from kela_kunta.demo.replay import replay
from kela_kunta.demo.today import make_today
from kela_kunta.demo.world import world

YEAR = 2017


class Command(BaseCommand):
    help = "Make the demo's accounts, the directory, today's worklists and the year 2017, as far as they are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sample", type=int, help="Only so many of the year's referrals.")
        parser.add_argument("--processes", type=int, default=2, help="How many replay the year at the same time (2).")
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, *, sample: int | None, processes: int, **options: Any) -> None:
        quiet = options["json"]
        progress = Progress(sample or sum(TOTALS[YEAR].values()), "referrals", None if quiet else sys.stderr)
        with _beside(lambda: (make_accounts(), make_directory(), make_today()), processes) as results:
            year = replay(world(YEAR, sample=sample), processes=processes, progress=progress.add)
        accounts, directory, today = results[0]
        make_recent()  # after the replay: what leaves today is not for the year's alerts
        if quiet:
            made = {"accounts": accounts, "directory": directory, "today": today}
            self.stdout.write(json.dumps(made | {"replayed": year.as_json()}))
        else:
            self.stdout.write(
                f"Made {accounts} accounts, {directory} entries of the directory, {today} referrals of these days"
                f" and {year.events} events of {YEAR}."
            )


@contextmanager
def _beside(work: Callable[[], Result], processes: int) -> Iterator[list[Result]]:
    """`work` while the block runs, as `beside` does it, or before the block where one process must do."""
    if processes > 1:
        with beside(work) as results:
            yield results
    else:
        yield [work()]
