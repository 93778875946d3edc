from celery import shared_task

from ehr import clock

from .accounts import running
from .importing import advancing


@shared_task(name=advancing.TASK)
def advance_imports() -> None:
    """Rung when a file waits, and swept: a lost ring only costs the time to the next sweep."""
    advancing.advance_all()
    advancing.drop_forgotten(at=clock.now())


@shared_task(name=running.TASK)
def open_accounts() -> None:
    running.advance_all()
