from enum import StrEnum

from ehr.access.roles import HR_ROLES, Role, Scope


class Permission(StrEnum):
    VIEW_UNIT = "units.view_unit"
    MANAGE_UNITS = "units.manage_units"
    MANAGE_EMPLOYERS = "units.manage_employers"
    MANAGE_CALENDAR = "units.manage_calendar"


P = Permission
GRANTS: dict[Role, dict[Permission, Scope]] = {
    **{role: {P.VIEW_UNIT: Scope.UNIT} for role in HR_ROLES - {Role.GROUP_HR}},
    Role.GROUP_HR: {P.VIEW_UNIT: Scope.UNIT, P.MANAGE_EMPLOYERS: Scope.ALL},
    Role.GENERAL_MANAGER: {P.VIEW_UNIT: Scope.UNIT},
    Role.HEAD: {P.VIEW_UNIT: Scope.UNIT},
    Role.STORE_MANAGER: {P.VIEW_UNIT: Scope.UNIT},
    Role.FINANCE: {P.VIEW_UNIT: Scope.UNIT},
    Role.AUDITOR: {P.VIEW_UNIT: Scope.ALL},
    Role.ADMIN: {
        P.VIEW_UNIT: Scope.ALL,
        P.MANAGE_UNITS: Scope.ALL,
        P.MANAGE_EMPLOYERS: Scope.ALL,
        P.MANAGE_CALENDAR: Scope.ALL,
    },
}
