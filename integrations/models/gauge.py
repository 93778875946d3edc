from django.db import models
from django.utils.translation import gettext_lazy as _

from integrations.models.connection import Connection
from integrations.rules.breaker import Breaker
from integrations.rules.bucket import Bucket


class Gauge(models.Model):
    """How much one system takes just now, shared by all workers. Moments are seconds of the database's clock."""

    connection = models.OneToOneField(Connection, primary_key=True, on_delete=models.CASCADE, related_name="gauge")
    tokens = models.FloatField(default=20)
    filled_at = models.FloatField(default=0)
    failures = models.PositiveIntegerField(default=0)
    opened_until = models.FloatField(default=0)
    probe_until = models.FloatField(default=0)

    class Meta:
        verbose_name = _("gauge")

    def __str__(self) -> str:
        return str(self.connection_id)

    def bucket(self, *, rate: float, burst: float) -> Bucket:
        return Bucket(tokens=self.tokens, filled_at=self.filled_at, rate=rate, burst=max(burst, 1.0))

    @property
    def breaker(self) -> Breaker:
        return Breaker(failures=self.failures, opened_until=self.opened_until, probe_until=self.probe_until)

    def keep(self, *, bucket: Bucket | None = None, breaker: Breaker) -> None:
        values: dict[str, float] = {
            "failures": breaker.failures,
            "opened_until": breaker.opened_until,
            "probe_until": breaker.probe_until,
        }
        if bucket is not None:
            values |= {"tokens": bucket.tokens, "filled_at": bucket.filled_at}
        Gauge.objects.filter(pk=self.pk).update(**values)
