from celery import shared_task

from delivery.actions import delivering


@shared_task(name="delivery.deliver_pending", ignore_result=True)
def deliver_pending() -> None:
    """A wake-up without content: the rows say what is to be delivered."""
    delivering.deliver_pending()
