from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from analytics import events
from analytics.permissions import Permission
from ehr import access, record
from ehr.errors import Refused, WrongState
from ehr.identity.models import User
from ehr.lib.ids import uuid7

DEFAULT_THRESHOLD = 80


class Scoring(models.Model):
    """The company's one switch for risk scoring: off until somebody writes down what it does to people (PIPL 55)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    enabled = models.BooleanField(_("scoring is on"), default=False)
    threshold = models.PositiveSmallIntegerField(_("alert from index"), default=DEFAULT_THRESHOLD)
    impact_note = models.TextField(_("impact note"), blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("risk scoring")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="scoring_one_row")]

    def __str__(self) -> str:
        return "on" if self.enabled else "off"

    @classmethod
    def current(cls) -> Scoring:
        return cls.objects.filter(pk=1).first() or cls()

    @transaction.atomic
    def switch(self, *, on: bool, threshold: int, impact_note: str, by: User, at: datetime) -> None:
        if on and not impact_note.strip():
            raise Refused(
                "impact_note_missing",
                _("Write the impact note first: what is scored, why, who sees it."),
                article="PIPL 55",
                field="impact_note",
            )
        self.enabled, self.threshold, self.impact_note = on, threshold, impact_note.strip()
        self.changed_by, self.changed_at = by, at
        self.save()
        record.emit(events.ScoringSwitched(enabled=on), subject=self, by=by, at=at)


class RiskScoreQuerySet(models.QuerySet["RiskScore"]):
    def visible_to(self, user: User, permission: Permission = Permission.VIEW_RISK) -> RiskScoreQuerySet:
        return self.filter(access.scope(user, permission, unit="employment__unit__path"))

    def of_the_last_run(self) -> RiskScoreQuerySet:
        return self.filter(date=models.Subquery(RiskScore.objects.order_by("-date").values("date")[:1]))


class RiskScore(models.Model):
    """One person's index on one day, with its reasons: [{code, weight, values}], largest first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.CASCADE, related_name="+")
    date = models.DateField()
    index = models.DecimalField(max_digits=4, decimal_places=1)
    tier = models.CharField(max_length=10)
    reasons = models.JSONField(default=list)

    objects = RiskScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk score")
        constraints = [models.UniqueConstraint(fields=["employment", "date"], name="risk_score_once_a_day")]
        indexes = [models.Index(fields=["date", "-index", "id"], name="risk_score_by_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.index}"


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user: User, permission: Permission = Permission.VIEW_RISK) -> AlertQuerySet:
        return self.filter(access.scope(user, permission, unit="employment__unit__path"))

    def still_open(self) -> AlertQuerySet:
        return self.filter(closed_at=None)


class Outcome(models.TextChoices):
    TALKED = "talked", _("Talked with the person")
    MEASURE = "measure", _("Measure agreed")
    NO_ACTION = "no_action", _("No action needed")
    WRONG = "wrong", _("The facts are wrong")


class Alert(models.Model):
    """Somebody's index crossed the threshold. HR looks, decides, and says what was done; nothing follows by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.CASCADE, related_name="+")
    raised_date = models.DateField()
    index = models.DecimalField(max_digits=4, decimal_places=1)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk alert")
        constraints = [
            models.UniqueConstraint(fields=["employment"], condition=models.Q(closed_at=None), name="alert_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.raised_date} {self.index}"

    @transaction.atomic
    def close(self, *, outcome: Outcome, by: User, at: datetime) -> None:
        changed = Alert.objects.filter(pk=self.pk, closed_at=None).update(closed_at=at, closed_by=by, outcome=outcome)
        if not changed:
            raise WrongState(_("This alert is closed already."))
        fact = events.AlertClosed(employment_id=str(self.employment_id), outcome=outcome)
        record.emit(fact, subject=self, by=by, at=at)
