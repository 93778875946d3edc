"""A token bucket as two numbers, so that all workers can share it in one row."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Bucket:
    tokens: float
    filled_at: float
    rate: float  # per second
    burst: float

    def level(self, *, now: float) -> float:
        return min(self.burst, self.tokens + max(now - self.filled_at, 0.0) * self.rate)

    def take(self, *, now: float) -> "Bucket | None":
        level = self.level(now=now)
        if level < 1:
            return None
        return Bucket(tokens=level - 1, filled_at=now, rate=self.rate, burst=self.burst)
