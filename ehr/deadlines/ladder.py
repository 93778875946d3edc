"""Who hears of a late duty, one rung after the other: its owner, the next manager, HR."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ehr.deadlines.models import Deadline

_manager_of: list[Callable[[Any], Any]] = []


def register_manager_of(finder: Callable[[Any], Any]) -> None:
    """employees knows who leads whom; finder takes a user and returns the next manager's user or None."""
    _manager_of[:] = [finder]


def manager_of(user: Any) -> Any:
    return _manager_of[0](user) if _manager_of and user is not None else None


def owners(deadline: "Deadline") -> Sequence[Any]:
    from ehr import access

    if deadline.owner is not None:
        return [deadline.owner]
    return _heard(deadline, access.users_with(access.Role(deadline.role), deadline.unit))


def managers(deadline: "Deadline") -> Sequence[Any]:
    """Of a person: the next manager. Of a pool: the head of the unit. Nobody there: HR hears at once."""
    head = deadline.unit.head if deadline.unit else None
    found = manager_of(deadline.owner) if deadline.owner is not None else head
    return _heard(deadline, [found] if found else []) or hr(deadline)


def hr(deadline: "Deadline") -> Sequence[Any]:
    from ehr import access

    for role in (access.Role.HRBP, access.Role.HR_MANAGER, access.Role.GROUP_HR):
        if found := _heard(deadline, access.users_with(role, deadline.unit)):
            return found
    return []


def _heard(deadline: "Deadline", users: Iterable[Any]) -> Sequence[Any]:
    """Without the person it is about, whatever their place on the ladder."""
    return [user for user in users if user.pk != deadline.kept_from_id]
