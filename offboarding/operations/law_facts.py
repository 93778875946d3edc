"""An employment as the law's rules see it."""

from datetime import date

from employees.models import ContractKind, Employment, Gender, RetirementCategory

from ..rules.compliance.facts import Contract, ContractType, Employee, Probation
from ..rules.compliance.probation import legal_end
from ..rules.compliance.service import NOT_THE_EMPLOYEES_CAUSE, Segment

CONTRACTS = {
    ContractKind.FIXED: ContractType.FIXED,
    ContractKind.OPEN: ContractType.OPEN,
    ContractKind.TASK: ContractType.TASK,
}
CATEGORIES = {
    RetirementCategory.MALE_60: "M60",
    RetirementCategory.FEMALE_55: "F55",
    RetirementCategory.FEMALE_50: "F50",
}
IS_MALE = {Gender.MALE: True, Gender.FEMALE: False}


def employee_of(employment: Employment) -> Employee:
    person = employment.person
    return Employee(
        hire_date=employment.hire_date,
        is_male=IS_MALE.get(person.gender),
        birth_date=person.birth_date,
        contract=_contract(employment),
        retire_category=CATEGORIES.get(employment.retirement_category),
        prior_segments=[
            Segment(
                start=row.start_date,
                end=row.end_date,
                reason=NOT_THE_EMPLOYEES_CAUSE,
                compensated=row.severance_paid,
            )
            for row in employment.prior_segments.all()
        ],
    )


def lawful_probation_end(employment: Employment, person: Employee) -> date | None:
    """What was agreed, as far as the first contract allows it (LCL 19)."""
    agreed = employment.probation_end_date
    if agreed is None:
        return None
    return min(agreed, legal_end(Probation(start=employment.hire_date, end=agreed), person.contract))


def _contract(employment: Employment) -> Contract:
    """The one probation belongs to. None on file: the law's longest probation is the only limit."""
    row = employment.contracts.order_by("start_date").first()
    if row is None:
        return Contract(type=ContractType.OPEN, start=employment.hire_date)
    return Contract(
        type=CONTRACTS[ContractKind(row.kind)], start=row.start_date, end=row.end_date, fixed_term_count=row.nth
    )
