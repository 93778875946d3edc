"""Who may do what with exits."""

from enum import StrEnum

from ehr.access.roles import Role, Scope


class Permission(StrEnum):
    FILE_RESIGNATION = "offboarding.file_resignation"
    VIEW_CASE = "offboarding.view_case"
    VIEW_CONFIDENTIAL = "offboarding.view_confidential"
    VIEW_REASON = "offboarding.view_reason"
    VIEW_BOARD = "offboarding.view_board"
    START_CASE = "offboarding.start_case"
    PREPARE_EXIT = "offboarding.prepare_exit"
    DECIDE_APPROVAL = "offboarding.decide_approval"
    WITHDRAW_CASE = "offboarding.withdraw_case"
    MANAGE_CASE = "offboarding.manage_case"
    CHANGE_DATES = "offboarding.change_dates"
    RECORD_RETENTION = "offboarding.record_retention"
    WORK_TRACK = "offboarding.work_track"
    VIEW_SETTLEMENT = "offboarding.view_settlement"
    """Of the sheet; its amounts ask for `employees.view_pay` as well."""
    CALCULATE_SETTLEMENT = "offboarding.calculate_settlement"
    CONFIRM_SETTLEMENT = "offboarding.confirm_settlement"
    EXPORT_SETTLEMENT = "offboarding.export_settlement"
    JUDGE_ENDING = "offboarding.judge_ending"
    EXPORT_EVIDENCE = "offboarding.export_evidence"
    VIEW_OBLIGATIONS = "offboarding.view_obligations"
    DECIDE_NON_COMPETE = "offboarding.decide_non_compete"
    VIEW_DISPUTES = "offboarding.view_disputes"
    RECORD_DISPUTE = "offboarding.record_dispute"
    VIEW_REFERENCE = "offboarding.view_reference"
    EDIT_REFERENCE = "offboarding.edit_reference"
    CONFIRM_REFERENCE = "offboarding.confirm_reference"
    NUDGE = "offboarding.nudge"
    EDIT_CHAIN = "offboarding.edit_chain"
    OVERRIDE_FINDING = "offboarding.override_finding"
    ASK_LAW = "offboarding.ask_law"
    ASK_LAW_LIST = "offboarding.ask_law_list"
    PUBLISH_CHAIN = "offboarding.publish_chain"
    DELEGATE = "offboarding.delegate"
    SYSTEM = "offboarding.system"
    """Held by nobody: what only the clock does."""


P = Permission

_EVERYBODY = {
    P.FILE_RESIGNATION: Scope.OWN,
    P.WITHDRAW_CASE: Scope.OWN,
    P.VIEW_CASE: Scope.OWN | Scope.NAMED,
    P.DECIDE_APPROVAL: Scope.NAMED,
    P.DELEGATE: Scope.OWN,
    P.VIEW_SETTLEMENT: Scope.OWN,
}
_HEAD = {
    P.VIEW_CASE: Scope.REPORTS | Scope.UNIT,
    P.VIEW_BOARD: Scope.REPORTS | Scope.UNIT,
    P.START_CASE: Scope.REPORTS | Scope.UNIT,
    P.RECORD_RETENTION: Scope.REPORTS | Scope.UNIT,
    P.NUDGE: Scope.REPORTS | Scope.UNIT,
}
_CLERK = {P.WORK_TRACK: Scope.UNIT}
_READS = {P.VIEW_CASE: Scope.UNIT, P.VIEW_BOARD: Scope.UNIT}
_HR = {
    **_READS,
    P.VIEW_CONFIDENTIAL: Scope.UNIT,
    P.VIEW_REASON: Scope.UNIT,
    P.START_CASE: Scope.UNIT,
    P.PREPARE_EXIT: Scope.UNIT,
    P.WITHDRAW_CASE: Scope.UNIT,
    P.MANAGE_CASE: Scope.UNIT,
    P.CHANGE_DATES: Scope.UNIT,
    P.RECORD_RETENTION: Scope.UNIT,
    P.WORK_TRACK: Scope.UNIT,
    P.VIEW_SETTLEMENT: Scope.UNIT,
    P.CALCULATE_SETTLEMENT: Scope.UNIT,
    P.NUDGE: Scope.UNIT,
    P.ASK_LAW: Scope.UNIT,
    P.VIEW_REFERENCE: Scope.ALL,
    P.VIEW_OBLIGATIONS: Scope.UNIT,
}
_LEGAL = {
    **_READS,
    P.VIEW_CONFIDENTIAL: Scope.UNIT,
    P.VIEW_REASON: Scope.UNIT,
    P.WORK_TRACK: Scope.UNIT,
    P.OVERRIDE_FINDING: Scope.UNIT,
    P.ASK_LAW: Scope.UNIT,
    P.ASK_LAW_LIST: Scope.UNIT,
    P.VIEW_SETTLEMENT: Scope.UNIT,
    P.JUDGE_ENDING: Scope.UNIT,
    P.EXPORT_EVIDENCE: Scope.UNIT,
    P.VIEW_OBLIGATIONS: Scope.UNIT,
}
_FINANCE = {
    **_CLERK,
    P.VIEW_SETTLEMENT: Scope.UNIT,
    P.CALCULATE_SETTLEMENT: Scope.UNIT,
    P.CONFIRM_SETTLEMENT: Scope.UNIT,
    P.EXPORT_SETTLEMENT: Scope.UNIT,
    P.VIEW_REFERENCE: Scope.ALL,
    P.VIEW_OBLIGATIONS: Scope.NAMED,
}
"""Of the duties after an exit only those that ask finance."""
_FIGURES = {P.VIEW_REFERENCE: Scope.ALL, P.EDIT_REFERENCE: Scope.ALL, P.CONFIRM_REFERENCE: Scope.ALL}
"""Figures of the whole country: who may enter one may also confirm what somebody else entered."""
_CHAINS = {P.EDIT_CHAIN: Scope.ALL, P.PUBLISH_CHAIN: Scope.ALL}
_AFTERWARDS = {P.DECIDE_NON_COMPETE: Scope.UNIT, P.VIEW_DISPUTES: Scope.UNIT, P.RECORD_DISPUTE: Scope.UNIT}
_HR_MANAGER = _HR | _CHAINS | _FIGURES | _AFTERWARDS | {P.EXPORT_EVIDENCE: Scope.UNIT}
_AUDITOR = _READS | {
    P.VIEW_CONFIDENTIAL: Scope.UNIT,
    P.VIEW_SETTLEMENT: Scope.UNIT,
    P.EXPORT_EVIDENCE: Scope.UNIT,
    P.VIEW_REFERENCE: Scope.ALL,
    P.VIEW_OBLIGATIONS: Scope.UNIT,
    P.VIEW_DISPUTES: Scope.UNIT,
}

GRANTS: dict[Role, dict[Permission, Scope]] = {
    Role.EMPLOYEE: _EVERYBODY,
    Role.LEAVER: {P.VIEW_CASE: Scope.OWN},
    Role.HEAD: _HEAD,
    Role.STORE_MANAGER: _HEAD,
    Role.HRBP: _HR,
    Role.HR_MANAGER: _HR_MANAGER,
    Role.GROUP_HR: _HR_MANAGER,
    Role.HR_LEGAL: _LEGAL | _FIGURES | _AFTERWARDS,
    Role.FINANCE: _FINANCE,
    Role.IT: _CLERK,
    Role.ASSET_CLERK: _CLERK,
    Role.DOCUMENT_CLERK: _CLERK,
    Role.GENERAL_MANAGER: _READS,
    Role.AUDITOR: _AUDITOR,
    Role.ADMIN: {P.EDIT_CHAIN: Scope.ALL} | _FIGURES,
}
