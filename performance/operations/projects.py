"""Projects that another system keeps: in bulk, each once by its id there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ehr import record

from .. import events
from ..models import Milestone, Project, ProjectReport
from .signals import Taken, employments_of

FACTS = ("employment_id", "name", "counterpart", "note", "percent", "due_date", "state")
STEP = ("title", "due_date", "done_date")


@transaction.atomic
def take_projects(rows: Sequence[dict[str, Any]], *, source: str, at: datetime) -> Taken:
    """The last row of an id counts. A project may move to another owner; what was reported before stays."""
    taken = Taken()
    employments = employments_of(row["employee_number"] for row in rows)
    known = _known(source, [row["source_id"] for row in rows])
    incoming: dict[str, Incoming] = {}
    for row in rows:
        owner = employments.get(row["employee_number"])
        if owner is None:
            taken.reject(row, "employee_unknown")
            continue
        incoming[row["source_id"]] = Incoming(known.get(row["source_id"]), row, owner, source, at)
    for one in incoming.values():
        taken.created += one.is_new
        taken.updated += one.is_changed and not one.is_new
        taken.unchanged += not one.is_changed
    _write([one for one in incoming.values() if one.is_changed], at=at)
    return taken


class Incoming:
    """A row beside the project it is about, before anything is written."""

    def __init__(self, known: Project | None, row: dict[str, Any], owner: Any, source: str, at: datetime) -> None:
        facts = {**{name: row[name] for name in FACTS if name in row}, "employment_id": owner}
        self.steps = [tuple(step.get(name) for name in STEP) for step in row["milestones"]]
        self.is_new = known is None
        self.before = {name: getattr(known, name) for name in FACTS} if known else {}
        self.project = known or Project(source=source, source_id=row["source_id"])
        self.steps_changed = self.is_new or self.steps != _steps(self.project)
        self.is_changed = self.steps_changed or self.before != facts
        for name, value in {**facts, "changed_at": at}.items():
            setattr(self.project, name, value)

    def emissions(self, at: datetime) -> Iterator[record.Emission]:
        about = self.project.facts()
        if self.is_new:
            yield record.Emission(fact=events.ProjectStarted(**about), subject=self.project, at=at)
        elif self.before["employment_id"] != self.project.employment_id:
            moved = events.ProjectMoved(**about, from_employment_id=str(self.before["employment_id"]))
            yield record.Emission(fact=moved, subject=self.project, at=at)
        if self.has_progressed or not self.is_new:
            went = events.ProjectProgressed(**about, percent=self.project.percent)
            yield record.Emission(fact=went, subject=self.project, at=at)

    @property
    def has_progressed(self) -> bool:
        return self.before.get("percent", 0) != self.project.percent


def _known(source: str, ids: list[str]) -> dict[str, Project]:
    rows = Project.objects.filter(source=source, source_id__in=ids).select_for_update().order_by("pk")
    return {row.source_id: row for row in rows.prefetch_related("milestones")}


def _steps(project: Project) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, name) for name in STEP) for row in project.milestones.all()]


def _write(changed: list[Incoming], *, at: datetime) -> None:
    Project.objects.bulk_create([one.project for one in changed if one.is_new], batch_size=1000)
    old = [one.project for one in changed if not one.is_new]
    Project.objects.bulk_update(old, [*(name.removesuffix("_id") for name in FACTS), "changed_at"], batch_size=500)
    rewritten = [one for one in changed if one.steps_changed]
    Milestone.objects.filter(project__in=[one.project for one in rewritten if not one.is_new]).delete()
    Milestone.objects.bulk_create(
        [
            Milestone(project=one.project, position=position, **dict(zip(STEP, step, strict=True)))
            for one in rewritten
            for position, step in enumerate(one.steps, start=1)
        ],
        batch_size=1000,
    )
    ProjectReport.objects.bulk_create(
        [
            ProjectReport(project=one.project, percent=one.project.percent, source=one.project.source, at=at)
            for one in changed
            if one.has_progressed
        ],
        batch_size=1000,
    )
    record.emit_many(emission for one in changed for emission in one.emissions(at))
