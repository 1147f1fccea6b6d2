import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kela_kunta.base import clock
from referrals.actions.purging import preview_purge, purge_expired


class Command(BaseCommand):
    help = "Delete what is not kept any more: ended referrals, messages, months of assistance, the access log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="The day; today when left out.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be deleted.")
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, *, as_of: date | None, dry_run: bool, **options: Any) -> None:
        on = as_of or clock.today()
        try:
            gone = preview_purge(on) if dry_run else purge_expired(on).gone
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"as_of": on.isoformat(), "dry_run": dry_run, "gone": gone}))
            return
        would = "would be " if dry_run else ""
        self.stdout.write(
            f"{on}: " + ", ".join(f"{number} {kind}" for kind, number in gone.items()) + f" {would}deleted."
        )
