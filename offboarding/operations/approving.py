"""The moment a case is decided: tracks, handover and the event, all in the transaction of the last signature."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import deadlines

from ..models import Case
from . import asking, people
from .planning import plan_tracks

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic(savepoint=False)
def conclude(case: Case, *, by: "User | None", at: datetime, by_law: bool = False) -> None:
    case.approve(by=by, at=at, by_law=by_law)
    plan_tracks(case, by=by, at=at)
    people.tell_leaver(case, "offboarding.approved", at=at, last_day=str(case.last_working_date))
    people.tell([case.started_by], case, "offboarding.decided", at=at)


@transaction.atomic
def acknowledge_by_law(case: Case, *, at: datetime) -> None:
    """Nobody answered in time, and nobody has to: the notice works by itself (LCL 37)."""
    case.hold()
    for step in case.steps.filter(round=case.round, state="open"):
        for approval in step.approvals.pending():
            approval.decide(state="superseded", by=None, at=at)
        step.finish(at=at)
    for step in case.steps.filter(round=case.round, state="waiting"):
        step.skip(at=at)
    asking.stop_asking(case, by=None, at=at)
    deadlines.close(subject=case.ref, kind="offboarding.returned", by=None, at=at, outcome="cancelled")
    conclude(case, by=None, at=at, by_law=True)
    people.tell(people.hr_of(case), case, "offboarding.acknowledged_by_law", at=at)
