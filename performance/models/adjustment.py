from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.crypto.fields import EncryptedTextField
from ehr.documents.digests import sha256_of_text
from ehr.errors import Refused, WrongState
from ehr.lib.ids import uuid7

from .. import events
from ..permissions import PerformancePermission
from ..rules import appeals
from .choices import AdjustmentKind, Outcome
from .reach import AboutQuerySet

if TYPE_CHECKING:
    from ehr.identity.models import User


class AdjustmentQuerySet(AboutQuerySet):
    listed_by = PerformancePermission.VIEW_RESULT

    def for_page(self) -> AdjustmentQuerySet:
        return self.select_related("by", "decided_by", "data_key", "scorecard").order_by("pk")


class Adjustment(models.Model):
    """A line in somebody's result that no indicator gives: what, how much, why, on which rule, by whom; open to appeal.

    Without a scorecard it waits for the one of the period that `on_date` lies in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.PROTECT, related_name="adjustments")
    scorecard = models.ForeignKey("Scorecard", null=True, on_delete=models.PROTECT, related_name="adjustments")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField(gettext_lazy("day"))
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=AdjustmentKind)
    percent = models.DecimalField(gettext_lazy("percent of the score"), max_digits=5, decimal_places=2)
    reason = EncryptedTextField(gettext_lazy("reason"))
    basis = models.CharField(gettext_lazy("rule it rests on"), max_length=200)
    origin = models.CharField(max_length=120, null=True, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    appeal = EncryptedTextField(gettext_lazy("appeal"), null=True)
    appealed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    percent_after = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    answer = EncryptedTextField(gettext_lazy("answer"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("adjustment")
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=-100, percent__lte=100) & ~Q(percent=0), name="an_adjustment_changes_something"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="an_adjustment_names_its_rule"),
            models.CheckConstraint(
                condition=Q(outcome="", percent_after=None, decided_at=None)
                | Q(percent_after__isnull=False, decided_at__isnull=False, appealed_at__isnull=False) & ~Q(outcome=""),
                name="an_appeal_is_decided_whole",
            ),
        ]
        indexes = [models.Index(fields=["employment", "on_date"], name="adjustment_employment")]

    def __str__(self) -> str:
        return f"{self.percent} %"

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def appeal_against(self, *, text: str, by: User, at: datetime) -> None:
        """Once, by the person themselves. Until it is decided the adjustment counts as it stands."""
        self._lock()
        if self.appealed_at is not None:
            raise WrongState(_("There has been an appeal already."), allowed=self.actions)
        if not text.strip():
            raise Refused("appeal_empty", _("Say what is wrong with it."), field="text")
        self.appeal, self.appealed_at = text.strip(), at
        self.save(update_fields=["appeal", "appealed_at"])
        fact = events.AdjustmentAppealed(**self.facts(), text_sha256=sha256_of_text(self.appeal))
        record.emit(fact, subject=self, by=by, at=at)

    @transaction.atomic
    def decide(self, *, outcome: str, percent: Decimal | None, answer: str, by: User, at: datetime) -> None:
        """By somebody who did not record it."""
        self._lock()
        if "decide" not in self.actions:
            raise WrongState(_("There is no appeal to decide."), allowed=self.actions)
        if self.by_id == by.pk:
            raise Refused("second_person", _("Whoever recorded it does not decide about the appeal."))
        after = appeals.percent_after(outcome=appeals.Outcome(outcome), percent=self.percent, asked=percent)
        if after is None:
            raise Refused("percent_no_part", _("Give a part of the original percentage."), field="percent")
        self.outcome, self.percent_after, self.answer = outcome, after, answer.strip()
        self.decided_by, self.decided_at = by, at
        self.save(update_fields=["outcome", "percent_after", "answer", "decided_by", "decided_at"])
        fact = events.AppealDecided(**self.facts(), outcome=outcome, answer_sha256=sha256_of_text(self.answer))
        record.emit(fact, subject=self, by=by, at=at)

    def _lock(self) -> None:
        locked = Adjustment.objects.select_for_update().get(pk=self.pk)
        self.appealed_at, self.decided_at, self.scorecard_id = (
            locked.appealed_at,
            locked.decided_at,
            locked.scorecard_id,
        )

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, str]:
        return {"employment_id": str(self.employment_id), "adjustment_id": str(self.pk)}

    @property
    def percent_in_force(self) -> Decimal:
        return self.percent if self.percent_after is None else self.percent_after

    @property
    def actions(self) -> list[str]:
        if self.appealed_at is None:
            return ["appeal"]
        return [] if self.decided_at else ["decide"]
