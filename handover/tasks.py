from celery import shared_task

from ehr import clock
from ehr.deadlines import past
from handover import operations


@shared_task(name="handover.tasks.run_transfers", ignore_result=True)
def run_transfers() -> None:
    """What is in flight moves at its set time."""
    if not past.is_played():
        operations.run_transfers(at=clock.now())
