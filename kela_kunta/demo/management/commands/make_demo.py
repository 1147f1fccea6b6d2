from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kela_kunta.demo.accounts import make_accounts


class Command(BaseCommand):
    help = "Make the demo's accounts, today's worklist and the year 2017, as far as they are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, *, json: bool, **options: Any) -> None:
        accounts = make_accounts()
        self.stdout.write(f"Accounts: {accounts} made.")
