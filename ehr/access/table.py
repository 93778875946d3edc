"""The one table role → permission → scope, filled by each app's permissions.py at start."""

from collections.abc import Mapping
from typing import Any

from ehr.access.roles import Role, Scope
from ehr.lib.registry import Registry

_table: Registry[tuple[Role, str], Scope] = Registry()


def register(grants: Mapping[Role, Mapping[Any, Scope]]) -> None:
    for role, permissions in grants.items():
        for permission, scope in permissions.items():
            _table.register((role, str(permission)), scope)


def scope_of(role: Role, permission: str) -> Scope:
    return _table.get((role, str(permission)), Scope(0))


def permissions() -> set[str]:
    return {permission for _role, permission in _table}


def roles_with(permission: str) -> list[Role]:
    return [role for role in Role if scope_of(role, permission)]
