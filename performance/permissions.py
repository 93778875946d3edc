"""Who sees results, and which systems may report them."""

from enum import StrEnum

from ehr.access.roles import Role, Scope


class PerformancePermission(StrEnum):
    REPORT_SIGNALS = "performance.report_signals"
    VIEW_RESULT = "performance.view_result"


P = PerformancePermission

GRANTS: dict[Role, dict[PerformancePermission, Scope]] = {
    Role.EMPLOYEE: {P.VIEW_RESULT: Scope.OWN | Scope.REPORTS},
    Role.HEAD: {P.VIEW_RESULT: Scope.UNIT},
    Role.STORE_MANAGER: {P.VIEW_RESULT: Scope.UNIT},
    Role.HRBP: {P.VIEW_RESULT: Scope.UNIT},
    Role.HR_MANAGER: {P.VIEW_RESULT: Scope.UNIT},
    Role.GENERAL_MANAGER: {P.VIEW_RESULT: Scope.UNIT},
    Role.GROUP_HR: {P.VIEW_RESULT: Scope.ALL, P.REPORT_SIGNALS: Scope.ALL},
    Role.AUDITOR: {P.VIEW_RESULT: Scope.ALL},
    Role.ADMIN: {P.REPORT_SIGNALS: Scope.ALL},
}
