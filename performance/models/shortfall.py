from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7

from ..permissions import PerformancePermission
from .reach import AboutQuerySet


class ShortfallQuerySet(AboutQuerySet):
    listed_by = PerformancePermission.VIEW_SHORTFALL

    def standing(self) -> "ShortfallQuerySet":
        return self.filter(cleared_at=None)


class Shortfall(models.Model):
    """Two months in a row under 80 % of the target; `month` is the second. Cleared when a correction undoes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.PROTECT, related_name="shortfalls")
    month = models.DateField(_("month"))
    found_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    objects = ShortfallQuerySet.as_manager()

    class Meta:
        verbose_name = _("shortfall")
        constraints = [models.UniqueConstraint(fields=["employment", "month"], name="one_shortfall_per_month")]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.month:%Y-%m}"
