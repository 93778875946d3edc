from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7
from employees.models import Employment

from ..permissions import PerformancePermission
from .reach import AboutQuerySet


class MonthlyQuerySet(AboutQuerySet):
    listed_by = PerformancePermission.VIEW_RESULT

    def newest(self, count: int) -> MonthlyQuerySet:
        return self.order_by("-month")[:count]


class Monthly(models.Model):
    """One fact per employment and month, as a system reported it; `source_id` makes a repeated report harmless."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    month = models.DateField(_("month"), help_text=_("First day of the month"))
    source = models.CharField(_("source"), max_length=40)
    source_id = models.CharField(_("id at the source"), max_length=120)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        abstract = True


class MonthlyResult(Monthly):
    """How far a month's target was reached: 1.0800 is 108 %."""

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="monthly_results")
    target_ratio = models.DecimalField(_("target reached"), max_digits=6, decimal_places=4)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)

    objects = MonthlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a month")
        constraints = [
            models.UniqueConstraint(fields=["employment", "month"], name="result_month_once"),
            models.UniqueConstraint(fields=["source", "source_id"], name="result_source_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="result_month_is_first_day"),
            models.CheckConstraint(condition=models.Q(target_ratio__gte=0), name="result_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.target_ratio}"


class AttendanceMonth(Monthly):
    """Personal leave (事假) and overtime. Sick, maternity, parental and care leave have no column on purpose."""

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="attendance_months")
    leave_days = models.DecimalField(_("personal leave"), max_digits=4, decimal_places=1, default=0)
    overtime_hours = models.DecimalField(_("overtime"), max_digits=5, decimal_places=1, default=0)

    objects = MonthlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance of a month")
        constraints = [
            models.UniqueConstraint(fields=["employment", "month"], name="attendance_month_once"),
            models.UniqueConstraint(fields=["source", "source_id"], name="attendance_source_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="attendance_month_is_first_day"),
            models.CheckConstraint(
                condition=models.Q(leave_days__gte=0, overtime_hours__gte=0), name="attendance_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
