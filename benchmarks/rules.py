"""Settlements calculated per second on one core, from facts to lines; the rules alone."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from benchmarks.line import Line

SETTLEMENTS = 2000
LEAST_PER_SECOND = 500.0


def run() -> Iterator[Line]:
    from offboarding.reference import shipped

    tables = shipped()
    _settle(0, tables)  # reads the tables
    started = time.process_time()
    for number in range(SETTLEMENTS):
        _settle(number, tables)
    seconds = time.process_time() - started
    yield Line(
        name="settlements calculated per second and core",
        value=SETTLEMENTS / seconds,
        unit="1/s",
        n=SETTLEMENTS,
        limit_name="least",
        limit_value=LEAST_PER_SECOND,
    )


def _settle(number: int, tables: object) -> object:
    """All different people: hired before and after 2008, under and over the cap."""
    from offboarding.rules.compliance import final_wage, leave, settlement, severance

    hired = date(1998, 1, 1) + timedelta(days=number * 5)
    last = date(2026, 8, 1) + timedelta(days=number % 30)
    wage = Decimal(5000 + number * 40)
    facts = severance.SeveranceFacts(
        ground="LCL40_3", hire_date=hired, last_day=last, average=Fraction(wage), city_avg_wage=Decimal(12434),
        min_wage=Decimal(2740), last_month_wage=wage, pay_in_lieu=True,
    )  # fmt: skip
    return settlement.settlement(
        severance=severance.severance(facts),
        leave=leave.leave_payout(
            entitlement_days=10, last_day=last, used_days=Decimal("2.5"), avg_wage_ex_overtime=wage, tables=tables
        ),
        final_wage=final_wage.by_period(
            monthly_wage=wage, period_start=last.replace(day=1), last_day=last, tables=tables
        ),
        city_annual_avg_wage=Decimal(149208),
        tables=tables,
    )
