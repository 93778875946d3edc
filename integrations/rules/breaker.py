"""When a system is left alone: after a row of failures the breaker opens, and one probe alone may close it again."""

from dataclasses import dataclass, replace

from integrations.rules.outcome import Kind

THRESHOLD = 5
COOLDOWN = 30.0
AUTH_COOLDOWN = 300.0
FAILURES = (Kind.RETRY, Kind.AMBIGUOUS)


@dataclass(frozen=True, kw_only=True)
class Breaker:
    """Moments are seconds on one clock, the database's."""

    failures: int = 0
    opened_until: float = 0.0
    probe_until: float = 0.0

    def lets_through(self, *, now: float) -> bool:
        if self.failures < THRESHOLD:
            return self.opened_until <= now
        return self.opened_until <= now and self.probe_until <= now

    def taken(self, *, now: float, lease: float) -> "Breaker":
        return replace(self, probe_until=now + lease) if self.failures >= THRESHOLD else self

    def after(self, kind: Kind, *, now: float, asked: float | None = None) -> "Breaker":
        if kind is Kind.AUTH:
            return Breaker(failures=THRESHOLD, opened_until=now + AUTH_COOLDOWN)
        if kind is Kind.THROTTLED:
            return replace(self, opened_until=max(self.opened_until, now + (asked or 0.0)))
        if kind not in FAILURES:
            return Breaker(opened_until=self.opened_until if self.failures < THRESHOLD else 0.0)
        failures = self.failures + 1
        until = now + COOLDOWN if failures >= THRESHOLD else self.opened_until
        return Breaker(failures=failures, opened_until=until)
