"""May this system be called now? Bucket, breaker and bulkhead are rows, so all workers obey the same ones."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Value
from django.db.models.functions import Extract

from integrations.models import Connection, Effect, Gauge
from integrations.models.clock import ClockTimestamp
from integrations.rules.outcome import Kind, Outcome
from integrations.rules.states import State


@dataclass(frozen=True)
class Permit:
    probing: bool


@dataclass(frozen=True)
class Refusal:
    reason: str


def permit(connection: Connection) -> Permit | Refusal:
    """Inside the claim's transaction; takes a token only when everything else says yes."""
    gauge = _locked(connection.pk)
    now: float = gauge.now
    if not gauge.breaker.lets_through(now=now):
        return Refusal("breaker")
    if _in_flight(connection) >= connection.bulkhead:
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
    gauge = _locked(connection.pk)
    gauge.keep(breaker=gauge.breaker.after(outcome.kind, now=gauge.now, asked=outcome.after))


def _locked(pk: Any) -> Any:
    return Gauge.objects.select_for_update().annotate(now=Extract(ClockTimestamp(), "epoch") + Value(0.0)).get(pk=pk)


def _in_flight(connection: Connection) -> int:
    return Effect.objects.filter(connection=connection, state=State.SENDING).count()
