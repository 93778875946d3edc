"""What the screens of the edge read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from ehr.deadlines.demo_clock import as_measured, as_shown
from integrations.models import Attempt, Connection, Effect
from integrations.rules import states
from integrations.rules.planning import Timing
from integrations.rules.states import State

TONES = {
    State.HELD: "idle",
    State.PENDING: "plan",
    State.SENDING: "plan",
    State.AMBIGUOUS: "warn",
    State.DONE: "ok",
    State.NOT_NEEDED: "idle",
    State.FAILED_NEEDS_HUMAN: "bad",
    State.QUARANTINED: "bad",
}
ICONS = {
    State.PENDING: "calendar-time",
    State.SENDING: "progress",
    State.AMBIGUOUS: "help-circle",
    State.HELD: "volume-off",
}


@dataclass(frozen=True, kw_only=True)
class EffectRow:
    effect: Effect
    tone: str
    icon: str
    moment: datetime

    @property
    def has_moment(self) -> bool:
        """What is held begins when the person has been told: nobody knows when that is."""
        return self.effect.state != State.HELD or self.effect.timing == Timing.LAST_DAY

    @property
    def is_verified(self) -> bool:
        return self.effect.verified_at is not None


@dataclass(frozen=True, kw_only=True)
class FanOut:
    rows: list[EffectRow]
    version: str
    is_moving: bool

    def count(self, *wanted: str) -> int:
        return sum(row.effect.state in wanted for row in self.rows)

    @property
    def done(self) -> int:
        return self.count(State.DONE)

    @property
    def failed(self) -> int:
        return self.count(*states.NEEDS_HUMAN)

    @property
    def planned(self) -> int:
        return self.count(*states.OPEN)


def fan_out(effects: Iterable[Effect]) -> FanOut:
    rows = [row_of(effect) for effect in effects]
    newest = max((row.effect.changed_at for row in rows), default=None)
    return FanOut(
        rows=rows,
        version=f"{len(rows)}-{newest.timestamp():.6f}" if newest else "0",
        is_moving=any(row.effect.state in states.OPEN for row in rows),
    )


def row_of(effect: Effect) -> EffectRow:
    state = State(effect.state)
    waiting = state in (State.PENDING, State.HELD)
    measured = effect.next_at if waiting else (effect.finished_at or effect.changed_at)
    moment = as_shown(measured)
    if waiting:
        moment = max(effect.scheduled_at, moment)
    return EffectRow(effect=effect, tone=TONES[state], icon=ICONS.get(state, ""), moment=moment)


def with_today(connections: Any, *, since: datetime) -> Any:
    """Each connection with what it did today. What it did is written by the machine's clock."""
    since = as_measured(since)
    return connections.annotate(
        done_today=Count("effects", filter=Q(effects__state=State.DONE, effects__finished_at__gte=since)),
        failed_now=Count("effects", filter=Q(effects__state__in=states.NEEDS_HUMAN)),
        last_at=Max("effects__changed_at"),
    )


def last_day_of(connection: Connection, *, at: datetime) -> dict[str, int]:
    since = as_measured(at - timedelta(days=1))
    calls = Attempt.objects.filter(effect__connection=connection, started_at__gte=since)
    return calls.aggregate(
        calls=Count("id"),
        good=Count("id", filter=Q(outcome__in=("done", "already_applied", "not_needed"))),
        throttled=Count("id", filter=Q(outcome="throttled")),
    )
