"""The statutory retirement age, raised step by step from 2025-01-01 (RET). The category is a fact of file and post."""

from dataclasses import dataclass
from datetime import date

from ehr.lib.months import add_months
from offboarding.rules.compliance.lines import Line
from offboarding.rules.compliance.tables import Tables

FIRST_YEAR = 2025
MEN, WOMEN = ("M60",), ("F55", "F50")


@dataclass(frozen=True, kw_only=True)
class Retirement:
    delay_months: int
    age_years: int
    age_months: int
    retire_month: str
    retire_date: date
    lines: tuple[Line, ...]


def retirement(*, birth_date: date, category: str, tables: Tables) -> Retirement:
    row = tables.retirement_age(category=category)
    original = original_date(birth_date=birth_date, category=category, tables=tables)
    late = (original.year - FIRST_YEAR) * 12 + original.month - 1
    delay = 0 if late < 0 else min(row.max_delay, late // row.step + 1)
    retires = add_months(birth_date, 12 * row.base_years + delay)
    formula = f"{original:%Y-%m} + {delay} = {retires:%Y-%m}"
    return Retirement(
        delay_months=delay,
        age_years=row.base_years + delay // 12,
        age_months=delay % 12,
        retire_month=f"{retires:%Y-%m}",
        retire_date=retires,
        lines=(Line(code="retirement", formula=formula, article="RET 1", row=row.id),),
    )


def original_date(*, birth_date: date, category: str, tables: Tables) -> date:
    """Of the age before it was raised: 60, 55 or 50."""
    return add_months(birth_date, 12 * tables.retirement_age(category=category).base_years)


def categories(*, category: str | None, is_male: bool | None) -> tuple[str, ...]:
    """The ones to test: for women whose category nobody entered both, for men there is but one."""
    if category:
        return (category,)
    if is_male is None:
        return MEN + WOMEN
    return MEN if is_male else WOMEN
