from django.db import connection, models
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
        """Under the lock of whoever has read it. One fixed statement: it stands in the path of every call."""
        tokens, filled_at = (bucket.tokens, bucket.filled_at) if bucket else (self.tokens, self.filled_at)
        values = [breaker.failures, breaker.opened_until, breaker.probe_until, tokens, filled_at, self.pk]
        with connection.cursor() as cursor:
            cursor.execute(KEEP, values)


KEEP = """
    UPDATE integrations_gauge SET failures = %s, opened_until = %s, probe_until = %s, tokens = %s, filled_at = %s
    WHERE connection_id = %s
"""
