"""The medical period: MED 3, 4. Local scales (Shanghai has its own) are rows to add, not guesses to make."""

from dataclasses import dataclass
from decimal import Decimal

from offboarding.rules.compliance.lines import Line
from offboarding.rules.compliance.rows import RowMissing
from offboarding.rules.compliance.tables import Tables


@dataclass(frozen=True, kw_only=True)
class MedicalPeriod:
    months: int
    window_months: int
    """Sick leave is added up inside of this many months."""
    lines: tuple[Line, ...]


def medical_period(*, total_work_years: Decimal, company_years: Decimal, tables: Tables) -> MedicalPeriod:
    if company_years > total_work_years:
        raise ValueError("company_years is part of total_work_years and cannot exceed it")
    rows = [
        row
        for row in tables.medical_periods
        if total_work_years >= row.total_from and company_years >= row.company_from
    ]
    if not rows:
        raise RowMissing("medical_periods", total_work_years=total_work_years, company_years=company_years)
    row = max(rows, key=lambda each: (each.total_from, each.company_from))
    formula = f"{total_work_years} ≥ {row.total_from}, {company_years} ≥ {row.company_from}: {row.months}"
    return MedicalPeriod(
        months=row.months,
        window_months=row.window_months,
        lines=(Line(code="medical_period", formula=formula, article="MED 3, 4", row=row.id),),
    )
