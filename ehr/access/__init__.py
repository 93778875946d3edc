"""Who may do what to which rows. Roles and scopes here, one table per app in its permissions.py."""

from typing import Any

from ehr.access.doors import check, refuse_self, requires, signed_in
from ehr.access.held import forget, has, has_role, holds, is_privileged, roles
from ehr.access.people import users_with
from ehr.access.roles import HR_ROLES, PRIVILEGED, Role, Scope
from ehr.access.scopes import EVERYTHING, NOTHING, asked_of, scope
from ehr.access.table import permissions, register, roles_with
from ehr.errors import Forbidden

_NAMED = ("NamedGrant", "grant", "grant_many", "revoke", "revoke_all")  # need loaded apps, so they come on first use

__all__ = [
    "EVERYTHING",
    "HR_ROLES",
    "NOTHING",
    "PRIVILEGED",
    "Forbidden",
    "Role",
    "Scope",
    "asked_of",
    "check",
    "forget",
    "has",
    "has_role",
    "holds",
    "is_privileged",
    "permissions",
    "refuse_self",
    "register",
    "requires",
    "roles",
    "roles_with",
    "scope",
    "signed_in",
    "users_with",
]


def __getattr__(name: str) -> Any:
    if name in _NAMED:
        from ehr.access import named

        return getattr(named, name)
    raise AttributeError(name)
