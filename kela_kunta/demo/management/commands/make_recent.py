from typing import Any

from django.core.management.base import BaseCommand

from kela_kunta.demo.recent import make_recent


class Command(BaseCommand):
    help = "Tell the demo's months of assistance of these days and find the alerts in them, unless they are there."

    def handle(self, **options: Any) -> None:
        make_recent()
