from functools import partial

from django.db import transaction

from ehr import record
from ehr.lib.crashpoint import crashpoint

TASK = "integrations.tasks.deliver"


def ring_on_commit(task: str = TASK) -> None:
    """Only to be quicker than the sweep."""
    transaction.on_commit(partial(_ring, task))


def _ring(task: str) -> None:
    crashpoint("after_plan_before_ring")
    record.nudge(task)
