import json
from argparse import ArgumentParser
from typing import Any

import httpx
from django.core.management.base import BaseCommand, CommandError

from kela_kunta.integration.receiver import listening, receive
from kela_kunta.integration.service import Refused, add_arguments, service_of


class Command(BaseCommand):
    help = "Receive as a county's client information system does: webhooks, receipts, moves, feed, reconciling."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser, client="--authority")
        parser.add_argument("--seconds", type=float, default=60, help="For how long; %(default)s by default.")
        parser.add_argument("--most", type=int, default=100, help="Referrals to work at most; %(default)s by default.")
        parser.add_argument("--host", default="127.0.0.1", help="Where to listen for webhooks.")
        parser.add_argument("--port", type=int, default=0, help="The port to listen on; any free one by default.")
        parser.add_argument("--webhook-url", help="How the service reaches that, such as https:// at a proxy.")

    def handle(self, **options: Any) -> None:
        """Exit status 1 when both sides do not hold the same in the end, or a webhook was forged."""
        try:
            with service_of(options) as service, listening(options["host"], options["port"]) as (bell, address):
                day = receive(
                    service,
                    bell,
                    options["webhook_url"] or address,
                    seconds=options["seconds"],
                    most=options["most"],
                )
        except (Refused, httpx.HTTPError) as problem:
            raise CommandError(f"The service did not take the call: {problem}") from problem
        result = {
            "webhooks": dict(day.webhooks),
            "done": dict(day.done),
            "held": day.held,
            "days_that_differ": day.differing,
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            for name, value in result.items():
                self.stdout.write(f"{name}: {value}")
        if day.differing or day.webhooks["forged"]:
            raise CommandError("Both sides do not hold the same." if day.differing else "A webhook was forged.")
