from celery import shared_task

from contacts import asking
from contacts.actions import importing


@shared_task(name="contacts.check_directory", ignore_result=True)
def check_directory() -> None:
    """Every night: owners are asked to confirm what waits for it, and what municipalities lack is written down."""
    asking.check_directory()


@shared_task(name="contacts.forget_uploads", ignore_result=True)
def forget_uploads() -> None:
    """Files that nobody confirmed do not outlive their hour, though nobody uploads another."""
    importing.forget_uploads()
