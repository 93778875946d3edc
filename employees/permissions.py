"""Who may do what with people's files."""

from enum import StrEnum

from ehr.access.roles import Role, Scope


class EmployeePermission(StrEnum):
    CHANGE_EMPLOYMENT = "employees.change_employment"
    CHANGE_NUMBERING = "employees.change_numbering"
    IMPORT_EMPLOYEES = "employees.import_employees"
    LIST_EMPLOYMENT = "employees.list_employment"
    MANAGE_ACCOUNTS = "employees.manage_accounts"
    RECORD_PROTECTED_STATUS = "employees.record_protected_status"
    REPORT_HOLDINGS = "employees.report_holdings"
    UNMASK_PERSONAL = "employees.unmask_personal"
    VIEW_EMPLOYMENT = "employees.view_employment"
    VIEW_EMPLOYMENT_FACTS = "employees.view_employment_facts"
    """What the law asks of the file: relation of work, service, contracts, union office."""
    VIEW_PAY = "employees.view_pay"
    VIEW_PROTECTED_STATUS = "employees.view_protected_status"


P = EmployeePermission

GRANTS: dict[Role, dict[EmployeePermission, Scope]] = {
    Role.EMPLOYEE: {P.VIEW_EMPLOYMENT: Scope.OWN | Scope.REPORTS, P.VIEW_PAY: Scope.OWN},
    Role.HEAD: {P.VIEW_EMPLOYMENT: Scope.UNIT, P.LIST_EMPLOYMENT: Scope.UNIT},
    Role.STORE_MANAGER: {P.VIEW_EMPLOYMENT: Scope.UNIT, P.LIST_EMPLOYMENT: Scope.UNIT},
    Role.HRBP: {
        P.VIEW_EMPLOYMENT: Scope.UNIT,
        P.LIST_EMPLOYMENT: Scope.UNIT,
        P.VIEW_EMPLOYMENT_FACTS: Scope.UNIT,
        P.VIEW_PAY: Scope.UNIT,
        P.UNMASK_PERSONAL: Scope.UNIT,
        P.CHANGE_EMPLOYMENT: Scope.UNIT,
    },
    Role.HR_MANAGER: {
        P.VIEW_EMPLOYMENT: Scope.UNIT,
        P.LIST_EMPLOYMENT: Scope.UNIT,
        P.VIEW_EMPLOYMENT_FACTS: Scope.UNIT,
        P.VIEW_PAY: Scope.UNIT,
        P.UNMASK_PERSONAL: Scope.UNIT,
        P.CHANGE_EMPLOYMENT: Scope.UNIT,
        P.MANAGE_ACCOUNTS: Scope.UNIT,
    },
    Role.HR_LEGAL: {
        P.VIEW_EMPLOYMENT: Scope.UNIT,
        P.LIST_EMPLOYMENT: Scope.UNIT,
        P.VIEW_EMPLOYMENT_FACTS: Scope.UNIT,
        P.VIEW_PROTECTED_STATUS: Scope.UNIT,
        P.RECORD_PROTECTED_STATUS: Scope.UNIT,
    },
    Role.GROUP_HR: {
        P.VIEW_EMPLOYMENT: Scope.ALL,
        P.LIST_EMPLOYMENT: Scope.ALL,
        P.VIEW_EMPLOYMENT_FACTS: Scope.ALL,
        P.VIEW_PAY: Scope.ALL,
        P.UNMASK_PERSONAL: Scope.ALL,
        P.CHANGE_EMPLOYMENT: Scope.ALL,
        P.IMPORT_EMPLOYEES: Scope.ALL,
        P.CHANGE_NUMBERING: Scope.ALL,
        P.MANAGE_ACCOUNTS: Scope.ALL,
        P.REPORT_HOLDINGS: Scope.ALL,
    },
    Role.FINANCE: {P.VIEW_EMPLOYMENT: Scope.UNIT, P.LIST_EMPLOYMENT: Scope.UNIT, P.VIEW_PAY: Scope.UNIT},
    Role.GENERAL_MANAGER: {P.VIEW_EMPLOYMENT: Scope.UNIT, P.LIST_EMPLOYMENT: Scope.UNIT},
    Role.AUDITOR: {
        P.VIEW_EMPLOYMENT: Scope.ALL,
        P.LIST_EMPLOYMENT: Scope.ALL,
        P.VIEW_EMPLOYMENT_FACTS: Scope.ALL,
    },
    Role.ADMIN: {
        P.IMPORT_EMPLOYEES: Scope.ALL,
        P.CHANGE_NUMBERING: Scope.ALL,
        P.MANAGE_ACCOUNTS: Scope.ALL,
        P.REPORT_HOLDINGS: Scope.ALL,
    },
}
