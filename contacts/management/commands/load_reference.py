from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.actions.loading import load_reference
from contacts.reference_files import SHIPPED, BadReference


class Command(BaseCommand):
    help = "Load municipalities, regions, authorities and who is responsible for what and when."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="folder", type=Path, default=SHIPPED, help="Folder of a newer version.")

    def handle(self, *, folder: Path, verbosity: int, **options: Any) -> None:
        try:
            loaded = load_reference(folder)
        except BadReference as error:
            raise CommandError("Nothing was loaded:\n" + "\n".join(error.problems)) from error
        for sentence in loaded.kept:
            self.stderr.write(sentence)
        if verbosity:
            done = f"{loaded.changes} rows changed" if loaded.changes else "up to date"
            self.stdout.write(f"Reference data {loaded.version}: {done}.")
