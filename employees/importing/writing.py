"""One chunk into the tables: whole rows, each with its lifecycle event, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ehr import record
from ehr.crypto.models import DataKey
from ehr.record.emitting import event_of, plan_deliveries
from ehr.record.nudging import nudge_on_commit

from .. import events
from ..models import Contract, Employment, EmploymentStatus, Person
from .copying import copy_rows
from .people import Arrival, Change


def write_arrivals(arrivals: Sequence[Arrival], *, import_id: str, by: Any, at: datetime) -> None:
    new = [one.person for one in arrivals if not one.is_known_person]
    for person in new:
        person.data_key.created_at = person.created_at = at
    copy_rows(DataKey, [person.data_key for person in new])
    copy_rows(Person, new)
    copy_rows(Employment, [one.employment for one in arrivals])
    copy_rows(Contract, [one.contract for one in arrivals if one.contract])
    emit_copied([emission for one in arrivals for emission in _arrived(one, import_id, by, at)])


def write_changes(changes: Sequence[Change], *, import_id: str, by: Any, at: datetime) -> None:
    for change in changes:
        _save(change)
    emit_copied([emission for one in changes for emission in _changed(one, import_id, by, at)])


def emit_copied(emissions: Sequence[record.Emission]) -> None:
    """As record.emit_many, by COPY."""
    found = [event_of(emission) for emission in emissions]
    copy_rows(record.Event, found)
    if plan_deliveries(found):
        nudge_on_commit()


def _save(change: Change) -> None:
    employment = change.employment
    if change.person_fields:
        indexes = [f"{name}_index" for name in change.person_fields if hasattr(employment.person, f"{name}_index")]
        employment.person.save(update_fields=[*change.person_fields, *indexes, "name_pinyin"])
    if change.ends:
        employment.status = EmploymentStatus.LEFT
        employment.termination_date = change.row.get("exit_date")
    if change.employment_fields or change.ends or "name" in change.person_fields:
        employment.save(
            update_fields=[*change.employment_fields, "status", "termination_date", "exit_reason", "search_text"]
        )
    if change.contract:
        change.contract.save()


def _arrived(one: Arrival, import_id: str, by: Any, at: datetime) -> list[record.Emission]:
    employment = one.employment
    hired = events.Hired(
        employment_id=str(employment.pk),
        unit_id=str(employment.unit_id),
        hire_date=employment.hire_date.isoformat(),
        import_id=import_id,
    )
    facts: list[record.Fact] = [hired]
    if employment.termination_date:
        facts.append(_ended(employment, import_id))
    return [record.Emission(fact=fact, subject=employment, by=by, at=at) for fact in facts]


def _changed(one: Change, import_id: str, by: Any, at: datetime) -> list[record.Emission]:
    employment = one.employment
    facts: list[record.Fact] = [
        events.Changed(employment_id=str(employment.pk), fields=sorted(one.names), import_id=import_id)
    ]
    if one.ends:
        facts.append(_ended(employment, import_id))
    return [record.Emission(fact=fact, subject=employment, by=by, at=at) for fact in facts]


def _ended(employment: Employment, import_id: str) -> events.Ended:
    return events.Ended(
        employment_id=str(employment.pk),
        termination_date=str(employment.termination_date),
        import_id=import_id,
    )
