from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.binding import bind_client
from accounts.models import ApiClient
from accounts.ways import XROAD_CLIENT, fingerprint


class Command(BaseCommand):
    help = "Bind an API client to a subsystem of X-Road or to certificates, or free it; without options tell how it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("client", metavar="ID", help="The client's id.")
        xroad = parser.add_mutually_exclusive_group()
        xroad.add_argument("--xroad-client", metavar="INSTANCE/CLASS/MEMBER/SUBSYSTEM")
        xroad.add_argument("--no-xroad-client", action="store_const", const="", dest="xroad_client")
        certificates = parser.add_mutually_exclusive_group()
        certificates.add_argument(
            "--certificate",
            action="append",
            dest="certificates",
            metavar="PEM-FILE|FINGERPRINT",
            help="One that is good; give it again for each. Those of before end.",
        )
        certificates.add_argument("--no-certificates", action="store_const", const=[], dest="certificates")

    def handle(self, **options: Any) -> None:
        client = ApiClient.objects.filter(client_id=options["client"]).first()
        if client is None:
            raise CommandError(f"There is no client {options['client']}.")
        xroad_client, certificates = options["xroad_client"], options["certificates"]
        if xroad_client and not XROAD_CLIENT.fullmatch(xroad_client):
            raise CommandError("A subsystem of X-Road is INSTANCE/CLASS/MEMBER/SUBSYSTEM.")
        if certificates is not None:
            certificates = [_fingerprint(told) for told in certificates]
        if xroad_client is not None or certificates is not None:
            bind_client(client, xroad_client=xroad_client, certificates=certificates)
        self.stdout.write(f"X-Road: {client.xroad_client or 'any way'}")
        self.stdout.write(f"Certificates: {', '.join(client.certificates) or 'none needed'}")


def _fingerprint(told: str) -> str:
    found = fingerprint(told)
    if not found and Path(told).is_file():
        found = fingerprint(Path(told).read_text(errors="replace"))
    if not found:
        raise CommandError(f"{told} is neither a certificate in PEM nor a SHA-256 fingerprint.")
    return found
