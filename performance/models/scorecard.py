from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.errors import Refused, WrongState
from ehr.lib.ids import uuid7

from .. import events
from ..permissions import PerformancePermission
from ..rules import composite, periods
from .choices import Because, CardState, Rhythm
from .plan import Indicator, PlanVersion
from .reach import AboutQuerySet

if TYPE_CHECKING:
    from ehr.identity.models import User


def arithmetic() -> tuple[Any, ...]:
    """What a scorecard's result is made of, to be read ahead."""
    current = models.Prefetch("scores", Score.objects.current().select_related("by"), to_attr="current_scores")
    return ("version__indicators", current, "adjustments")


class ScorecardQuerySet(AboutQuerySet):
    listed_by = PerformancePermission.VIEW_RESULT

    def for_page(self) -> ScorecardQuerySet:
        """With everything the arithmetic needs, in a fixed number of statements."""
        return self.with_plan().prefetch_related(*arithmetic())

    def with_plan(self) -> ScorecardQuerySet:
        return self.with_person().select_related("version__plan")

    def open(self) -> ScorecardQuerySet:
        return self.filter(state=CardState.OPEN)


class Scorecard(models.Model):
    """One person's indicators of one period, under the version of the plan it began with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.PROTECT, related_name="scorecards")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="scorecards")
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    start_date = models.DateField(gettext_lazy("from"))
    end_date = models.DateField(gettext_lazy("until"))
    state = models.CharField(max_length=8, choices=CardState, default=CardState.OPEN)
    result = models.DecimalField(gettext_lazy("result"), max_digits=6, decimal_places=2, null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("scorecard")
        constraints = [
            models.UniqueConstraint(fields=["employment", "rhythm", "start_date"], name="one_scorecard_per_period"),
            models.CheckConstraint(condition=Q(end_date__gt=models.F("start_date")), name="a_period_has_days"),
            models.CheckConstraint(
                condition=~Q(state=CardState.CLOSED) | Q(result__isnull=False), name="a_final_card_has_a_result"
            ),
        ]
        indexes = [models.Index(fields=["version", "start_date"], name="scorecard_version")]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.period.code}"

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def close(self, *, by: User | None, at: datetime) -> None:
        """From now on only adjustments change the result."""
        self.refuse_closed()
        closed = Scorecard.objects.filter(pk=self.pk, state=CardState.OPEN, result__isnull=False)
        if not closed.update(state=CardState.CLOSED, closed_at=at, closed_by=by):
            raise Refused("scores_missing", _("Every indicator needs a score first."))
        self.state, self.closed_at = CardState.CLOSED, at
        fact = events.ScorecardClosed(employment_id=str(self.employment_id), scorecard_id=str(self.pk))
        record.emit(fact, subject=self, by=by, at=at)

    # --- Asking -------------------------------------------------------------------------------------------
    def refuse_closed(self) -> None:
        if self.state != CardState.OPEN:
            raise WrongState(_("The scores of this period are final."), allowed=["adjust"])

    @property
    def is_open(self) -> bool:
        return self.state == CardState.OPEN

    @property
    def actions(self) -> list[str]:
        if not self.is_open:
            return ["adjust"]
        return ["score", "adjust", *(["close"] if self.result is not None else [])]

    @property
    def period(self) -> periods.Period:
        return periods.Period(rhythm=periods.Rhythm(self.rhythm), start=self.start_date)

    @property
    def composite(self) -> composite.Composite:
        """Of a card loaded by `for_page`."""
        scores = {score.indicator_id: score.points for score in self.current_scores}  # type: ignore[attr-defined]
        return composite.compose(
            indicators=[
                composite.Weighted(key=row.key, weight=row.weight, score=scores.get(row.pk))
                for row in self.version.indicators.all()
            ],
            adjustments=[
                composite.Percentage(key=str(row.pk), percent=row.percent_in_force)
                for row in sorted(self.adjustments.all(), key=lambda row: row.pk)
            ],
        )

    def get_absolute_url(self) -> str:
        return reverse("performance:scorecard", args=[self.pk])


class ScoreQuerySet(models.QuerySet["Score"]):
    def current(self) -> ScoreQuerySet:
        return self.filter(replaced_at=None)


class Score(models.Model):
    """Points of one indicator. A correction is a new row; the old one stays and says until when it counted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="scores")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(gettext_lazy("points"), max_digits=5, decimal_places=2)
    note = models.CharField(gettext_lazy("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(gettext_lazy("source"), max_length=40, blank=True)
    source_id = models.CharField(gettext_lazy("id at the source"), max_length=120, blank=True)
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("score")
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "indicator"], condition=Q(replaced_at=None), name="one_score_counts"
            ),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=150), name="points_between_0_and_150"),
        ]

    def __str__(self) -> str:
        return f"{self.points}"


class ResultChange(models.Model):
    """Each state the result has been in, with its arithmetic. Only ever added to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveSmallIntegerField()
    result = models.DecimalField(max_digits=6, decimal_places=2)
    because = models.CharField(max_length=16, choices=Because)
    arithmetic = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("change of a result")
        constraints = [models.UniqueConstraint(fields=["scorecard", "number"], name="one_number_per_result")]

    def __str__(self) -> str:
        return f"{self.number}: {self.result}"
