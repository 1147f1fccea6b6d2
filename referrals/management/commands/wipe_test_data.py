import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import ApiClient
from referrals.actions.wiping import wipe_test_data


class Command(BaseCommand):
    help = "Delete whatever test clients have sent. Live data cannot be touched by it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--client", metavar="ID", help="Only what this test client has sent.")
        parser.add_argument("--json", action="store_true", help="Print the result for a program.")

    def handle(self, **options: Any) -> None:
        clients = ApiClient.objects.filter(test=True).order_by("client_id")
        if options["client"]:
            clients = clients.filter(client_id=options["client"])
            if not clients:
                raise CommandError(f"There is no test client {options['client']}.")
        wiped = {client.client_id: wipe_test_data(client.actor.id) for client in clients}
        if options["json"]:
            self.stdout.write(json.dumps({"wiped": wiped}))
            return
        for client_id, count in wiped.items():
            self.stdout.write(f"{client_id}: {count} referrals wiped.")
