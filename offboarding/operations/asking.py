"""Opening the steps of a chain, one after the other, each with its people and its due time."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from ehr import deadlines
from ehr.access import Role
from ehr.deadlines.models import Deadline

from .. import events
from ..models import Approval, Case, Chain, ChainStep, Step, StepState, VersionState
from ..rules import chains
from . import people
from .approvers import approvers
from .default_chains import ensure_default_chain

if TYPE_CHECKING:
    from ehr.identity.models import User

    from ..models import ChainVersion

KIND = "offboarding.approval"
LADDERS = {
    chains.LateAction.REMIND: Deadline.Ladder.OWNER,
    chains.LateAction.ESCALATE_MANAGER: Deadline.Ladder.FULL,
    chains.LateAction.ESCALATE_HR: Deadline.Ladder.HR,
    chains.LateAction.HAND_OVER: Deadline.Ladder.OWNER,  # then operations.handing_on gives it to somebody else
}


def choose_version(case: Case) -> "ChainVersion":
    """Nearest unit up the tree, then the narrower grades; the shipped chain when nobody drew one."""
    drawn = Chain.objects.filter(kind=case.kind, versions__state=VersionState.PUBLISHED).select_related("unit")
    scopes = [
        chain.scope for chain in drawn.filter(Q(unit=None) | Q(unit__in=case.unit.ancestors()) | Q(unit=case.unit))
    ]
    chosen = chains.choose(scopes, path=case.unit.path, grade=case.employment.grade)
    chain = chosen.key if chosen else ensure_default_chain(case.kind)
    version = chain.in_force
    assert version is not None
    return version


def plan_steps(case: Case) -> None:
    assert case.chain_version is not None
    Step.objects.bulk_create(
        Step(case=case, chain_step=step, round=case.round, position=step.position)
        for step in case.chain_version.steps.all()
    )


def open_next_step(case: Case, *, by: "User | None", at: datetime) -> bool:
    """False when no step is left: then the case is decided."""
    waiting = case.steps.filter(round=case.round, state=StepState.WAITING).select_related("chain_step")
    for step in waiting.order_by("position"):
        if chains.applies(step.chain_step.condition_rules, condition_facts(case)):
            _open(step, case, by=by, at=at)
            return True
        step.skip(at=at)
    return False


def condition_facts(case: Case) -> dict[str, object]:
    return {chains.Field.GRADE: case.employment.grade, chains.Field.COST: case.cost, chains.Field.KIND: case.kind}


def ask(
    step: Step,
    case: Case,
    approver: "User | None",
    *,
    countersign: bool = False,
    by: "User | None",
    at: datetime,
) -> Approval:
    """One row that waits for a decision, and its to-do."""
    role = "" if approver else Role.GROUP_HR.value
    approval = Approval.objects.create(
        step=step, approver=approver, role=role, countersign=countersign, asked_by=by, created_at=at
    )
    deadlines.open_deadline(
        kind=KIND,
        subject=case.ref,
        owner=approver,
        role=role,
        unit=case.unit,
        kept_from=people.leaver_of(case),
        due_at=step.due_at,
        url=f"{case.url}approvals/{approval.pk}/",
        params={"name": case.employment.person.name, "step": step.chain_step.title},
        key=approval.key,
        ladder=LADDERS[chains.LateAction(step.chain_step.late_action)],
        escalate_after=step.chain_step.late_days,
        by=by,
        at=at,
    )
    return approval


def follow(deadline_id: object) -> None:
    """The open step is due when the duty of its approval is."""
    duty = deadlines.Deadline.objects.filter(pk=deadline_id, closed_at=None).first()
    step = Step.objects.filter(approvals__pk=duty.key, state=StepState.OPEN).first() if duty else None
    if duty and step:
        step.postpone(due_at=duty.due_at)


def stop_asking(case: Case, *, by: "User | None", at: datetime, outcome: str = "cancelled") -> None:
    deadlines.close(subject=case.ref, kind=KIND, by=by, at=at, outcome=outcome)


def _open(step: Step, case: Case, *, by: "User | None", at: datetime) -> None:
    spec: ChainStep = step.chain_step
    step.open(due_at=deadlines.due_in(working_days=spec.sla_days, at=at), at=at)
    asked = approvers(spec, case) or [None]
    for approver in asked:
        ask(step, case, approver, by=by, at=at)
    ids = [str(user.pk) for user in asked if user]
    case.note(events.StepOpened, by=by, at=at, step_id=str(step.pk), position=step.position, approver_ids=ids)
    people.tell_asked([user for user in asked if user], case, step, at=at)
