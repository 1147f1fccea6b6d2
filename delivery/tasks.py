from celery import shared_task

from delivery.actions import delivering, watching


@shared_task(name="delivery.deliver_pending", ignore_result=True)
def deliver_pending() -> None:
    """A wake-up without content: the rows say what is to be delivered."""
    delivering.deliver_pending()


@shared_task(name="delivery.remind_unfetched", ignore_result=True)
def remind_unfetched() -> None:
    """Three times a day: who should fetch and does not."""
    watching.remind_unfetched()


@shared_task(name="delivery.forget_old_deliveries", ignore_result=True)
def forget_old_deliveries() -> None:
    """Every night: calls and letters of long ago."""
    watching.forget_old_deliveries()
