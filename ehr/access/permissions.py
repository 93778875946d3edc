from enum import StrEnum

from ehr.access.roles import Role, Scope


class Permission(StrEnum):
    MANAGE_ROLES = "access.manage_roles"
    VIEW_ROLES = "access.view_roles"


P = Permission
GRANTS: dict[Role, dict[Permission, Scope]] = {
    Role.ADMIN: {P.MANAGE_ROLES: Scope.ALL, P.VIEW_ROLES: Scope.ALL},
    Role.AUDITOR: {P.VIEW_ROLES: Scope.ALL},
}
