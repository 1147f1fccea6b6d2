from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Stands where the demo's own command does not: there, `kela_kunta.demo` takes its place."""

    help = "Replay a year with invented people; only where KELA_KUNTA_DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="*")

    def run_from_argv(self, argv: list[str]) -> None:
        super().run_from_argv([*argv[:2], *(word for word in argv[2:] if not word.startswith("-"))])

    def handle(self, **options: Any) -> None:
        raise CommandError("replay_year makes up people and referrals: it runs only where KELA_KUNTA_DEMO=1.")
