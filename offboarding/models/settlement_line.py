"""The lines of a settlement and the payments they make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr.crypto.fields import EncryptedTextField
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

from ..rules.compliance.payable import PayLine, When
from .settlement import Settlement

if TYPE_CHECKING:
    from ehr.identity.models import User


class PayWhen(models.TextChoices):
    LAST_DAY = "last_day", gettext_lazy("On the last day")
    HANDOVER = "handover", gettext_lazy("When the handover is completed")
    WITHHELD = "withheld", gettext_lazy("Kept back for tax")


class SettlementLine(models.Model):
    """One step of the calculation, with the article and the row of a table it stands on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="lines")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24)
    article = models.CharField(max_length=80)
    row = models.CharField(max_length=120, blank=True)
    when = models.CharField(max_length=10, choices=PayWhen, blank=True)
    formula = EncryptedTextField()
    amount = EncryptedTextField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["settlement", "position"], name="settlement_line_position")]

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.code}"

    @classmethod
    def write(cls, settlement: Settlement, lines: Iterable[PayLine]) -> list[SettlementLine]:
        rows = [
            cls(
                settlement=settlement,
                data_key_id=settlement.data_key_id,
                position=position,
                code=line.code,
                article=line.article,
                row=line.row,
                when=line.when or "",
                formula=line.formula,
                amount=None if line.amount is None else str(line.amount),
            )
            for position, line in enumerate(lines)
        ]
        return cls.objects.bulk_create(rows)

    def as_pay_line(self) -> PayLine:
        return PayLine(
            code=self.code,
            formula=self.formula,
            article=self.article,
            row=self.row,
            amount=self.sum,
            when=When(self.when) if self.when else None,
        )

    @property
    def sum(self) -> Decimal | None:
        return None if self.amount is None else Decimal(self.amount)


class SettlementPayment(models.Model):
    """What is paid at one moment. Without a due date it waits for the handover (LCL 50(2))."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="payments")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    when = models.CharField(max_length=10, choices=PayWhen)
    amount = EncryptedTextField()
    due_date = models.DateField(gettext_lazy("due on"), null=True)
    paid_date = models.DateField(gettext_lazy("paid on"), null=True)
    reference = models.CharField(gettext_lazy("number of the bank slip"), max_length=80, blank=True)
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    paid_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = gettext_lazy("payment of a settlement")
        constraints = [models.UniqueConstraint(fields=["settlement", "when"], name="settlement_payment_once")]
        indexes = [models.Index(fields=["due_date"], condition=Q(paid_date=None), name="settlement_payment_due")]

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.when}"

    def pay(self, *, paid_date: date, reference: str, by: User, at: datetime) -> None:
        open_ones = SettlementPayment.objects.filter(pk=self.pk, paid_date=None)
        if not open_ones.update(paid_date=paid_date, reference=reference, paid_by=by, paid_at=at):
            raise WrongState(_("This is paid already."))
        self.paid_date, self.reference, self.paid_by, self.paid_at = paid_date, reference, by, at

    def fall_due(self, day: date | None) -> None:
        SettlementPayment.objects.filter(pk=self.pk).update(due_date=day)
        self.due_date = day

    @property
    def sum(self) -> Decimal:
        return Decimal(self.amount)

    def is_late(self, today: date) -> bool:
        return self.paid_date is None and self.due_date is not None and self.due_date < today
