"""Reads across people and units."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ehr.identity.models import User

from .models import Employment, EmploymentStatus


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


@dataclass(frozen=True, kw_only=True)
class PayFact:
    month: date
    gross: Decimal
    overtime: Decimal


def pay_history(employment: Employment, *, months: int = 24) -> list[PayFact]:
    """Newest month first."""
    rows = employment.pay_months.order_by("-month")[:months]
    return [PayFact(month=row.month, gross=Decimal(row.gross), overtime=Decimal(row.overtime)) for row in rows]
