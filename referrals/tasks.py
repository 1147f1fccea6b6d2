from celery import shared_task

from referrals.actions import escalating, measuring, routing


@shared_task(name="referrals.route_pending", ignore_result=True)
def route_pending() -> None:
    """A wake-up without content: the rows say what is to be done."""
    while routing.route_batch():
        pass


@shared_task(name="referrals.hand_over_ended", ignore_result=True)
def hand_over_ended() -> None:
    """Every hour, first just after midnight: what an ended authority holds goes to its successor."""
    routing.hand_over_ended()


@shared_task(name="referrals.escalate_waiting", ignore_result=True)
def escalate_waiting() -> None:
    """Every minute: urgent ones that nobody took note of in time, or whose authority has paused since."""
    while escalating.escalate_waiting():
        pass


@shared_task(name="referrals.measure_pace", ignore_result=True)
def measure_pace() -> None:
    """Every hour: how fast the authorities have been of late."""
    measuring.measure_pace()
