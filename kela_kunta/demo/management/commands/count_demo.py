from typing import Any

from django.core.management.base import BaseCommand

from kela_kunta.base import clock
from kela_kunta.demo.management.commands.make_demo import YEAR
from referrals.actions.measuring import measure_pace
from stats.actions.counting import build_year


class Command(BaseCommand):
    help = "Count the demo's years and measure how fast its authorities are, as the nightly jobs do."

    def handle(self, **options: Any) -> None:
        for year in (YEAR, clock.today().year):
            build_year(year)
        measure_pace()
