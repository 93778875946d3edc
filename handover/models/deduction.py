from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.documents.digests import sha256_of_text
from ehr.errors import WrongState
from ehr.lib.ids import uuid7
from handover import events
from handover.rules import deduction

if TYPE_CHECKING:
    from ehr.identity.models import User


class DeductionRuleQuerySet(models.QuerySet["DeductionRule"]):
    def in_force(self) -> "DeductionRuleQuerySet":
        return self.filter(ended_at=None)


class DeductionRule(models.Model):
    """On which rule of the company a head's result may be reduced, and by how much. Without one nothing is deducted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    basis = models.CharField(gettext_lazy("rule it rests on"), max_length=200)
    announced_date = models.DateField(gettext_lazy("announced to the staff"))
    per_point = models.DecimalField(gettext_lazy("percent for each point"), max_digits=4, decimal_places=2)
    most = models.DecimalField(gettext_lazy("at most, percent"), max_digits=4, decimal_places=2)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = DeductionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("rule of deductions")
        constraints = [
            models.UniqueConstraint(
                fields=["ended_at"], condition=Q(ended_at=None), nulls_distinct=False, name="one_deduction_rule"
            ),
            models.CheckConstraint(
                condition=Q(per_point__gt=0, most__gt=0, most__lte=deduction.MOST), name="deduction_within_bounds"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="deduction_rule_names_its_basis"),
        ]

    def __str__(self) -> str:
        return self.basis

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def end(self, *, by: "User", at: datetime) -> None:
        if not DeductionRule.objects.in_force().filter(pk=self.pk).update(ended_by=by, ended_at=at):
            raise WrongState(_("This rule is not in force any more."))
        self.ended_by, self.ended_at = by, at
        record.emit(events.DeductionRuleEnded(rule_id=str(self.pk)), subject=self, by=by, at=at)

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> events.DeductionRuleSet:
        return events.DeductionRuleSet(
            rule_id=str(self.pk), most=str(self.most), basis_sha256=sha256_of_text(self.basis)
        )

    @property
    def terms(self) -> deduction.Terms:
        return deduction.Terms(per_point=self.per_point, most=self.most)


class Deduction(models.Model):
    """The figures that a line in a head's result was counted from, as they stood then. One for a scorecard."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scorecard = models.OneToOneField("performance.Scorecard", on_delete=models.PROTECT, related_name="+")
    adjustment = models.OneToOneField("performance.Adjustment", on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(DeductionRule, on_delete=models.PROTECT, related_name="deductions")
    due = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    checked = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("deduction")

    def __str__(self) -> str:
        return f"{self.scorecard_id} −{self.percent} %"

    @property
    def figures(self) -> deduction.Figures:
        return deduction.Figures(due=self.due, confirmed=self.confirmed, checked=self.checked, missed=self.missed)

    @property
    def counted(self) -> deduction.Deduction:
        """Of a row read with its rule."""
        return deduction.deduction(self.figures, self.rule.terms)

    @property
    def percent(self) -> Decimal:
        return self.counted.percent
