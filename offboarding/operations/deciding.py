"""What an approver does with a step. The case is locked first; each row is decided by compare-and-set."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import deadlines
from ehr.access import refuse_self
from ehr.errors import Forbidden, Refused, WrongState

from .. import events
from ..models import Approval, ApprovalState, Case, Decision, Step
from ..models.decision import sha256
from ..rules import kinds
from ..rules.chains import Allowed, Mode
from . import asking, people
from .agreeing import agree_last_day
from .approving import conclude
from .staying import keep_person

if TYPE_CHECKING:
    from ehr.identity.models import User


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What came with the decision."""

    decision: str
    comment: str = ""
    to: "User | None" = None
    last_working_date: date | None = None
    successor: "User | None" = None


@transaction.atomic
def decide(*, approval: Approval, choice: Choice, by: "User", at: datetime) -> Case:
    case = approval.step.case
    refuse_self(by, people.leaver_of(case))
    case.hold()
    approval.refresh_from_db(fields=["state"])
    if not approval.is_for(by):
        raise Forbidden("not_your_step")
    _refuse_unless_offered(approval, choice, case)
    _DO[Allowed(choice.decision)](approval, choice, case, by, at)
    return case


def offered(approval: Approval) -> list[str]:
    step = approval.step.chain_step
    possible = [action for action in step.allowed if action != Allowed.DELEGATE or step.may_delegate]
    return possible if approval.state == ApprovalState.PENDING else []


@transaction.atomic
def comment(*, case: Case, text: str, for_leaver: bool = False, by: "User", at: datetime) -> Decision:
    said = Decision.write(case=case, kind="comment", comment=text, for_leaver=for_leaver, by=by, at=at)
    case.note(events.Commented, by=by, at=at, reason_sha256=said.comment_sha256)
    return said


def _pass(approval: Approval, choice: Choice, case: Case, by: "User", at: datetime) -> None:
    """Approve or acknowledge; the step ends once all it needs have signed."""
    is_notice = choice.decision == Allowed.ACKNOWLEDGE
    approval.decide(state=ApprovalState.ACKNOWLEDGED if is_notice else ApprovalState.APPROVED, by=by, at=at)
    _keep(approval, choice, case, by, at)
    _take_over(choice, case, by, at)
    step, others = approval.step, list(approval.step.approvals.pending())
    if not _is_complete(step, others):
        return
    _end_step(approval, choice, case, others, by, at)
    step.finish(at=at)
    if asking.open_next_step(case, by=by, at=at):
        case.touch(at=at)
    else:
        conclude(case, by=by, at=at)


def _take_over(choice: Choice, case: Case, by: "User", at: datetime) -> None:
    if choice.successor:
        refuse_self(choice.successor, people.leaver_of(case))
        case.choose_successor(choice.successor)
    if choice.last_working_date and choice.last_working_date != case.last_working_date:
        agree_last_day(case, choice.last_working_date, by=by, at=at)


def _return(approval: Approval, choice: Choice, case: Case, by: "User", at: datetime) -> None:
    _stop(approval, choice, case, ApprovalState.RETURNED, by, at)
    case.return_for_changes(reason_sha256=sha256(choice.comment), by=by, at=at)
    _ask_to_amend(case, by=by, at=at)


def _reject(approval: Approval, choice: Choice, case: Case, by: "User", at: datetime) -> None:
    _stop(approval, choice, case, ApprovalState.REJECTED, by, at)
    case.reject(reason_sha256=sha256(choice.comment), by=by, at=at)
    keep_person(case, by=by, at=at)
    people.tell([case.started_by], case, "offboarding.rejected", at=at)
    if case.started_by != people.leaver_of(case):
        people.tell_leaver(case, "offboarding.stopped", at=at)


def _delegate(approval: Approval, choice: Choice, case: Case, by: "User", at: datetime) -> None:
    """A colleague takes this signature over; the due time stays."""
    colleague = _colleague(choice, case, approval.step)
    approval.decide(state=ApprovalState.DELEGATED, by=by, at=at)
    _close_duty(approval, case, by, at)
    _keep(approval, choice, case, by, at)
    asking.ask(approval.step, case, colleague, countersign=approval.countersign, by=by, at=at)
    people.tell_asked([colleague], case, approval.step, at=at)


def _add_approver(approval: Approval, choice: Choice, case: Case, by: "User", at: datetime) -> None:
    """One more signature on this step, whatever its mode."""
    colleague = _colleague(choice, case, approval.step)
    _keep(approval, choice, case, by, at)
    asking.ask(approval.step, case, colleague, countersign=True, by=by, at=at)
    people.tell_asked([colleague], case, approval.step, at=at)


_DO: dict[Allowed, Callable[[Approval, Choice, Case, "User", datetime], None]] = {
    Allowed.APPROVE: _pass,
    Allowed.ACKNOWLEDGE: _pass,
    Allowed.RETURN: _return,
    Allowed.REJECT: _reject,
    Allowed.DELEGATE: _delegate,
    Allowed.ADD_APPROVER: _add_approver,
}
NEEDS_COMMENT = {Allowed.RETURN, Allowed.REJECT}


def _refuse_unless_offered(approval: Approval, choice: Choice, case: Case) -> None:
    approval.refuse_decided()
    if choice.decision not in offered(approval):
        detail = _("A resignation is a notice: it can't be rejected.") if case.is_notice else _("Not offered here.")
        raise WrongState(detail, allowed=offered(approval))
    if choice.decision in NEEDS_COMMENT and not choice.comment.strip():
        raise Refused("B_REASON_MISSING", _("Please write why."), field="comment")


def _stop(approval: Approval, choice: Choice, case: Case, state: ApprovalState, by: "User", at: datetime) -> None:
    approval.decide(state=state, by=by, at=at)
    _keep(approval, choice, case, by, at)
    _end_step(approval, choice, case, approval.step.approvals.pending(), by, at)
    approval.step.stop(at=at)


def _end_step(
    approval: Approval, choice: Choice, case: Case, others: Iterable[Approval], by: "User", at: datetime
) -> None:
    step = approval.step
    for other in others:
        other.decide(state=ApprovalState.SUPERSEDED, by=by, at=at)
        _close_duty(other, case, by, at, outcome="cancelled")
    case.note(
        events.StepDecided,
        by=by,
        at=at,
        step_id=str(step.pk),
        position=step.position,
        decision=choice.decision,
        approval_id=str(approval.pk),
        reason_sha256=sha256(choice.comment),
    )


def _is_complete(step: Step, pending: list[Approval]) -> bool:
    if any(other.countersign for other in pending):
        return False
    return step.chain_step.mode == Mode.ANY or not pending


def _keep(approval: Approval, choice: Choice, case: Case, by: "User", at: datetime) -> None:
    Decision.write(
        case=case,
        kind=choice.decision,
        comment=choice.comment,
        approval=approval,
        on_behalf_of=approval.on_behalf_of(by),
        for_leaver=kinds.rule(case.kind).is_notice,
        by=by,
        at=at,
    )
    if approval.state != ApprovalState.PENDING:
        _close_duty(approval, case, by, at)


def _close_duty(approval: Approval, case: Case, by: "User", at: datetime, outcome: str = "done") -> None:
    deadlines.close(subject=case.ref, kind=asking.KIND, key=approval.key, by=by, at=at, outcome=outcome)


def _colleague(choice: Choice, case: Case, step: Step) -> "User":
    colleague = choice.to
    if colleague is None or not colleague.has_full_access:
        raise Refused("B_NO_COLLEAGUE", _("Choose a colleague."), field="to")
    if colleague == people.leaver_of(case) or step.approvals.pending().filter(approver=colleague).exists():
        raise Refused("B_NO_COLLEAGUE", _("This person can't be asked here."), field="to")
    return colleague


def _ask_to_amend(case: Case, *, by: "User", at: datetime) -> None:
    """Back to whoever can send it again, with a to-do of their own: of a letter that is its person, if they have an
    account, and whoever recorded it else."""
    own = case.is_notice and not case.is_sent_by_hr
    owner = people.leaver_of(case) if own else case.started_by
    if owner is None:
        return
    deadlines.open_deadline(
        kind="offboarding.returned",
        subject=case.ref,
        owner=owner,
        due_at=deadlines.due_in(working_days=2, at=at),
        url="/me/" if own else f"{case.url}letter/" if case.is_on_paper else case.url,
        params={"name": case.employment.person.name},
        by=by,
        at=at,
    )
