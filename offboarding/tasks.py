from celery import shared_task

from ehr import clock

from .operations import keep_clock as keep


@shared_task
def keep_clock() -> dict[str, int]:
    return keep(at=clock.now())
