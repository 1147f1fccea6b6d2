from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from oauth2_provider.models import clear_expired


@shared_task(name="accounts.clear_expired_tokens", ignore_result=True)
def clear_expired_tokens() -> None:
    """Forget the access tokens of API clients, and the sessions of people, that are not valid any more."""
    clear_expired()
    SessionStore.clear_expired()
