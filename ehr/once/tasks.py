from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from ehr import clock
from ehr.once.models import Answer, Tally


@shared_task
def forget() -> None:
    """Answers older than two days, tallies and sessions that have ended. Tallies run on the raw clock."""
    Answer.objects.outlived(clock.now()).delete()
    Tally.objects.filter(ends_at__lt=timezone.now()).delete()
    SessionStore.clear_expired()
