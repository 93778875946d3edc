from celery import shared_task

from ehr import clock

from . import operations
from .rules.periods import Rhythm, period_of


@shared_task(name="performance.tasks.open_periods", ignore_result=True)
def open_periods() -> None:
    """Every night: the running month and quarter, also for who came meanwhile. Who has a scorecard keeps it."""
    today, now = clock.today(), clock.now()
    for rhythm in Rhythm:
        operations.open_period(period=period_of(rhythm=rhythm, day=today), by=None, at=now)
