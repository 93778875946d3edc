"""A year of monthly results and attendance for everybody, with some who slide: what the scorecard reads."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from ehr.lib.ids import uuid7
from ehr.lib.months import add_months
from employees.importing.copying import Copier, CopyTable
from employees.models import Employment
from performance.models import AttendanceMonth, MonthlyResult

MONTHS = 12
SLIDING_SHARE, SLIDING_MONTHS = 0.04, 3


def build_months(employments: Iterable[Employment], *, seed: int, today: date, at: datetime) -> None:
    rng = random.Random(seed)
    common = "id", "employment_id", "month", "source", "source_id", "received_at"
    results = CopyTable(MonthlyResult, *common, "target_ratio")
    attendance = CopyTable(AttendanceMonth, *common, "leave_days", "overtime_hours")
    spelt = [(month, month.isoformat()) for month in _months(add_months(today.replace(day=1), -MONTHS))]
    for employment in employments:
        slides, who = rng.random() < SLIDING_SHARE, str(employment.pk)
        months = [(month, text) for month, text in spelt if month > employment.hire_date]
        for slid, (_month, text) in enumerate(months, start=1 - max(0, len(months) - SLIDING_MONTHS)):
            results.add(uuid7(), who, text, "demo", f"{who}:{text}", at, _ratio(rng, slid if slides else 0))
        for _month, text in months[-6:]:
            attendance.add(uuid7(), who, text, "demo", f"{who}:{text}", at, *_attendance(rng, slides))
    with Copier() as copier:
        copier.copy(results, results.taken())
        copier.copy(attendance, attendance.taken())


def _months(first: date) -> Iterator[date]:
    return (add_months(first, offset) for offset in range(MONTHS))


def _ratio(rng: random.Random, slid: int) -> Decimal:
    """`slid`: how many months it has gone down by now, for the few with whom it does."""
    ratio = Decimal(str(round(rng.gauss(1.0, 0.08), 4)))
    return Decimal("0.9") - Decimal("0.09") * slid if slid > 0 else max(ratio, Decimal("0.2"))


def _attendance(rng: random.Random, slides: bool) -> tuple[Decimal, Decimal]:
    """Days of leave, hours of overtime."""
    days = rng.choice(("1", "2")) if slides else rng.choice(("0", "0", "0", "0", "0.5", "1"))
    return Decimal(days), Decimal(str(round(max(0, rng.gauss(14, 12)), 1)))
