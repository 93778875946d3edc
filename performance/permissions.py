"""Who sees results, who gives them, and which systems may report them."""

from enum import StrEnum

from ehr.access.roles import Role, Scope


class PerformancePermission(StrEnum):
    ADJUST_RESULT = "performance.adjust_result"
    APPEAL_ADJUSTMENT = "performance.appeal_adjustment"
    CHANGE_WORK = "performance.change_work"
    DECIDE_APPEAL = "performance.decide_appeal"
    GIVE_FEEDBACK = "performance.give_feedback"
    LIST_TEAM = "performance.list_team"
    MANAGE_PLAN = "performance.manage_plan"
    REPORT_SIGNALS = "performance.report_signals"
    SCORE_AS_HEADQUARTERS = "performance.score_as_headquarters"
    SCORE_AS_STORE = "performance.score_as_store"
    VIEW_FEEDBACK = "performance.view_feedback"
    VIEW_PLAN = "performance.view_plan"
    VIEW_RESULT = "performance.view_result"
    VIEW_REVIEW = "performance.view_review"
    VIEW_SHORTFALL = "performance.view_shortfall"
    VIEW_WORK = "performance.view_work"
    WRITE_REVIEW = "performance.write_review"


P = PerformancePermission

OF_HEADS = {
    P.CHANGE_WORK: Scope.UNIT,
    P.GIVE_FEEDBACK: Scope.UNIT,
    P.LIST_TEAM: Scope.UNIT,
    P.SCORE_AS_STORE: Scope.UNIT,
    P.VIEW_FEEDBACK: Scope.UNIT,
    P.VIEW_RESULT: Scope.UNIT,
    P.VIEW_REVIEW: Scope.UNIT,
    P.VIEW_WORK: Scope.UNIT,
    P.WRITE_REVIEW: Scope.UNIT,
}
OF_HR = {
    P.ADJUST_RESULT: Scope.UNIT,
    P.LIST_TEAM: Scope.UNIT,
    P.SCORE_AS_HEADQUARTERS: Scope.UNIT,
    P.VIEW_PLAN: Scope.UNIT,
    P.VIEW_RESULT: Scope.UNIT,
    P.VIEW_REVIEW: Scope.UNIT,
    P.VIEW_SHORTFALL: Scope.UNIT,
    P.VIEW_WORK: Scope.UNIT,
    P.WRITE_REVIEW: Scope.UNIT,
}
OF_HR_MANAGERS = {**OF_HR, P.DECIDE_APPEAL: Scope.UNIT, P.MANAGE_PLAN: Scope.UNIT}

GRANTS: dict[Role, dict[PerformancePermission, Scope]] = {
    Role.EMPLOYEE: {
        P.APPEAL_ADJUSTMENT: Scope.OWN,
        P.CHANGE_WORK: Scope.OWN | Scope.REPORTS,
        P.GIVE_FEEDBACK: Scope.REPORTS,
        P.SCORE_AS_STORE: Scope.REPORTS,
        P.VIEW_FEEDBACK: Scope.OWN | Scope.REPORTS,
        P.VIEW_RESULT: Scope.OWN | Scope.REPORTS,
        P.VIEW_REVIEW: Scope.REPORTS,
        P.VIEW_WORK: Scope.OWN | Scope.REPORTS,
        P.WRITE_REVIEW: Scope.REPORTS,
    },
    Role.HEAD: OF_HEADS,
    Role.STORE_MANAGER: OF_HEADS,
    Role.HRBP: OF_HR,
    Role.HR_MANAGER: OF_HR_MANAGERS,
    Role.GENERAL_MANAGER: {P.LIST_TEAM: Scope.UNIT, P.VIEW_RESULT: Scope.UNIT, P.VIEW_WORK: Scope.UNIT},
    Role.GROUP_HR: {**dict.fromkeys(OF_HR_MANAGERS, Scope.ALL), P.REPORT_SIGNALS: Scope.ALL},
    Role.AUDITOR: {P.VIEW_PLAN: Scope.ALL, P.VIEW_RESULT: Scope.ALL, P.VIEW_WORK: Scope.ALL},
    Role.ADMIN: {P.REPORT_SIGNALS: Scope.ALL},
}
