from celery import shared_task

from kela_kunta.base import clock
from referrals.actions import detecting, escalating, measuring, purging, recalling, releasing, routing


@shared_task(name="referrals.route_pending", ignore_result=True)
def route_pending() -> None:
    """A wake-up without content: the rows say what is to be done."""
    routing.route_pending()


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


@shared_task(name="referrals.detect_alerts", ignore_result=True)
def detect_alerts() -> None:
    """Every night: whom the months paid mean, and what of it leaves today."""
    detecting.detect_alerts(clock.today())
    release_alerts()


@shared_task(name="referrals.release_alerts", ignore_result=True)
def release_alerts() -> None:
    """Every hour: what an earlier run found and whose day has come."""
    while releasing.release_alerts(clock.today()):
        pass


@shared_task(name="referrals.carry_out_recalls", ignore_result=True)
def carry_out_recalls() -> None:
    """A wake-up without content, and every minute: runs that were recalled."""
    while recalling.carry_out_recalls():
        pass


@shared_task(name="referrals.purge_expired", ignore_result=True)
def purge_expired() -> None:
    """Every night: what is not kept any more is deleted."""
    purging.purge_expired(clock.today())
