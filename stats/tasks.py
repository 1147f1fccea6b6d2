from celery import shared_task

from kela_kunta.base import clock
from stats.actions import counting


@shared_task(name="stats.build_counts", ignore_result=True)
def build_counts(year: int | None = None) -> None:
    """Build the counts of `year`, by default of this one and the one before."""
    this = clock.today().year
    for wanted in [year] if year else [this - 1, this]:
        counting.build_year(wanted)


@shared_task(name="stats.fold_counts", ignore_result=True)
def fold_counts() -> None:
    """Bring what has changed into the kept counts."""
    counting.fold_counts()
