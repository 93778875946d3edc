"""What the months of the past two years earned: for the cast, and for whoever leaves on the stage."""

import random
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from ehr.lib.months import add_months, first_of_month
from employees.models import Employment, PayMonth

MONTHS = 24
BONUS_MONTH = 2
"""The annual bonus comes with the pay of February."""


def build_pay(employments: Iterable[Employment], *, seed: int, today: date) -> None:
    rows = [row for employment in employments for row in _months(employment, random.Random(seed), today)]
    PayMonth.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)


def _months(employment: Employment, chance: random.Random, today: date) -> Iterator[PayMonth]:
    """Up to last month; overtime here and there, in whole yuan."""
    monthly = Decimal(employment.base_pay)
    for back in range(1, MONTHS + 1):
        month = add_months(first_of_month(today), -back)
        if month < first_of_month(employment.hire_date):
            return
        overtime = monthly // 100 * chance.choice((0, 0, 0, 3, 6))
        bonus = monthly if month.month == BONUS_MONTH else Decimal(0)
        yield PayMonth(
            employment=employment,
            data_key_id=employment.data_key_id,
            month=month,
            gross=str(monthly + overtime + bonus),
            overtime=str(overtime),
            annual_bonus=str(bonus) if bonus else None,
        )
