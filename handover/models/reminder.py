from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7


class Reminder(models.Model):
    """Somebody was asked again on this day: whatever waits for them, once a day is enough."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on_date = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        constraints = [models.UniqueConstraint(fields=["user", "on_date"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on_date}"
