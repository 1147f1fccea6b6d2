from celery import shared_task

from kela_kunta.base import clock
from stats.actions.counting import build_counts as build


@shared_task(name="stats.build_counts", ignore_result=True)
def build_counts(year: int | None = None) -> None:
    """Build the counts of `year`, by default of this one and the one before."""
    this = clock.today().year
    for wanted in [year] if year else [this - 1, this]:
        build(wanted)
