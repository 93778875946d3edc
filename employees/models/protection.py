from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ehr.crypto.fields import EncryptedTextField
from ehr.lib.ids import uuid7

from .employment import Employment


class ProtectedStatusQuerySet(models.QuerySet["ProtectedStatus"]):
    def in_force_on(self, day: date) -> "ProtectedStatusQuerySet":
        return self.in_force_between(day, day)

    def in_force_between(self, first: date, last: date) -> "ProtectedStatusQuerySet":
        return self.filter(Q(end_date=None) | Q(end_date__gte=first), start_date__lte=last)


class ProtectedStatus(models.Model):
    """That a legal protection applies, and until when. Which one is encrypted and for HR-legal only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="protected_statuses")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    kind = EncryptedTextField(_("kind"))
    injury_grade = EncryptedTextField(_("grade of disability"), null=True)
    """Of a work injury, 1 (worst) to 10; none while it is treated and not appraised (WII 33-37)."""
    start_date = models.DateField(_("start"))
    end_date = models.DateField(_("end"), null=True, blank=True)

    objects = ProtectedStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("protected status")
        verbose_name_plural = _("protected statuses")

    def __str__(self) -> str:
        return f"{self.start_date} – {self.end_date or ''}"
