"""What is known about everybody before one day, read in bulk: one statement per family of facts, whatever the head count.

Only closed months count, and only rows that were there before the day: later facts never travel back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, Sum

from analytics.rules.scorecard import Facts
from ehr.lib.months import add_months, months_between
from employees.models import Contract, Employment, EmploymentStatus
from offboarding.models import Case
from performance.models import AttendanceMonth, MonthlyResult

RESULT_MONTHS = 6
TEAM_WINDOW_DAYS = 182


def of_everybody(on: date) -> Iterator[tuple[UUID, Facts]]:
    """Everybody active on that day without an open exit; leavers are past predicting."""
    results, leaves, hours = _results(on), _extra_leaves(on), _overtime(on)
    attempts, contracts, team_exits = _attempts(on), _contract_ends(on), _team_exits(on)
    rows = Employment.objects.filter(status=EmploymentStatus.ACTIVE, hire_date__lte=on)
    for pk, unit, hired in rows.values_list("pk", "unit_id", "hire_date").iterator(chunk_size=5000):
        ends = contracts.get(pk)
        yield (
            pk,
            Facts(
                target_ratios=results.get(pk, ()),
                extra_personal_leaves=leaves.get(pk),
                monthly_overtime_hours=hours.get(pk),
                months_since_attempt=attempts.get(pk),
                tenure_months=months_between(hired, on),
                team_exit_share=team_exits.get(unit),
                days_to_contract_end=(ends - on).days if ends else None,
            ),
        )


def _results(on: date) -> dict[UUID, list[float]]:
    first = add_months(on.replace(day=1), -RESULT_MONTHS)
    rows = MonthlyResult.objects.filter(month__gte=first, month__lt=on.replace(day=1)).order_by(
        "employment_id", "month"
    )
    results: dict[UUID, list[float]] = defaultdict(list)
    for pk, ratio in rows.values_list("employment_id", "target_ratio").iterator(chunk_size=5000):
        results[pk].append(float(ratio))
    return results


def _extra_leaves(on: date) -> dict[UUID, int]:
    """Personal leave of the last three closed months, beyond that of the three before."""
    this = on.replace(day=1)
    middle, first = add_months(this, -3), add_months(this, -6)
    rows = (
        AttendanceMonth.objects.filter(month__gte=first, month__lt=this)
        .values("employment_id")
        .annotate(
            late=Sum("leave_days", filter=Q(month__gte=middle), default=0),
            early=Sum("leave_days", filter=Q(month__lt=middle), default=0),
        )
    )
    return {row["employment_id"]: int(row["late"] - row["early"]) for row in rows.iterator(chunk_size=5000)}


def _overtime(on: date) -> dict[UUID, float]:
    last = add_months(on.replace(day=1), -1)
    rows = AttendanceMonth.objects.filter(month=last).values_list("employment_id", "overtime_hours")
    return {pk: float(hours) for pk, hours in rows.iterator(chunk_size=5000)}


def _attempts(on: date) -> dict[UUID, int]:
    """Months since the last resignation that was filed and taken back."""
    rows = (
        Case.objects.filter(kind="resignation", state__in=["withdrawn", "retained"], filed_date__lt=on)
        .values("employment_id")
        .annotate(last=Max("filed_date"))
    )
    return {row["employment_id"]: months_between(row["last"], on) for row in rows}


def _contract_ends(on: date) -> dict[UUID, date]:
    rows = (
        Contract.objects.filter(start_date__lte=on)
        .values("employment_id")
        .annotate(last=Max("end_date"), unlimited=Count("pk", filter=Q(end_date=None)))
    )
    return {
        row["employment_id"]: row["last"]
        for row in rows.iterator(chunk_size=5000)
        if row["last"] and not row["unlimited"]
    }


def _team_exits(on: date) -> dict[Any, float]:
    """Share of each unit that left in the half year before."""
    since = on - timedelta(days=TEAM_WINDOW_DAYS)
    gone = Q(status=EmploymentStatus.LEFT, termination_date__gte=since, termination_date__lt=on)
    rows = Employment.objects.values("unit_id").annotate(
        gone=Count("pk", filter=gone), here=Count("pk", filter=~Q(status=EmploymentStatus.LEFT))
    )
    return {row["unit_id"]: row["gone"] / (row["gone"] + row["here"]) for row in rows if row["gone"] + row["here"]}
