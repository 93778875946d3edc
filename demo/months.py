"""A year of monthly results and attendance for everybody, with some who slide: what the scorecard reads."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from ehr.lib.months import add_months
from employees.models import Employment
from performance.models import AttendanceMonth, MonthlyResult

MONTHS = 12
SLIDING_SHARE = 0.04


def build_months(employments: Iterable[Employment], *, seed: int, today: date, at: datetime) -> None:
    rng = random.Random(seed)
    first = add_months(today.replace(day=1), -MONTHS)
    results: list[MonthlyResult] = []
    attendance: list[AttendanceMonth] = []
    for employment in employments:
        slides = rng.random() < SLIDING_SHARE
        months = [month for month in _months(first) if month > employment.hire_date]
        results += [_result(rng, employment, month, months[-3:] if slides else [], at) for month in months]
        attendance += [_attendance(rng, employment, month, slides, at) for month in months[-6:]]
    MonthlyResult.objects.bulk_create(results, batch_size=5000)
    AttendanceMonth.objects.bulk_create(attendance, batch_size=5000)


def _months(first: date) -> Iterator[date]:
    return (add_months(first, offset) for offset in range(MONTHS))


def _result(rng: random.Random, who: Employment, month: date, sliding: list[date], at: datetime) -> MonthlyResult:
    ratio = Decimal(str(round(rng.gauss(1.0, 0.08), 4)))
    if month in sliding:
        ratio = Decimal("0.9") - Decimal("0.09") * (sliding.index(month) + 1)
    return MonthlyResult(
        employment=who,
        month=month,
        target_ratio=max(ratio, Decimal("0.2")),
        source="demo",
        source_id=f"{who.pk}:{month}",
        received_at=at,
    )


def _attendance(rng: random.Random, who: Employment, month: date, slides: bool, at: datetime) -> AttendanceMonth:
    days = rng.choice((1, 2)) if slides else rng.choice((0, 0, 0, 0, 0.5, 1))
    return AttendanceMonth(
        employment=who,
        month=month,
        leave_days=days,
        overtime_hours=round(max(0, rng.gauss(14, 12)), 1),
        source="demo",
        source_id=f"{who.pk}:{month}",
        received_at=at,
    )
