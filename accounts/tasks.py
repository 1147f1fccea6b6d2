from celery import shared_task
from oauth2_provider.models import clear_expired


@shared_task(name="accounts.clear_expired_tokens", ignore_result=True)
def clear_expired_tokens() -> None:
    """Forget the access tokens of API clients that are not valid any more."""
    clear_expired()
