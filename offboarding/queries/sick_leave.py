"""How long a medical period is by the service on file (MED 3, 4), for whoever collects the papers of LCL 40(1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ehr.lib.months import full_months

from ..models import Case
from ..rules.compliance.medical import MedicalPeriod, medical_period
from ..rules.compliance.service import joined_start
from ..rules.gates import Facts


@dataclass(frozen=True, kw_only=True)
class MedicalPeriodOnFile:
    company_years: int
    total_years: int
    period: MedicalPeriod


def medical_period_on_file(case: Case, facts: Facts, *, today: date) -> MedicalPeriodOnFile:
    """By full years until today; where the first day of work is not on file, by the service here alone."""
    employee = facts.law.employee
    here = joined_start(hire_date=employee.hire_date, prior_segments=employee.prior_segments)
    first = case.employment.person.first_work_date
    company, total = (max(0, full_months(start, today) // 12) for start in (here, min(here, first or here)))
    period = medical_period(total_work_years=Decimal(total), company_years=Decimal(company), tables=facts.tables)
    return MedicalPeriodOnFile(company_years=company, total_years=total, period=period)
