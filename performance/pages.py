"""What the pages show of one person and of a team, worked out here so that templates decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ehr import access
from ehr.counters import number_of
from ehr.paging import Page, page_of
from employees.models import Employment
from employees.tabs import tabs_of

from . import queries, scoring
from .models import AttendanceMonth, Indicator, MonthlyResult, Project, Score, Scorecard
from .models.reach import reach
from .models.scorecard import ScorecardQuerySet, arithmetic
from .permissions import PerformancePermission as P
from .rules import shortfall
from .words import FEEDBACK_LOOK, OWNER_ICONS

MONTHS = 12
OWN_TABS = (
    (_("Result"), "performance:mine"),
    (_("Work in hand"), "performance:my_work"),
    (_("Feedback and reviews"), "performance:my_voices"),
)


def tabs_for(employment: Any, *, reader: Any, current: str, own: bool) -> list[dict[str, Any]]:
    if not own:
        return tabs_of(employment, reader=reader, current=current)
    return [{"label": label, "href": reverse(url), "current": url == current} for label, url in OWN_TABS]


# --- One person -------------------------------------------------------------------------------------------


def results_context(employment: Any, *, reader: Any) -> dict[str, Any]:
    cards = list(Scorecard.objects.of(employment).with_plan().order_by("-start_date", "rhythm")[: MONTHS + 1])
    prefetch_related_objects(cards[:1], *arithmetic())
    return {
        "card": sheet_of(cards[0]) if cards else None,
        "earlier": cards[1:],
        "results": list(MonthlyResult.objects.of(employment).newest(MONTHS)),
        "attendance": list(AttendanceMonth.objects.of(employment).newest(MONTHS)),
    }


def work_context(employment: Any, *, reader: Any, today: date) -> dict[str, Any]:
    work = queries.open_work_of(employment)
    for project in work.projects:
        project.steps = project.marked(today=today)
    may = Employment.objects.visible_to(reader, P.CHANGE_WORK).filter(pk=employment.pk).exists()
    return {"work": work, "may_change": may, "today": today}


def voices_context(employment: Any, *, reader: Any) -> dict[str, Any]:
    """Who may say something about this person: asked once for both forms."""
    about = Employment.objects.filter(pk=employment.pk)
    own = employment.person.user_id == reader.pk
    return {
        "feedback": [_dressed(row) for row in queries.feedback_for(employment, reader=reader)],
        "reviews": queries.reviews_of(employment, reader=reader),
        "may_give": not own and about.visible_to(reader, P.GIVE_FEEDBACK).exists(),
        "may_review": not own and about.visible_to(reader, P.WRITE_REVIEW).exists(),
    }


def _dressed(row: Any) -> Any:
    row.tone, row.icon = FEEDBACK_LOOK[row.kind]
    return row


# --- A scorecard ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    title: str
    target: str
    owner: str
    icon: str
    weight: Decimal
    score: Any
    points: Decimal | None

    @property
    def formula(self) -> str:
        """40 % × 92.5 ＝ 37"""
        if self.points is None or self.score is None:
            return ""
        return f"{plain(self.weight)}% × {plain(self.score.points)} ＝ {plain(self.points)}"


@dataclass(frozen=True, kw_only=True)
class SheetChange:
    adjustment: Any
    percent: Decimal
    points: Decimal
    formula: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    card: Scorecard
    figures: Any
    lines: list[SheetLine]
    changes: list[SheetChange]
    sum_formula: str

    @property
    def missing(self) -> Decimal:
        return 100 - self.figures.scored_weight


def plain(figure: Decimal) -> str:
    """92.50 → 92.5, 40.00 → 40: exact, without zeros that say nothing."""
    return f"{figure.normalize():f}"


def sheet_of(card: Scorecard) -> Sheet:
    """Of a card loaded by `for_page`."""
    figures = card.composite
    scores = {score.indicator_id: score for score in card.current_scores}  # type: ignore[attr-defined]
    rows = list(card.version.indicators.all())
    lines = [_line(row, line, scores.get(row.pk)) for row, line in zip(rows, figures.lines, strict=True)]
    by_key = {str(row.pk): row for row in card.adjustments.all()}
    changes = [_change(by_key[change.key], change, figures.base) for change in figures.changes]
    terms = " ＋ ".join(plain(line.points) for line in figures.lines if line.points is not None)
    return Sheet(card=card, figures=figures, lines=lines, changes=changes, sum_formula=terms)


def _line(row: Any, line: Any, score: Any) -> SheetLine:
    return SheetLine(
        title=row.title,
        target=row.target,
        owner=row.get_owner_display(),
        icon=OWNER_ICONS[row.owner],
        weight=line.weight,
        score=score,
        points=line.points,
    )


def _change(adjustment: Any, change: Any, base: Any) -> SheetChange:
    formula = f"{plain(base)} × {plain(change.percent)}% ＝ {plain(change.points)}"
    return SheetChange(adjustment=adjustment, percent=change.percent, points=change.points, formula=formula)


# --- A team -----------------------------------------------------------------------------------------------


def team_page(reader: Any, *, cursor: str) -> Page:
    """Only own people, with the newest result and target reached; one statement for the rows."""
    people = Employment.objects.visible_to(reader, P.VIEW_RESULT).current().exclude(person__user=reader)
    newest = Scorecard.objects.filter(employment=OuterRef("pk"), result__isnull=False).order_by("-start_date")
    month = MonthlyResult.objects.filter(employment=OuterRef("pk")).order_by("-month")
    projects = Project.objects.open().filter(employment=OuterRef("pk"))
    rows = people.for_list().annotate(
        newest_result=Subquery(newest.values("result")[:1]),
        newest_card=Subquery(newest.values("pk")[:1]),
        newest_ratio=Subquery(month.values("target_ratio")[:1]),
        newest_month=Subquery(month.values("month")[:1]),
        project_count=number_of(projects),
    )
    page = page_of(rows, order=["employee_number"], cursor=cursor)
    for row in page.rows:
        row.is_short = row.newest_ratio is not None and row.newest_ratio < shortfall.THRESHOLD
    return page


# --- To score ---------------------------------------------------------------------------------------------


def to_score(reader: Any) -> ScorecardQuerySet:
    """Open scorecards with an indicator of the reader's side that has no score yet."""
    waiting = Q(pk__in=[])
    for owner, permission in scoring.SIDES.items():
        scored = Score.objects.current().filter(scorecard=OuterRef(OuterRef("pk")), indicator=OuterRef("pk"))
        missing = Indicator.objects.filter(~Exists(scored), version=OuterRef("version"), owner=owner)
        waiting |= reach(reader, permission) & Q(Exists(missing))
    return Scorecard.objects.open().filter(waiting).exclude(employment__person__user=reader)


def scoring_page(reader: Any, *, cursor: str) -> Page:
    return page_of(to_score(reader).for_page(), order=["start_date", "id"], cursor=cursor)


def may(reader: Any, permission: str, card: Scorecard) -> bool:
    if card.employment.person.user_id == reader.pk or not access.has(reader, permission):
        return False
    return Scorecard.objects.filter(pk=card.pk).visible_to(reader, permission).exists()
