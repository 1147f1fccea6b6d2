import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kela_kunta.base.progress import Progress
from kela_kunta.demo.plan import TOTALS
from kela_kunta.demo.processes import Failed
from kela_kunta.demo.replay import HalfThere, replay
from kela_kunta.demo.world import UnknownYear, world


class Command(BaseCommand):
    help = "Write a year's referrals, about invented people, with all that became of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--sample", type=int, help="Only so many of them, evenly drawn.")
        parser.add_argument("--processes", type=int, default=2, help="How many write at the same time (2).")
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, *, year: int, sample: int | None, processes: int, **options: Any) -> None:
        known = sum(TOTALS.get(year, {}).values())
        progress = Progress(sample or known, "referrals", None if options["json"] else sys.stderr)
        try:
            done = replay(world(year, sample=sample), processes=processes, progress=progress.add)
        except UnknownYear as error:
            raise CommandError(
                f"How many referrals there were in {year} is not known; it is of {', '.join(map(str, TOTALS))}."
            ) from error
        except HalfThere as error:
            raise CommandError(
                f"A part of {year} is there already, from a sample perhaps. Start from an empty database."
            ) from error
        except Failed as error:
            raise CommandError("A process ended before its work was done; what it said stands above.") from error
        if options["json"]:
            self.stdout.write(json.dumps(done.as_json()))
        elif done.events:
            self.stdout.write(f"{year}: {done.referrals} referrals, {done.events} events in {done.seconds:.1f} s.")
        else:
            self.stdout.write(f"{year} is there already.")
