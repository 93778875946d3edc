from enum import StrEnum

from ehr.access.roles import Role, Scope


class Permission(StrEnum):
    VIEW_HANDOVERS = "handover.view_handovers"
    FILL_ITEMS = "handover.fill_items"
    ADD_ITEMS = "handover.add_items"
    CONFIRM_ITEMS = "handover.confirm_items"
    CONFIRM_AS_IT = "handover.confirm_as_it"
    CONFIRM_AS_ASSET_CLERK = "handover.confirm_as_asset_clerk"
    CONFIRM_AS_DOCUMENT_CLERK = "handover.confirm_as_document_clerk"
    SIGN_HANDOVERS = "handover.sign_handovers"
    TALK = "handover.talk"
    VIEW_TAKEOVER = "handover.view_takeover"
    ANSWER_QUESTIONS = "handover.answer_questions"
    VIEW_SHADOWING = "handover.view_shadowing"
    PLAN_SHADOWING = "handover.plan_shadowing"
    ISSUE_REPORT = "handover.issue_report"
    REMIND_PEOPLE = "handover.remind_people"
    VIEW_TEMPO = "handover.view_tempo"
    VIEW_OMISSIONS = "handover.view_omissions"
    FILE_OMISSIONS = "handover.file_omissions"
    VIEW_FIGURES = "handover.view_figures"
    TRANSFER_WORK = "handover.transfer_work"
    SET_DEDUCTION = "handover.set_deduction"
    SET_MEETINGS = "handover.set_meetings"
    VIEW_TEMPLATES = "handover.view_templates"
    EDIT_TEMPLATES = "handover.edit_templates"
    PUBLISH_TEMPLATES = "handover.publish_templates"


P = Permission
_HR = {
    P.VIEW_HANDOVERS: Scope.UNIT,
    P.TALK: Scope.UNIT,
    P.VIEW_TAKEOVER: Scope.UNIT,
    P.VIEW_SHADOWING: Scope.UNIT,
    P.ISSUE_REPORT: Scope.UNIT,
    P.REMIND_PEOPLE: Scope.UNIT,
    P.VIEW_TEMPO: Scope.UNIT,
    P.VIEW_OMISSIONS: Scope.UNIT,
    P.FILE_OMISSIONS: Scope.UNIT,
    P.VIEW_FIGURES: Scope.UNIT,
    P.TRANSFER_WORK: Scope.UNIT,
}
# Whoever is named on a handover (leaver, head, successor) acts by being named, so everybody holds OWN and NAMED.
GRANTS: dict[Role, dict[Permission, Scope]] = {
    Role.EMPLOYEE: {
        P.VIEW_HANDOVERS: Scope.OWN | Scope.NAMED,
        P.FILL_ITEMS: Scope.OWN,
        P.ADD_ITEMS: Scope.OWN | Scope.NAMED,
        P.CONFIRM_ITEMS: Scope.NAMED,
        P.SIGN_HANDOVERS: Scope.NAMED,
        P.TALK: Scope.OWN | Scope.NAMED,
        P.VIEW_TAKEOVER: Scope.NAMED,
        P.ANSWER_QUESTIONS: Scope.OWN | Scope.NAMED,
        P.VIEW_SHADOWING: Scope.OWN | Scope.NAMED,
        P.PLAN_SHADOWING: Scope.OWN | Scope.NAMED,
        P.VIEW_OMISSIONS: Scope.NAMED,
        P.FILE_OMISSIONS: Scope.NAMED,
        P.TRANSFER_WORK: Scope.NAMED,
    },
    Role.LEAVER: {P.VIEW_HANDOVERS: Scope.OWN, P.FILL_ITEMS: Scope.OWN, P.ANSWER_QUESTIONS: Scope.OWN},
    Role.HEAD: {P.VIEW_FIGURES: Scope.OWN},
    Role.STORE_MANAGER: {P.VIEW_FIGURES: Scope.OWN},
    Role.HRBP: _HR | {P.VIEW_TEMPLATES: Scope.UNIT},
    Role.HR_MANAGER: _HR
    | {
        P.VIEW_TEMPLATES: Scope.UNIT,
        P.EDIT_TEMPLATES: Scope.UNIT,
        P.PUBLISH_TEMPLATES: Scope.UNIT,
    },
    Role.GROUP_HR: {
        P.VIEW_HANDOVERS: Scope.ALL,
        P.TALK: Scope.ALL,
        P.VIEW_TAKEOVER: Scope.ALL,
        P.VIEW_SHADOWING: Scope.ALL,
        P.ISSUE_REPORT: Scope.ALL,
        P.REMIND_PEOPLE: Scope.ALL,
        P.VIEW_TEMPO: Scope.ALL,
        P.VIEW_OMISSIONS: Scope.ALL,
        P.FILE_OMISSIONS: Scope.ALL,
        P.VIEW_FIGURES: Scope.ALL,
        P.SET_DEDUCTION: Scope.ALL,
        P.TRANSFER_WORK: Scope.ALL,
        P.VIEW_TEMPLATES: Scope.ALL,
        P.EDIT_TEMPLATES: Scope.ALL,
        P.PUBLISH_TEMPLATES: Scope.ALL,
    },
    Role.ADMIN: {P.SET_MEETINGS: Scope.ALL, P.VIEW_TEMPLATES: Scope.ALL, P.EDIT_TEMPLATES: Scope.ALL},
    Role.AUDITOR: {
        P.VIEW_HANDOVERS: Scope.ALL,
        P.VIEW_OMISSIONS: Scope.ALL,
        P.VIEW_FIGURES: Scope.ALL,
        P.VIEW_TEMPO: Scope.ALL,
    },
    Role.IT: {P.CONFIRM_AS_IT: Scope.UNIT},
    Role.ASSET_CLERK: {P.CONFIRM_AS_ASSET_CLERK: Scope.UNIT},
    Role.DOCUMENT_CLERK: {P.CONFIRM_AS_DOCUMENT_CLERK: Scope.UNIT},
}
