from celery import shared_task

from ehr import clock
from ehr.deadlines import past

from .operations import keep_clock as keep
from .operations import make_packs as pack
from .operations import recount_all


@shared_task
def keep_clock() -> dict[str, int]:
    return {} if past.is_played() else keep(at=clock.now())


@shared_task
def make_packs() -> int:
    return 0 if past.is_played() else pack(at=clock.now())


@shared_task
def recount() -> None:
    """Rung when a figure was confirmed, and swept: a lost ring only costs the time to the next sweep."""
    if not past.is_played():
        recount_all(at=clock.now())
