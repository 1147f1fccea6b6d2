from celery import shared_task

from contacts import asking


@shared_task(name="contacts.check_directory", ignore_result=True)
def check_directory() -> None:
    """Every night: owners are asked to confirm what waits for it, and what municipalities lack is written down."""
    asking.check_directory()
