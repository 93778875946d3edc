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

MOST_BY_NAME = 3

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
    """By name; who would hear of many in one go hears the number and is led to the list."""
    people = Employment.objects.current().for_list().in_bulk([row.employment_id for row in rows])
    for user, found in _by_partner(rows, people).items():
        if len(found) > MOST_BY_NAME:
            params, url = {"n": len(found), "months": shortfall.MONTHS}, reverse("performance:shortfalls")
            notices.tell([user], kind="performance.many_fell_short", params=params, url=url, subject=found[0], at=at)
            continue
        for row in found:
            _tell_one(user, row, people[row.employment_id], at=at)


def _by_partner(rows: list[Shortfall], people: dict[Any, Employment]) -> dict[Any, list[Shortfall]]:
    told: dict[Any, list[Shortfall]] = defaultdict(list)
    partners: dict[UUID, list[Any]] = {}
    for row in rows:
        if (employment := people.get(row.employment_id)) is None:
            continue
        if employment.unit_id not in partners:
            partners[employment.unit_id] = hr_of(employment.unit)
        for user in partners[employment.unit_id]:
            if user.pk != employment.person.user_id:
                told[user].append(row)
    return told


def _tell_one(user: Any, row: Shortfall, employment: Employment, *, at: datetime) -> None:
    params = {"name": employment.person.name, "months": shortfall.MONTHS}
    url = reverse("performance:results", args=[employment.pk])
    notices.tell([user], kind="performance.fell_short", params=params, url=url, subject=row, at=at)


def hr_of(unit: Any) -> list[Any]:
    """The unit's HR partners; where there is none, the HR managers, then the group."""
    for role in (Role.HRBP, Role.HR_MANAGER, Role.GROUP_HR):
        if found := list(access.users_with(role, unit)):
            return found
    return []
