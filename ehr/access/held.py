"""Which roles a user holds where: one statement, remembered on that user object, so for one request."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model

from ehr import clock
from ehr.access.roles import PRIVILEGED, Role, Scope
from ehr.access.table import scope_of

CACHE = "_held_roles"


@dataclass(frozen=True)
class Held:
    role: Role
    path: str | None  # of the unit's subtree; None is the whole group


def held(user: Any) -> tuple[Held, ...]:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    if not hasattr(user, CACHE):
        setattr(user, CACHE, _load(user))
    return getattr(user, CACHE)  # type: ignore[no-any-return]


def forget(user: Any) -> None:
    if hasattr(user, CACHE):
        delattr(user, CACHE)


def stand_in(pk: Any, roles: tuple[Held, ...]) -> Any:
    """Somebody of whom nothing is known but an id and the roles held: for questions that are kept."""
    user = get_user_model()(pk=pk)
    setattr(user, CACHE, roles)
    return user


def roles(user: Any) -> set[Role]:
    return {one.role for one in held(user)}


def has_role(user: Any, *wanted: Role) -> bool:
    return not roles(user).isdisjoint(wanted)


def holds(user: Any, role: str, path: str) -> bool:
    """That very role, for the unit of this path."""
    return any(one.role == role and path.startswith(one.path or "") for one in held(user))


def is_privileged(user: Any) -> bool:
    return has_role(user, *PRIVILEGED)


def has(user: Any, permission: str) -> bool:
    return any(scope_of(one.role, permission) for one in held(user))


def reach(user: Any, permission: str) -> tuple[Scope, set[str]]:
    """All scopes added up, and the unit paths that Scope.UNIT means. A grant on the whole group becomes ALL."""
    total, paths = Scope(0), set()
    for one in held(user):
        scope = scope_of(one.role, permission)
        if Scope.UNIT in scope and one.path:
            paths.add(one.path)
        elif Scope.UNIT in scope and one.role not in (Role.EMPLOYEE, Role.LEAVER):
            scope |= Scope.ALL
        total |= scope
    return total, paths


def _load(user: Any) -> tuple[Held, ...]:
    from ehr.access.models import RoleGrant

    if not user.has_full_access:
        return (Held(Role.LEAVER, None),)
    rows = RoleGrant.objects.held_by(user)
    return (
        Held(Role.EMPLOYEE, None),
        *(Held(Role(role), path) for role, path, start, end in rows if _is_valid(start, end)),
    )


def _is_valid(start: date | None, end: date | None) -> bool:
    if start is None and end is None:
        return True
    today = clock.today()
    return (start is None or start <= today) and (end is None or today <= end)
