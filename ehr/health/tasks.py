from celery import shared_task
from django.db.models.functions import Now

from ehr.health.models import Heartbeat


@shared_task
def beat() -> None:
    Heartbeat.objects.update_or_create(name="beat", defaults={"at": Now()})
