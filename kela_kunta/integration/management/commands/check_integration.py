import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kela_kunta.integration.checking import Trial
from kela_kunta.integration.service import SECRET, secret_of_client
from kela_kunta.integration.stage import Stage, played


class Command(BaseCommand):
    help = "Play the service for a receiving system of your own, with all that can go wrong, and print a score."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--client", required=True, help=f"The id that your system uses; its secret is in {SECRET}.")
        parser.add_argument("--host", default="127.0.0.1", help="Where to listen.")
        parser.add_argument("--port", type=int, default=8100, help="The port to listen on; %(default)s by default.")
        parser.add_argument(
            "--patience", type=float, default=30, help="Seconds for each check; %(default)s by default."
        )
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, **options: Any) -> None:
        """Exit status 1 when a check failed."""
        stage = Stage(options["client"], secret_of_client())
        with played(stage, options["host"], options["port"]) as address:
            self.stderr.write(f"Let your system call {address} now.")
            checks = []
            for check in Trial(stage, patience=options["patience"]).run():
                checks.append(check)
                if not options["json"]:
                    self.stdout.write(f"{'passed' if check.passed else 'FAILED'}  {check.name}  {check.fault}".rstrip())
        passed = sum(check.passed for check in checks)
        if options["json"]:
            failed = {check.name: check.fault for check in checks if not check.passed}
            self.stdout.write(json.dumps({"passed": passed, "of": len(checks), "failed": failed}))
        else:
            self.stdout.write(f"{passed} of {len(checks)}")
        if passed < len(checks):
            raise CommandError("Some checks failed.")
