"""Who holds a role for a unit: the nearest up the tree, the whole group last."""

from typing import Any

from django.db.models import Q

from ehr import clock
from ehr.access.roles import Role


def users_with(role: Role, unit: Any) -> Any:
    from ehr.access.models import RoleGrant
    from ehr.identity.models import User

    nearest = _nearest(RoleGrant.objects.holders(role, unit, on=clock.today()))
    return User.objects.with_full_access().filter(Q(pk__in=nearest)).order_by("username")


def _nearest(holders: list[tuple[Any, str | None]]) -> set[Any]:
    closest = max((len(path or "") for _, path in holders), default=0)
    return {user for user, path in holders if len(path or "") == closest}
