from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.crypto.fields import EncryptedTextField
from ehr.lib.ids import uuid7

from .choices import ContractKind
from .employment import Employment


class Contract(models.Model):
    """One signed labour contract; `nth` counts consecutive fixed terms (LCL art. 14)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="contracts", db_index=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ContractKind, default=ContractKind.FIXED)
    start_date = models.DateField(_("start"))
    end_date = models.DateField(_("end"), null=True, blank=True)
    signed_date = models.DateField(_("signed on"), null=True, blank=True)
    """None: by its first day. From the second month without one a second wage is owed (LCL 82)."""
    nth = models.PositiveSmallIntegerField(_("number of the contract"), default=1)

    class Meta:
        verbose_name = _("contract")
        constraints = [
            models.UniqueConstraint(fields=["employment", "nth"], name="contract_nth_once"),
            models.CheckConstraint(
                condition=models.Q(end_date=None) | models.Q(end_date__gte=models.F("start_date")),
                name="contract_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.start_date}"


class PriorSegment(models.Model):
    """Service with an earlier employer of the group that counts on (REG art. 10)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="prior_segments")
    employer_name = models.CharField(_("employer"), max_length=120)
    start_date = models.DateField(_("start"))
    end_date = models.DateField(_("end"))
    severance_paid = models.BooleanField(_("severance was paid"), default=False)

    class Meta:
        verbose_name = _("prior service")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")), name="prior_segment_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employer_name} {self.start_date}"


class PayMonth(models.Model):
    """What one month earned, in yuan as text under the person's key; overtime and annual bonus are also part of gross."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="pay_months")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("month"), help_text=_("First day of the month"))
    gross = EncryptedTextField(_("gross pay"))
    overtime = EncryptedTextField(_("overtime pay"))
    annual_bonus = EncryptedTextField(_("annual bonus"), null=True)

    class Meta:
        verbose_name = _("pay of a month")
        constraints = [
            models.UniqueConstraint(fields=["employment", "month"], name="pay_month_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="pay_month_is_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
