"""The one table role → permission → scope, filled by each app's permissions.py at start."""

from collections.abc import Mapping
from typing import Any

from ehr.access.roles import Role, Scope

_table: dict[Role, dict[str, Scope]] = {role: {} for role in Role}


def register(grants: Mapping[Role, Mapping[Any, Scope]]) -> None:
    for role, permissions in grants.items():
        for permission, scope in permissions.items():
            _table[role][str(permission)] = scope


def scope_of(role: Role, permission: str) -> Scope:
    return _table[role].get(str(permission), Scope(0))


def permissions() -> set[str]:
    return {permission for granted in _table.values() for permission in granted}


def roles_with(permission: str) -> list[Role]:
    return [role for role in Role if scope_of(role, permission)]
