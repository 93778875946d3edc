"""May this system be called now? Bucket, breaker and bulkhead are rows, so all workers obey the same ones."""

from dataclasses import dataclass
from typing import Any

from django.db import connection as database

from integrations.models import Connection, Gauge
from integrations.rules.outcome import Kind, Outcome


@dataclass(frozen=True)
class Permit:
    probing: bool


@dataclass(frozen=True)
class Refusal:
    reason: str


def permit(connection: Connection) -> Permit | Refusal:
    """Inside the claim's transaction; takes a token only when everything else says yes."""
    if not connection.may_send:
        return Refusal("export_basis")
    gauge, now, in_flight = _locked(connection.pk)
    if not gauge.breaker.lets_through(now=now):
        return Refusal("breaker")
    if in_flight >= connection.bulkhead:
        return Refusal("bulkhead")
    bucket = gauge.bucket(rate=connection.rate, burst=connection.manifest.burst).take(now=now)
    if bucket is None:
        return Refusal("bucket")
    breaker = gauge.breaker.taken(now=now, lease=connection.lease_seconds)
    gauge.keep(bucket=bucket, breaker=breaker)
    return Permit(probing=gauge.failures > 0 or gauge.opened_until > 0)


def learn(connection: Connection, outcome: Outcome, *, probing: bool) -> None:
    """What one answer says about the system. A healthy one stays untouched, so healthy calls write nothing here."""
    unremarkable = outcome.kind not in (Kind.RETRY, Kind.AMBIGUOUS, Kind.AUTH, Kind.THROTTLED)
    if unremarkable and not probing:
        return
    gauge, now, _ = _locked(connection.pk)
    gauge.keep(breaker=gauge.breaker.after(outcome.kind, now=now, asked=outcome.after))


# Two statements in one message: the second begins, and so counts, once the lock is ours.
LOCKED = """
    SELECT FROM integrations_gauge WHERE connection_id = %(id)s FOR UPDATE;
    SELECT tokens, filled_at, failures, opened_until, probe_until, extract(epoch FROM clock_timestamp())::float8,
        (SELECT count(*) FROM integrations_effect WHERE connection_id = %(id)s AND state = 'sending')
    FROM integrations_gauge WHERE connection_id = %(id)s
"""


def _locked(pk: Any) -> tuple[Gauge, float, int]:
    """The gauge, what the database's clock says once the lock is ours, and how many calls are in flight."""
    with database.cursor() as cursor:
        cursor.execute(LOCKED, {"id": pk})
        row = cursor.fetchone()
    assert row is not None
    tokens, filled_at, failures, opened_until, probe_until, now, in_flight = row
    gauge = Gauge(connection_id=pk, tokens=tokens, filled_at=filled_at, failures=failures)
    gauge.opened_until, gauge.probe_until = opened_until, probe_until
    return gauge, now, in_flight
