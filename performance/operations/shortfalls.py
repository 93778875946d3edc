"""Two months in a row under 80 %: a row, an event and a word to HR, once each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from ehr import access, notices, record
from ehr.access.roles import Role
from ehr.lib.months import add_months
from employees.models import Employment

from .. import events
from ..models import MonthlyResult, Shortfall
from ..rules import shortfall

NEWS_MONTHS = 3
"""An older month that an import brings is kept, but nobody is alarmed by it any more."""

Place = tuple[UUID, date]


@transaction.atomic
def watch_shortfalls(employments: Iterable[Any], *, at: datetime) -> list[Shortfall]:
    """Looks at all months of these employments again; returns what is new."""
    chosen = sorted(set(employments))
    wanted = _wanted(chosen)
    known = {(row.employment_id, row.month): row for row in Shortfall.objects.filter(employment__in=chosen)}
    _clear([row for place, row in known.items() if place not in wanted and not row.cleared_at], at=at)
    again = [row for place, row in known.items() if place in wanted and row.cleared_at]
    Shortfall.objects.filter(pk__in=[row.pk for row in again]).update(cleared_at=None)
    fresh = [Shortfall(employment_id=who, month=month, found_at=at) for who, month in sorted(wanted - known.keys())]
    Shortfall.objects.bulk_create(fresh, batch_size=1000)
    found = [*fresh, *again]
    record.emit_many(record.Emission(fact=_fact(row), subject=row, at=at) for row in found)
    _tell([row for row in found if row.month >= add_months(at.date().replace(day=1), -NEWS_MONTHS)], at=at)
    return found


def _wanted(employments: list[Any]) -> set[Place]:
    ratios: dict[UUID, dict[date, Decimal]] = defaultdict(dict)
    rows = MonthlyResult.objects.filter(employment__in=employments)
    for who, month, ratio in rows.values_list("employment_id", "month", "target_ratio"):
        ratios[who][month] = ratio
    return {(who, run.month) for who, months in ratios.items() for run in shortfall.runs(months)}


def _fact(row: Shortfall) -> events.FellShort:
    month = row.month.isoformat()
    return events.FellShort(employment_id=str(row.employment_id), month=month, months=shortfall.MONTHS)


def _clear(rows: list[Shortfall], *, at: datetime) -> None:
    Shortfall.objects.filter(pk__in=[row.pk for row in rows]).update(cleared_at=at)
    record.emit_many(
        record.Emission(
            fact=events.ShortfallCleared(employment_id=str(row.employment_id), month=row.month.isoformat()),
            subject=row,
            at=at,
        )
        for row in rows
    )


def _tell(rows: list[Shortfall], *, at: datetime) -> None:
    people = Employment.objects.current().for_list().in_bulk([row.employment_id for row in rows])
    partners: dict[UUID, list[Any]] = {}
    for row in rows:
        employment = people.get(row.employment_id)
        if employment is None:
            continue
        if employment.unit_id not in partners:
            partners[employment.unit_id] = hr_of(employment.unit)
        told = [user for user in partners[employment.unit_id] if user.pk != employment.person.user_id]
        notices.tell(
            told,
            kind="performance.fell_short",
            params={"name": employment.person.name, "months": shortfall.MONTHS},
            url=reverse("performance:results", args=[employment.pk]),
            subject=row,
            at=at,
        )


def hr_of(unit: Any) -> list[Any]:
    """The unit's HR partners; where there is none, the HR managers, then the group."""
    for role in (Role.HRBP, Role.HR_MANAGER, Role.GROUP_HR):
        if found := list(access.users_with(role, unit)):
            return found
    return []
