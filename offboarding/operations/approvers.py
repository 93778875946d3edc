"""Who decides a step: found at the moment it opens, never the leaver, and never nobody."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ehr import access
from ehr.access import Role
from employees.queries import manager_of

from ..models import Case, ChainStep
from ..rules.chains import Resolver

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import OrgUnit

LEVELS = 8
ROLES = {
    Resolver.HRBP: Role.HRBP,
    Resolver.HR_MANAGER: Role.HR_MANAGER,
    Resolver.FINANCE: Role.FINANCE,
    Resolver.LEGAL: Role.HR_LEGAL,
    Resolver.GENERAL_MANAGER: Role.GENERAL_MANAGER,
    Resolver.GROUP_HR: Role.GROUP_HR,
}
FALLBACK = (Role.HR_MANAGER, Role.GROUP_HR)


def approvers(step: ChainStep, case: Case) -> list["User"]:
    """Empty only when the whole company has no HR: then the step waits for the pool of group HR."""
    return _found(step, case) or _hr(case)


def head_of(case: Case) -> "User | None":
    """The next head up the tree who is not the leaver; else group HR (decisions 9)."""
    return next(_heads(case), None) or next(iter(_holding(Role.GROUP_HR, case)), None)


def _found(step: ChainStep, case: Case) -> list["User"]:
    resolver = Resolver(step.resolver)
    if resolver in ROLES:
        return _holding(ROLES[resolver], case)
    return _PEOPLE[resolver](step, case)


def _line_manager(step: ChainStep, case: Case) -> list["User"]:
    managers = (manager_of(case.employment, level=level) for level in range(1, LEVELS))
    return [user for user in managers if user and _can_decide(user, case)][:1]


def _unit_head(step: ChainStep, case: Case) -> list["User"]:
    return list(_heads(case))[:1]


def _named(step: ChainStep, case: Case) -> list["User"]:
    return [step.named] if step.named and _can_decide(step.named, case) else []


_PEOPLE: dict[Resolver, Callable[[ChainStep, Case], list["User"]]] = {
    Resolver.LINE_MANAGER: _line_manager,
    Resolver.UNIT_HEAD: _unit_head,
    Resolver.NAMED: _named,
}


def _heads(case: Case) -> Iterator["User"]:
    for unit in _upwards(case.unit):
        if unit.head and _can_decide(unit.head, case):
            yield unit.head


def _holding(role: Role, case: Case) -> list["User"]:
    """Holders for the unit; when the leaver is the only one, those of the next level up."""
    for unit in _upwards(case.unit):
        people = [user for user in access.users_with(role, unit) if _can_decide(user, case)]
        if people:
            return people
    return []


def _hr(case: Case) -> list["User"]:
    return next((people for role in FALLBACK if (people := _holding(role, case))), [])


def _upwards(unit: "OrgUnit") -> Iterator["OrgUnit"]:
    yield unit
    yield from unit.ancestors().select_related("head")


def _can_decide(user: "User", case: Case) -> bool:
    return bool(user.has_full_access) and user.pk != case.employment.person.user_id
