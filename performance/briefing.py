"""What whoever takes the work over reads of it: one statement, however much there is. May they? Asks the caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet
from django.db.models.functions import Cast, JSONObject

from employees.models import Employment

from .models import KeyResult, Milestone, MonthlyResult, Objective, Project, Scorecard, Task
from .models.choices import CardState, WorkState
from .rules import periods, progress

MONTHS, PERIODS = 6, 4


@dataclass(frozen=True, kw_only=True)
class StepShown:
    title: str
    due_date: date | None
    done_date: date | None


@dataclass(frozen=True, kw_only=True)
class ProjectShown:
    name: str
    counterpart: str
    note: str
    percent: int
    due_date: date | None
    steps: list[tuple[StepShown, progress.Mark]]

    @property
    def late(self) -> StepShown | None:
        return next((step for step, mark in self.steps if mark is progress.Mark.LATE), None)


@dataclass(frozen=True, kw_only=True)
class KeyResultShown:
    title: str
    measure: str
    start: Decimal
    target: Decimal
    current: Decimal

    @property
    def percent(self) -> int:
        return progress.percent_reached(start=self.start, target=self.target, current=self.current)


@dataclass(frozen=True, kw_only=True)
class ObjectiveShown:
    title: str
    period: str
    key_results: list[KeyResultShown]

    @property
    def percent(self) -> int:
        return progress.percent_of_objective([row.percent for row in self.key_results])


@dataclass(frozen=True, kw_only=True)
class TaskShown:
    title: str
    due_date: date | None


@dataclass(frozen=True, kw_only=True)
class MonthShown:
    month: date
    target_ratio: Decimal


@dataclass(frozen=True, kw_only=True)
class PeriodShown:
    """A period whose result is final; its indicators and adjustments are the person's own."""

    period: str
    result: Decimal


@dataclass(frozen=True, kw_only=True)
class Briefing:
    projects: list[ProjectShown]
    objectives: list[ObjectiveShown]
    tasks: list[TaskShown]
    months: list[MonthShown]
    periods: list[PeriodShown]


def briefing_of(employment: Any, *, today: date) -> Briefing:
    row = Employment.objects.filter(pk=employment.pk).annotate(**_parts()).values(*_parts()).get()
    return Briefing(
        projects=[_project(one, today) for one in row["in_projects"]],
        objectives=[_objective(one) for one in row["in_objectives"]],
        tasks=[TaskShown(title=one["title"], due_date=_day(one["due_date"])) for one in row["in_tasks"]],
        months=[
            MonthShown(month=date.fromisoformat(one["month"]), target_ratio=Decimal(one["ratio"]))
            for one in row["in_months"]
        ],
        periods=[PeriodShown(period=_code(one), result=Decimal(one["result"])) for one in row["in_periods"]],
    )


def _parts() -> dict[str, ArraySubquery]:
    mine = {"employment": OuterRef("pk")}
    steps = _of(Milestone.objects.filter(project=OuterRef("pk")).order_by("position"), "title", "due_date", "done_date")
    results = _of(
        KeyResult.objects.filter(objective=OuterRef("pk")).order_by("position"),
        "title", "measure", start=_text("start"), target=_text("target"), current=_text("current"),
    )  # fmt: skip
    closed = Scorecard.objects.filter(**mine, state=CardState.CLOSED).order_by("-start_date", "rhythm")[:PERIODS]
    return {
        "in_projects": _of(
            Project.objects.filter(**mine, state=WorkState.OPEN).order_by("due_date", "pk"),
            "name", "counterpart", "note", "percent", "due_date", steps=steps,
        ),
        "in_objectives": _of(
            Objective.objects.filter(**mine, state=WorkState.OPEN).order_by("start_date", "pk"),
            "title", "rhythm", "start_date", results=results,
        ),
        "in_tasks": _of(
            Task.objects.filter(**mine, state=WorkState.OPEN).order_by("due_date", "pk"), "title", "due_date"
        ),
        "in_months": _of(
            MonthlyResult.objects.filter(**mine).order_by("-month")[:MONTHS], "month", ratio=_text("target_ratio")
        ),
        "in_periods": _of(closed, "rhythm", "start_date", result=_text("result")),
    }  # fmt: skip


def _of(rows: QuerySet[Any], *fields: str, **more: Any) -> ArraySubquery:
    return ArraySubquery(rows.values(one=JSONObject(**{name: name for name in fields}, **more)))


def _text(name: str) -> Cast:
    """JSON knows no decimals."""
    return Cast(name, CharField())


def _project(row: dict[str, Any], today: date) -> ProjectShown:
    shown = [
        StepShown(title=one["title"], due_date=_day(one["due_date"]), done_date=_day(one["done_date"]))
        for one in row["steps"]
    ]
    steps = [progress.Step(due_date=one.due_date, is_done=one.done_date is not None) for one in shown]
    return ProjectShown(
        name=row["name"],
        counterpart=row["counterpart"],
        note=row["note"],
        percent=row["percent"],
        due_date=_day(row["due_date"]),
        steps=list(zip(shown, progress.marks(steps, today=today), strict=True)),
    )


def _objective(row: dict[str, Any]) -> ObjectiveShown:
    return ObjectiveShown(
        title=row["title"],
        period=_code(row),
        key_results=[
            KeyResultShown(
                title=one["title"],
                measure=one["measure"],
                start=Decimal(one["start"]),
                target=Decimal(one["target"]),
                current=Decimal(one["current"]),
            )
            for one in row["results"]
        ],
    )


def _code(row: dict[str, Any]) -> str:
    start = date.fromisoformat(row["start_date"])
    return periods.Period(rhythm=periods.Rhythm(row["rhythm"]), start=start).code


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
