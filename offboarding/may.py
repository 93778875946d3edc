"""What a user may do with one case that is already loaded: decided in memory, for buttons and the API's actions."""

from collections.abc import Callable
from typing import Any

from ehr.access.held import reach
from ehr.access.roles import Scope
from employees.permissions import EmployeePermission

from . import events
from .models import Case, NonCompete, Obligation
from .permissions import Permission
from .rules import disputes
from .rules.lifecycle import TABLE, Action

BY_APPROVAL = {
    Action.APPROVE,
    Action.ACKNOWLEDGE,
    Action.RETURN_FOR_CHANGES,
    Action.REJECT,
}


def may(user: Any, permission: str, case: Case) -> bool:
    scopes, paths = reach(user, permission)
    employment = case.employment
    if Scope.ALL in scopes or any(case.unit.path.startswith(path) for path in paths):
        return True
    if Scope.OWN in scopes and employment.person.user_id == user.pk:
        return True
    if Scope.REPORTS in scopes and (manager := employment.line_manager):
        return bool(manager.person.user_id == user.pk)
    return False


def may_read_law(user: Any, case: Case) -> bool:
    """Who asks for an ending, and who reads its reasons."""
    return may(user, Permission.START_CASE, case) or may(user, Permission.VIEW_REASON, case)


def sees_protection(user: Any, case: Case) -> bool:
    """Of findings that tell of a protection: whoever handles the exit, and whoever may know of it (decisions 12)."""
    return may(user, Permission.MANAGE_CASE, case) or may(user, EmployeePermission.VIEW_PROTECTED_STATUS, case)


def sees_duties(user: Any, case: Case) -> bool:
    """Of the time after an exit: nobody watches over what the company owes them."""
    return not _is_own(user, case) and may(user, Permission.VIEW_OBLIGATIONS, case)


def sees_non_compete(user: Any, case: Case) -> bool:
    return _is_own(user, case) or may(user, Permission.VIEW_OBLIGATIONS, case)


def sees_disputes(user: Any, case: Case) -> bool:
    return not _is_own(user, case) and may(user, Permission.VIEW_DISPUTES, case)


def may_keep_disputes(user: Any, case: Case) -> bool:
    return case.can_be_disputed and not _is_own(user, case) and may(user, Permission.RECORD_DISPUTE, case)


READERS: tuple[tuple[frozenset[str], Callable[[Any, Case], bool]], ...] = (
    (events.OF_DUTIES, sees_duties),
    (events.OF_NON_COMPETE, sees_non_compete),
    (events.OF_DISPUTES, sees_disputes),
)
WHOLE = (*READERS, (events.WITH_FINDINGS, sees_protection))


def hidden_facts(user: Any, case: Case, *, whole: bool = False) -> frozenset[str]:
    """Kinds of events that tell of what this user may not read. `whole`: with the codes that a timeline leaves out."""
    guarded = WHOLE if whole else READERS
    return frozenset().union(*(kinds for kinds, sees in guarded if not sees(user, case)))


def sees_non_compete_pay(user: Any, clause: NonCompete) -> bool:
    """Whoever may see pay; an amount that was agreed also whoever decides on it. What the average wage says of it is
    for the first alone, and where nothing was agreed the amount itself says it: it is thirty per cent of that wage."""
    if may(user, EmployeePermission.VIEW_PAY, clause.case):
        return True
    return not clause.pays_floor and may(user, Permission.DECIDE_NON_COMPETE, clause.case)


def sees_non_compete_penalty(user: Any, clause: NonCompete) -> bool:
    """What was agreed for a breach says nothing of pay."""
    asked = (EmployeePermission.VIEW_PAY, Permission.DECIDE_NON_COMPETE)
    return any(may(user, permission, clause.case) for permission in asked)


def works_on(user: Any, duty: Obligation) -> bool:
    """Whether a form is offered; what is sent without one gets the same answer in words."""
    return not duty.closed_to_hands and duty.case.state in TABLE[action_on(duty)].sources and duty.is_workable_by(user)


def action_on(duty: Obligation) -> Action:
    """A dispute outlives its exit; whatever else is owed comes with one that was decided on."""
    return Action.KEEP_DISPUTE if duty.kind in disputes.KINDS else Action.WORK_TRACK


def is_at_work(case: Case) -> bool:
    return case.state in TABLE[Action.WORK_TRACK].sources


def actions(user: Any, case: Case, *, is_asked: bool, is_delivered: bool | None = None) -> list[str]:
    """The table's actions for this state that this user may take. Nobody acts on their own case but to take it back."""
    offered = case.actions(is_delivered=is_delivered)
    return [action for action in offered if _is_theirs(user, Action(action), case, is_asked)]


def _is_theirs(user: Any, action: Action, case: Case, is_asked: bool) -> bool:
    permission = TABLE[action].permission
    is_own = _is_own(user, case)
    if action in BY_APPROVAL:
        return is_asked
    if permission == Permission.WITHDRAW_CASE:
        return is_own if case.is_notice else not is_own and may(user, permission, case)
    if action in (Action.SUBMIT, Action.REDRAFT) and case.is_notice:
        return is_own or (case.is_sent_by_hr and may(user, Permission.MANAGE_CASE, case))
    return not is_own and may(user, permission, case)


def _is_own(user: Any, case: Case) -> bool:
    return bool(case.employment.person.user_id == user.pk)
