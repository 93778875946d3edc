"""Objectives, projects and tasks begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import record
from ehr.errors import Refused

from .. import events
from ..models import KeyResult, Milestone, Objective, Project, Task
from ..rules.periods import Period

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def set_objective(
    *, employment: Any, title: str, period: Period, key_results: Sequence[dict[str, Any]], by: User | None, at: datetime
) -> Objective:
    """`key_results`: title, measure, start, target each; without one nobody could say when it is reached."""
    if not key_results:
        raise Refused("no_key_results", _("Give at least one key result."), field="key_results")
    objective = Objective.objects.create(
        employment=employment, title=title, rhythm=period.rhythm, start_date=period.start, set_at=at
    )
    KeyResult.objects.bulk_create(
        KeyResult(objective=objective, position=position, **_from_start(row))
        for position, row in enumerate(key_results, start=1)
    )
    record.emit(events.ObjectiveSet(**objective.facts()), subject=objective, by=by, at=at)
    return objective


def _from_start(row: dict[str, Any]) -> dict[str, Any]:
    if row["start"] == row["target"]:
        raise Refused("target_is_start", _("A target differs from where one starts."), field="key_results")
    return {"current": row["start"], **row}


@transaction.atomic
def start_project(
    *,
    employment: Any,
    name: str,
    counterpart: str = "",
    note: str = "",
    due_date: date | None = None,
    milestones: Sequence[dict[str, Any]] = (),
    by: User | None,
    at: datetime,
) -> Project:
    project = Project.objects.create(
        employment=employment, name=name, counterpart=counterpart, note=note, due_date=due_date, changed_at=at
    )
    Milestone.objects.bulk_create(
        Milestone(project=project, position=position, **row) for position, row in enumerate(milestones, start=1)
    )
    record.emit(events.ProjectStarted(**project.facts()), subject=project, by=by, at=at)
    return project


@transaction.atomic
def open_task(
    *,
    employment: Any,
    title: str,
    due_date: date | None = None,
    project: Project | None = None,
    by: User | None,
    at: datetime,
) -> Task:
    task = Task.objects.create(employment=employment, project=project, title=title, due_date=due_date, opened_at=at)
    fact = events.TaskOpened(employment_id=str(employment.pk), task_id=str(task.pk))
    record.emit(fact, subject=task, by=by, at=at)
    return task
