from django.db import models
from django.utils.translation import gettext_lazy as _

from integrations.models.clock import ClockTimestamp
from integrations.models.connection import Connection


class Inbox(models.Model):
    """Every callback once, whatever number of times it is delivered."""

    source = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="inbox")
    event_id = models.CharField(max_length=120)
    received_at = models.DateTimeField(db_default=ClockTimestamp())
    raw_sha256 = models.CharField(max_length=64)
    effect_key = models.CharField(max_length=33, blank=True)
    status = models.CharField(max_length=20, blank=True)
    result = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("callback")
        constraints = [models.UniqueConstraint(fields=["source", "event_id"], name="callback_once_per_source")]

    def __str__(self) -> str:
        return self.event_id
