"""Reads across people and units."""

from collections.abc import Iterator

from ehr import access
from ehr.identity.models import User
from ehr.units.models import OrgUnit

from .models import Employment, EmploymentStatus
from .permissions import EmployeePermission


def manager_of(employment: Employment, level: int = 1) -> User | None:
    """The level-th above: line manager first, then the heads up the tree; never the person, never who left."""
    found: list[User] = []
    for user in _managers_upwards(employment):
        if user not in found and user.has_full_access and user.pk != employment.person.user_id:
            found.append(user)
        if len(found) == level:
            return user
    return None


def _managers_upwards(employment: Employment) -> Iterator[User]:
    manager = employment.line_manager
    if manager and manager.status != EmploymentStatus.LEFT and manager.person.user:
        yield manager.person.user
    above = employment.unit.ancestors().select_related("head")
    for unit in [employment.unit, *above]:
        if unit.head:
            yield unit.head


def employment_of(user: User) -> Employment | None:
    """The current employment of the signed-in person, else the last one."""
    rows = Employment.objects.filter(person__user=user).select_related("person", "unit")
    return rows.current().first() or rows.order_by("-hire_date").first()


def units_below(unit: OrgUnit | None, *, user: User) -> list[OrgUnit]:
    """The next step down of the tree filter; without a unit, the tops of what the user may see."""
    if unit:
        return list(unit.children.order_by("code")[:200])
    visible = OrgUnit.objects.filter(access.scope(user, EmployeePermission.VIEW_EMPLOYMENT, unit="path"))
    shallow = list(visible.order_by("path")[:1])
    if not shallow:
        return []
    return list(OrgUnit.objects.filter(parent=shallow[0]).order_by("code")[:200])


def manager_of_user(user: User) -> User | None:
    """For the ladder of deadlines: who is told when this user is late."""
    employment = employment_of(user)
    return manager_of(employment) if employment else None
