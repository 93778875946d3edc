from celery import shared_task

from ehr import clock
from ehr.deadlines import past
from ehr.deadlines.calendar_watch import ask_for_next_year
from ehr.deadlines.sweeping import sweep as sweep_now


@shared_task(name="ehr.deadlines.tasks.sweep")
def sweep() -> None:
    if not past.is_played():
        sweep_now(at=clock.now())


@shared_task(name="ehr.deadlines.tasks.ask_for_calendar", ignore_result=True)
def ask_for_calendar() -> None:
    ask_for_next_year(at=clock.now())
