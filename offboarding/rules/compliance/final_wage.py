"""Wages of the last month, paid in one sum on the last day: WPR 9; DAY."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ehr.lib.money import yuan
from ehr.lib.months import first_of_month, last_of_month
from offboarding.rules.compliance.lines import Line, money
from offboarding.rules.compliance.tables import Tables


@dataclass(frozen=True, kw_only=True)
class FinalWage:
    paid_days: int | None
    """None when the whole month is paid without counting."""
    daily_wage: Decimal
    amount: Decimal
    lines: tuple[Line, ...]


def full_month(*, monthly_wage: Decimal, tables: Tables, as_of: date | None = None) -> FinalWage:
    return _wage(monthly_wage=monthly_wage, days=None, is_whole=True, tables=tables, as_of=as_of)


def by_days(*, monthly_wage: Decimal, paid_days: int, tables: Tables, as_of: date | None = None) -> FinalWage:
    return _wage(monthly_wage=monthly_wage, days=paid_days, is_whole=False, tables=tables, as_of=as_of)


def by_period(*, monthly_wage: Decimal, period_start: date, last_day: date, tables: Tables) -> FinalWage:
    """Of one month; a whole one pays the monthly wage, however many days it has."""
    if first_of_month(period_start) != first_of_month(last_day) or period_start > last_day:
        raise ValueError("period_start and last_day must lie in one month, in this order")
    is_whole = period_start == first_of_month(last_day) and last_day == last_of_month(last_day)
    days = tables.calendar.paid_days(period_start, last_day)
    return _wage(monthly_wage=monthly_wage, days=days, is_whole=is_whole, tables=tables, as_of=last_day)


def _wage(*, monthly_wage: Decimal, days: int | None, is_whole: bool, tables: Tables, as_of: date | None) -> FinalWage:
    count = tables.day_count(as_of)
    daily = Fraction(monthly_wage) / Fraction(count.monthly_paid_days)
    amount = yuan(monthly_wage) if is_whole or days is None else yuan(daily * days)
    formula = money(monthly_wage)
    if not is_whole:
        formula = f"{formula} ÷ {count.monthly_paid_days} × {days} = {amount}"
    return FinalWage(
        paid_days=days,
        daily_wage=yuan(daily),
        amount=amount,
        lines=(Line(code="final_wage", formula=formula, article="WPR 9, DAY", amount=amount, row=count.id),),
    )
