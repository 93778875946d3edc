"""The second wage owed for months without a written contract: LCL 82, REG 6, 7. A risk that is shown, never paid by itself."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ehr.lib.money import yuan
from ehr.lib.months import after_months, full_months
from offboarding.rules.compliance.lines import Line, money
from offboarding.rules.compliance.service import ONE_DAY
from offboarding.rules.compliance.tables import Tables

MOST_MONTHS = 11
"""Also in wages: twenty-two paid days of a part month are worth more than a month (LCL 82; REG 7)."""


@dataclass(frozen=True, kw_only=True)
class DoubleWage:
    start: date | None
    end: date | None
    whole_months: int
    amount: Decimal
    advice: tuple[str, ...]
    lines: tuple[Line, ...]


def double_wage(
    *, hire_date: date, signed_date: date | None, last_day: date, monthly_wage: Decimal, tables: Tables
) -> DoubleWage:
    """From the second month to the day before signing, before the first year is full, or the last day."""
    start = after_months(hire_date, 1)
    ends = [after_months(hire_date, 12) - ONE_DAY, last_day]
    end = min(ends if signed_date is None else [*ends, signed_date - ONE_DAY])
    if end < start:
        return DoubleWage(start=None, end=None, whole_months=0, amount=yuan(0), advice=(), lines=())
    months = full_months(hire_date, end + ONE_DAY) - 1
    days = _days_of_the_rest(hire_date, months, end, tables)
    count = tables.day_count(end)
    counted = min(months + Fraction(days) / Fraction(count.monthly_paid_days), Fraction(MOST_MONTHS))
    amount = yuan(Fraction(monthly_wage) * counted)
    is_most = counted == MOST_MONTHS
    rest = f" + {money(monthly_wage)} ÷ {count.monthly_paid_days} × {days}" if days and not is_most else ""
    formula = f"{money(monthly_wage)} × {MOST_MONTHS if is_most else months}{rest} = {amount}"
    return DoubleWage(
        start=start,
        end=end,
        whole_months=months,
        amount=amount,
        advice=("W_LIMITATION",),
        lines=(Line(code="double_wage", formula=formula, article="LCL 82, REG 6, 7", amount=amount, row=count.id),),
    )


def _days_of_the_rest(hire_date: date, months: int, end: date, tables: Tables) -> int:
    """A part month by its own paid days (JI2 6). Only then a calendar is asked for."""
    rest = after_months(hire_date, months + 1)
    return tables.calendar.paid_days(rest, end) if rest <= end else 0
