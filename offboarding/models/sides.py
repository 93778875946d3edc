"""Rows beside a case that say who and when: waivers, withdrawals, retention talks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr.crypto.fields import EncryptedTextField
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

from .case import Case
from .choices import RetentionMeasure, RetentionOutcome

if TYPE_CHECKING:
    from ehr.identity.models import User

USER = settings.AUTH_USER_MODEL


class Waiver(models.Model):
    """The employer gives up days of the notice, in writing (compliance 1.7)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="waivers")
    days = models.PositiveSmallIntegerField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case} {self.days}"


class Withdrawal(models.Model):
    """Asked for when consent is needed (decisions 4); `answer` stays empty until somebody gives one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="withdrawals")
    asked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True)
    answered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = gettext_lazy("withdrawal")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(answer=""), name="one_open_withdrawal_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.answer}"

    def decide(self, *, answer: str, by: User, at: datetime) -> None:
        rows = Withdrawal.objects.filter(pk=self.pk, answer="")
        if not rows.update(answer=answer, answered_by=by, answered_at=at):
            raise WrongState(_("This request is already answered."))


class Retention(models.Model):
    """An attempt to keep somebody: the measure, who talked, what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="retentions")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(gettext_lazy("measure"), max_length=12, choices=RetentionMeasure)
    amount = models.DecimalField(
        gettext_lazy("raise per month"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    talked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    talked_at = models.DateTimeField()
    outcome = models.CharField(
        gettext_lazy("outcome"), max_length=10, choices=RetentionOutcome, default=RetentionOutcome.OPEN
    )
    note = EncryptedTextField(gettext_lazy("note"), blank=True, default="")

    class Meta:
        verbose_name = gettext_lazy("retention talk")

    def __str__(self) -> str:
        return f"{self.case} {self.measure}"
