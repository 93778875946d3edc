from __future__ import annotations

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from integrations.models.clock import ClockTimestamp
from integrations.models.effect import Effect


class Attempt(models.Model):
    """One try, written before the socket opens and closed once. The database refuses every other change."""

    effect = models.ForeignKey(Effect, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    mode = models.CharField(max_length=12)
    started_at = models.DateTimeField(db_default=ClockTimestamp())
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=80, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    remote_ref = models.CharField(max_length=200, blank=True)
    request_hash = models.CharField(max_length=64)
    evidence = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = _("attempt")
        constraints = [models.UniqueConstraint(fields=["effect", "number"], name="attempt_number_once")]

    def __str__(self) -> str:
        return f"{self.effect_id} #{self.number}"

    @classmethod
    def close(
        cls,
        effect: Effect,
        number: int,
        *,
        outcome: str,
        reason: str = "",
        status: int | None = None,
        remote_ref: str = "",
        evidence: str = "",
    ) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                CLOSE, [str(outcome), reason[:80], status, remote_ref[:200], evidence[:2000], effect.pk, number]
            )


CLOSE = """
    UPDATE integrations_attempt
    SET ended_at = clock_timestamp(), outcome = %s, reason = %s, status = %s, remote_ref = %s, evidence = %s
    WHERE effect_id = %s AND number = %s AND ended_at IS NULL
"""
