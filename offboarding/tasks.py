from celery import shared_task

from ehr import clock
from ehr.deadlines import past

from .operations import keep_clock as keep
from .operations import make_packs as pack


@shared_task
def keep_clock() -> dict[str, int]:
    return {} if past.is_played() else keep(at=clock.now())


@shared_task
def make_packs() -> int:
    return 0 if past.is_played() else pack(at=clock.now())
