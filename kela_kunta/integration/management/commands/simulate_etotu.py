import json
from argparse import ArgumentParser
from typing import Any

import httpx
from django.core.management.base import BaseCommand, CommandError

from kela_kunta.base import clock
from kela_kunta.integration.sender import send_day
from kela_kunta.integration.service import Refused, add_arguments, service_of


class Command(BaseCommand):
    help = "Send a realistic day of invented referrals as Kela's system does, by the public API alone."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser, client="--client")
        parser.add_argument("--count", type=int, default=60, help="How many referrals; %(default)s by default.")
        parser.add_argument(
            "--municipality",
            action="append",
            metavar="CODE",
            help="Where people live; may be repeated. 837 by default.",
        )
        parser.add_argument("--seed", default="etotu", help="The same seed writes the same referrals on a day.")

    def handle(self, **options: Any) -> None:
        """Exit status 1 when a referral was refused."""
        places = options["municipality"] or ["837"]
        try:
            with service_of(options) as service:
                sent = send_day(
                    service, count=options["count"], municipalities=places, on=clock.today(), seed=options["seed"]
                )
        except (Refused, httpx.HTTPError) as problem:
            raise CommandError(f"The service did not take the call: {problem}") from problem
        if options["json"]:
            result = {
                "sent": dict(sent.types),
                "sent_again": sent.again,
                "files": sent.files,
                "months": sent.months,
                "refused": dict(sent.refused),
            }
            self.stdout.write(json.dumps(result))
        else:
            for kind, count in sorted(sent.types.items()):
                self.stdout.write(f"{kind}: {count} sent")
            self.stdout.write(
                f"{sent.again} of them were sent twice, by the same key; {sent.files} files went with them."
            )
            self.stdout.write(f"{sent.months} months of assistance told")
        if sent.refused:
            raise CommandError(f"Refused: {dict(sent.refused)}")
