"""A signature that stays away goes to the next manager, when its step says so."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import deadlines
from ehr.clock import LEGAL_ZONE
from ehr.lib.workdays import add_working_days
from ehr.units.calendars import workday_rule
from employees.queries import manager_of_user

from .. import events
from ..models import Approval, ApprovalState, Case, Step
from ..rules.chains import LateAction
from . import asking, people

if TYPE_CHECKING:
    from uuid import UUID

    from ehr.identity.models import User

LEVELS = 8


def overdue(at: datetime) -> "Iterable[UUID]":
    """Exits with an open step that is late and hands on; whether its patience is over is asked per case."""
    late = Step.objects.filter(state="open", due_at__lt=at, chain_step__late_action=LateAction.HAND_OVER)
    return list(late.values_list("case", flat=True))


@transaction.atomic
def hand_on(case: Case, *, at: datetime) -> bool:
    """Each who did not sign is relieved by the next manager up who was not asked here yet, with a due time of their
    own; where nobody is left, HR; where HR was asked too, it stays where it is."""
    step = case.steps.filter(round=case.round, state="open").select_related("chain_step").first()
    if step is None or step.chain_step.late_action != LateAction.HAND_OVER or not _is_over(step, case, at):
        return False
    return sum(_hand_on(approval, step, case, at=at) for approval in step.approvals.pending()) > 0


def _is_over(step: Step, case: Case, at: datetime) -> bool:
    assert step.due_at is not None
    due = step.due_at.astimezone(LEGAL_ZONE)
    day = add_working_days(due.date(), step.chain_step.late_days, workday_rule())
    return at >= datetime.combine(day, time(due.hour, due.minute), LEGAL_ZONE)


def _hand_on(approval: Approval, step: Step, case: Case, *, at: datetime) -> bool:
    to = _next(approval, step, case)
    if to is None:
        return False
    step.postpone(due_at=deadlines.due_in(working_days=step.chain_step.sla_days, at=at))
    give(approval, step, case, to, by=None, at=at)
    return True


def give(approval: Approval, step: Step, case: Case, to: "User", *, by: "User | None", at: datetime) -> None:
    """The open signature alone; who was asked before stays in the history of the step."""
    approval.decide(state=ApprovalState.DELEGATED, by=by, at=at)
    deadlines.close(subject=case.ref, kind=asking.KIND, key=approval.key, by=by, at=at, outcome="cancelled")
    asking.ask(step, case, to, countersign=approval.countersign, by=by, at=at)
    case.note(
        events.StepHandedOn,
        by=by,
        at=at,
        step_id=str(step.pk),
        position=step.position,
        from_id=str(approval.approver_id or ""),
        to_id=str(to.pk),
    )
    people.tell_asked([to], case, step, at=at)


def _next(approval: Approval, step: Step, case: Case) -> "User | None":
    asked = set(step.approvals.values_list("approver", flat=True)) | {case.employment.person.user_id}
    user = approval.approver
    for _level in range(LEVELS):
        user = manager_of_user(user) if user else None
        if user is not None and user.pk not in asked and user.has_full_access:
            return user
    return next((one for one in people.hr_of(case) if one.pk not in asked), None)
