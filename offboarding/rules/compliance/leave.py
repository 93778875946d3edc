"""Annual leave: the entitlement and what is paid for days not taken. ALR 3, ALM 10-13."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ehr.lib.money import yuan
from offboarding.rules.compliance.lines import Line, factor, money
from offboarding.rules.compliance.tables import Tables

DAYS_OF_A_YEAR = 365
"""Also in leap years (ALM 12)."""
EXTRA_TIMES, ALL_TIMES = 2, 3
"""300 % includes the 100 % that the month's wage already pays (ALM 10)."""
ENTITLEMENTS = ((20, 15), (10, 10), (1, 5))


def entitlement_days(*, total_work_years: int) -> int:
    """By all the years a person has worked, for any employer (ALR 3)."""
    return next((days for least, days in ENTITLEMENTS if total_work_years >= least), 0)


@dataclass(frozen=True, kw_only=True)
class LeavePayout:
    elapsed_days: int
    payable_days: int
    daily_wage: Decimal
    extra_200pct: Decimal
    total_300pct: Decimal
    lines: tuple[Line, ...]


def leave_payout(
    *,
    entitlement_days: int,
    last_day: date,
    used_days: Decimal,
    avg_wage_ex_overtime: Decimal | Fraction,
    tables: Tables,
    hire_date: date | None = None,
) -> LeavePayout:
    """Part days are not paid, and the floor comes after the used days; days taken too many are never asked back."""
    elapsed = _elapsed(hire_date=hire_date, last_day=last_day)
    earned = Fraction(elapsed * entitlement_days, DAYS_OF_A_YEAR)
    days = max(0, (earned - Fraction(used_days)).__floor__())
    count = tables.day_count(last_day)
    daily = Fraction(avg_wage_ex_overtime) / Fraction(count.monthly_paid_days)
    extra = yuan(days * daily * EXTRA_TIMES)
    left = f"⌊{elapsed} ÷ {DAYS_OF_A_YEAR} × {entitlement_days} − {used_days}⌋ = {days}"
    formula = f"{left}; {factor(avg_wage_ex_overtime)} ÷ {count.monthly_paid_days} × {days} × 200% = {extra}"
    return LeavePayout(
        elapsed_days=elapsed,
        payable_days=days,
        daily_wage=yuan(daily),
        extra_200pct=extra,
        total_300pct=yuan(days * daily * ALL_TIMES),
        lines=(Line(code="leave_payout", formula=formula, article="ALM 10-12", amount=extra, row=count.id),),
    )


def carried_over(*, days: Decimal, avg_wage_ex_overtime: Fraction, tables: Tables, as_of: date) -> Line:
    """What was left of last year with the employee's consent (ALM 9), paid like the days of this one."""
    count = tables.day_count(as_of)
    exact = Fraction(days) * avg_wage_ex_overtime / Fraction(count.monthly_paid_days) * EXTRA_TIMES
    daily = f"{factor(avg_wage_ex_overtime)} ÷ {count.monthly_paid_days}"
    formula = f"{daily} × {days} × 200% = {money(exact)}"
    return Line(code="leave_carried", formula=formula, article="ALM 9, 10-12", amount=yuan(exact), row=count.id)


def _elapsed(*, hire_date: date | None, last_day: date) -> int:
    first = date(last_day.year, 1, 1)
    if hire_date is not None:
        first = max(first, hire_date)
    return (last_day - first).days + 1
