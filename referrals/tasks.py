from celery import shared_task

from referrals.actions import routing


@shared_task(name="referrals.route_pending", ignore_result=True)
def route_pending() -> None:
    """A wake-up without content: the rows say what is to be done."""
    while routing.route_batch():
        pass


@shared_task(name="referrals.hand_over_ended", ignore_result=True)
def hand_over_ended() -> None:
    """Every hour, first just after midnight: what an ended authority holds goes to its successor."""
    routing.hand_over_ended()
