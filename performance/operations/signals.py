"""Signals of other systems: taken in bulk, each once by its source id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ehr.errors import Refused
from employees.models import Employment

from ..models import AttendanceMonth, Monthly, MonthlyResult
from .shortfalls import watch_shortfalls

KEY = ("source", "source_id", "received_at")
FACTS: dict[Any, tuple[str, ...]] = {
    MonthlyResult: ("target_ratio", "score"),
    AttendanceMonth: ("leave_days", "overtime_hours"),
}


@dataclass
class Taken:
    """How many rows were new, changed or the same, and which could not be taken."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def reject(self, row: dict[str, Any], reason: str) -> None:
        self.rejected.append({"source_id": row["source_id"], "reason": reason})


@transaction.atomic
def take_results(rows: Sequence[dict[str, Any]], *, source: str, at: datetime) -> Taken:
    taken = _take(MonthlyResult, rows, source=source, at=at)
    watch_shortfalls(employments_of(row["employee_number"] for row in rows).values(), at=at)
    return taken


@transaction.atomic
def take_attendance(rows: Sequence[dict[str, Any]], *, source: str, at: datetime) -> Taken:
    return _take(AttendanceMonth, rows, source=source, at=at)


def _take(model: Any, rows: Sequence[dict[str, Any]], *, source: str, at: datetime) -> Taken:
    taken = Taken()
    employments = employments_of(row["employee_number"] for row in rows)
    known = _known(model, employments.values())
    changed: dict[Any, Monthly] = {}
    for row in rows:
        employment = employments.get(row["employee_number"])
        if employment is None:
            taken.reject(row, "employee_unknown")
            continue
        place = (employment, row["month"])
        fact = known.get(place) or model(employment_id=employment, month=row["month"], source_id="")
        _set(taken, fact, row, source=source, at=at, is_new=place not in known)
        known[place] = changed[place] = fact
    _write(model, changed.values())
    return taken


def _set(taken: Taken, fact: Monthly, row: dict[str, Any], *, source: str, at: datetime, is_new: bool) -> None:
    names = FACTS[type(fact)]
    is_same = all(getattr(fact, name) == row.get(name) for name in names)
    if is_new:
        taken.created += 1
    elif is_same:
        taken.unchanged += 1
        return
    else:
        taken.updated += 1
    for name, value in {
        **{name: row.get(name) for name in names},
        "source": source,
        "source_id": row["source_id"],
    }.items():
        setattr(fact, name, value)
    fact.received_at = at


def employments_of(numbers: Any) -> dict[str, Any]:
    return dict(Employment.objects.filter(employee_number__in=set(numbers)).values_list("employee_number", "pk"))


def _known(model: Any, employments: Any) -> dict[Any, Monthly]:
    rows = model.objects.filter(employment__in=employments).select_for_update()
    return {(row.employment_id, row.month): row for row in rows}


def _write(model: Any, facts: Any) -> None:
    """The month decides: a later report of the same month replaces the earlier one, whatever its id."""
    try:
        model.objects.bulk_create(
            facts,
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["employment", "month"],
            update_fields=[*FACTS[model], *KEY],
        )
    except IntegrityError as error:
        detail = _("An id of the source is already used for another person or month.")
        raise Refused("source_id_reused", str(detail), field="source_id") from error
