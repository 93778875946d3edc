"""Reads of results and work in hand; handover and offboarding call the first four."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from .models import Feedback, MonthlyResult, Objective, Project, Review, Rhythm, Scorecard, Side, Task
from .models.scorecard import ScorecardQuerySet
from .rules import redaction
from .rules.periods import Rhythm as Rhythms
from .rules.periods import period_from

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class OpenWork:
    """What somebody has in hand, with the progress that is on record."""

    projects: list[Project]
    objectives: list[Objective]
    tasks: list[Task]

    @property
    def is_empty(self) -> bool:
        return not (self.projects or self.objectives or self.tasks)


def open_work_of(employment: Any) -> OpenWork:
    """`project.percent` and `objective.percent` are what was recorded."""
    return open_work_of_many([employment])[employment.pk]


def open_work_of_many(employments: Iterable[Any]) -> dict[UUID, OpenWork]:
    """Three statements and two for the parts, however many people."""
    work = {employment.pk: OpenWork(projects=[], objectives=[], tasks=[]) for employment in employments}
    for project in Project.objects.open().filter(employment__in=work).in_order():
        work[project.employment_id].projects.append(project)
    for objective in Objective.objects.open().filter(employment__in=work).in_order():
        work[objective.employment_id].objectives.append(objective)
    tasks = Task.objects.open().filter(employment__in=work).select_related("project")
    for task in tasks.order_by("due_date", "pk"):
        work[task.employment_id].tasks.append(task)
    return work


@dataclass(frozen=True, kw_only=True)
class Result:
    """A period with its result; None while it is being scored."""

    scorecard_id: UUID
    period: str
    start_date: date
    result: Decimal | None
    is_final: bool


@dataclass(frozen=True, kw_only=True)
class Results:
    months: list[MonthlyResult]
    periods: list[Result]


def results_of(employment: Any, *, months: int = MONTHS) -> Results:
    """Newest first: the target ratios that systems reported, and the composite scores."""
    cards = Scorecard.objects.of(employment).order_by("-start_date", "rhythm")[:months]
    return Results(
        months=list(MonthlyResult.objects.of(employment).newest(months)),
        periods=[
            Result(
                scorecard_id=card.pk,
                period=card.period.code,
                start_date=card.start_date,
                result=card.result,
                is_final=not card.is_open,
            )
            for card in cards
        ],
    )


def cards_that_take(code: str) -> ScorecardQuerySet | None:
    """The scorecards of this period that a line on its last day falls on: a month's before its quarter's. None when the
    code names no period."""
    period = period_from(code)
    if period is None:
        return None
    cards = Scorecard.objects.filter(rhythm=period.rhythm, start_date=period.start)
    last = Scorecard.objects.filter(employment=OuterRef("employment"), rhythm=Rhythm.MONTH, end_date=period.end)
    return cards if period.rhythm is Rhythms.MONTH else cards.filter(~Exists(last))


@dataclass(frozen=True, kw_only=True)
class ReviewShown:
    title: str
    on_date: date
    side: str
    side_label: str
    author: str
    about_work: str
    about_person: str
    rating: int | None


def reviews_of(employment: Any, *, reader: Any) -> list[ReviewShown]:
    """What this reader may see of each; whether they may be here at all is the caller's question. One statement."""
    is_person = employment.person.user_id == reader.pk
    other = redaction.Reader.PERSON if is_person else redaction.Reader.OTHER
    whole = Review.objects.visible_to(reader).filter(pk=OuterRef("pk"))
    rows = Review.objects.of(employment).newest().annotate(is_whole=Exists(whole))
    return [_shown(row, redaction.Reader.FULL if row.is_whole else other) for row in rows]


def _shown(row: Review, reader: redaction.Reader) -> ReviewShown:
    shown = redaction.shown_to(reader, side=redaction.Side(row.side))
    return ReviewShown(
        title=row.title,
        on_date=row.on_date,
        side=row.side,
        side_label=str(Side(row.side).label),
        author=str(row.by) if shown.author else "",
        about_work=row.about_work,
        about_person=(row.about_person or "") if shown.about_person else "",
        rating=row.rating if shown.rating else None,
    )


def feedback_for(employment: Any, *, reader: Any, count: int = 10) -> list[Feedback]:
    return list(Feedback.objects.visible_to(reader).of(employment).newest()[:count])
