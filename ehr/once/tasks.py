from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from ehr import clock
from ehr.once.models import Answer


@shared_task
def forget() -> None:
    """Answers older than two days and sessions that have ended."""
    Answer.objects.outlived(clock.now()).delete()
    SessionStore.clear_expired()
