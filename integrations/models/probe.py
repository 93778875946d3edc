from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.ids import uuid7
from integrations.models.connection import Connection


class Probe(models.Model):
    """A question to another system that changes nothing there. Asked in a page, answered by a worker."""

    class Kind(models.TextChoices):
        HEALTH = "health", _("Test")
        DRY_RUN = "dry_run", _("Dry run")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="probes")
    kind = models.CharField(max_length=10, choices=Kind)
    case = models.ForeignKey("offboarding.Case", null=True, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("probe")
        indexes = [models.Index(fields=["connection", "-id"], name="probe_of_connection")]

    def __str__(self) -> str:
        return f"{self.kind} {self.connection_id}"

    def answer(self, result: dict[str, Any], *, at: Any) -> None:
        Probe.objects.filter(pk=self.pk).update(result=result, done_at=at)
