from enum import StrEnum

from ehr.access.roles import Role, Scope


class Permission(StrEnum):
    VIEW_EFFECT = "integrations.view_effect"
    REDRIVE_EFFECT = "integrations.redrive_effect"
    VIEW_CONNECTION = "integrations.view_connection"
    CHANGE_CONNECTION = "integrations.change_connection"
    VIEW_RECEIVERS = "integrations.view_receivers"


P = Permission

_HR = {P.VIEW_EFFECT: Scope.UNIT, P.REDRIVE_EFFECT: Scope.UNIT}

GRANTS: dict[Role, dict[Permission, Scope]] = {
    Role.HRBP: _HR,
    Role.HR_MANAGER: _HR,
    Role.HR_LEGAL: {P.VIEW_EFFECT: Scope.UNIT},
    Role.GROUP_HR: {P.VIEW_EFFECT: Scope.ALL},
    Role.IT: {
        P.VIEW_EFFECT: Scope.UNIT,
        P.REDRIVE_EFFECT: Scope.UNIT,
        P.VIEW_CONNECTION: Scope.UNIT,
        P.VIEW_RECEIVERS: Scope.ALL,
    },
    Role.AUDITOR: {P.VIEW_EFFECT: Scope.ALL, P.VIEW_CONNECTION: Scope.ALL},
    Role.ADMIN: {P.VIEW_CONNECTION: Scope.ALL, P.CHANGE_CONNECTION: Scope.ALL, P.VIEW_RECEIVERS: Scope.ALL},
}
