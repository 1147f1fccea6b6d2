import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.exchange.exporting import TYPES, export
from contacts.models import Authority
from contacts.queries.entries import KINDS
from kela_kunta.base.actor import Actor, acting


class Command(BaseCommand):
    help = "Export the directory: a table that comes back unchanged, or its public part in HSDS 3.1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=TYPES, required=True)
        parser.add_argument("--kind", choices=KINDS, default="contact", help="What a table is to hold.")
        parser.add_argument("--owner", default="", help="Code of the authority; all of them when left out.")
        parser.add_argument("--to", type=Path, help="The file to write, by default the standard output.")

    def handle(self, *, format: str, kind: str, owner: str, to: Path | None, **options: Any) -> None:
        if owner and not Authority.objects.filter(pk=owner).exists():
            raise CommandError(f"There is no authority {owner}.")
        with acting(Actor.system("export_directory")):
            content = export(format, kind=kind, owner=owner)
        if to is None:
            sys.stdout.buffer.write(content)
        else:
            to.write_bytes(content)
