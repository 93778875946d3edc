"""Who may see what the numbers say about people. Managers never see a score."""

from enum import StrEnum

from ehr.access.roles import Role, Scope


class Permission(StrEnum):
    VIEW_RISK = "analytics.view_risk"
    CLOSE_ALERT = "analytics.close_alert"
    SWITCH_SCORING = "analytics.switch_scoring"


GRANTS: dict[Role, dict[Permission, Scope]] = {
    Role.HRBP: {Permission.VIEW_RISK: Scope.UNIT, Permission.CLOSE_ALERT: Scope.UNIT},
    Role.HR_MANAGER: {Permission.VIEW_RISK: Scope.UNIT, Permission.CLOSE_ALERT: Scope.UNIT},
    Role.GROUP_HR: {
        Permission.VIEW_RISK: Scope.ALL,
        Permission.CLOSE_ALERT: Scope.ALL,
        Permission.SWITCH_SCORING: Scope.ALL,
    },
}
