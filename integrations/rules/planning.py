"""From a case and the connections of its units to the effects that must happen, each with its moment."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

DEFAULT_HOUR = time(18)


class Timing(StrEnum):
    AT_ONCE = "at_once"
    LAST_DAY = "last_day"


@dataclass(frozen=True, kw_only=True)
class CaseSnapshot:
    """All that leaves the house about a case: names of things and dates, never reasons, pay or private data."""

    case_id: str
    number: str
    kind: str
    employee_number: str
    login: str = ""
    unit_code: str = ""
    successor_number: str = ""
    last_working_date: date | None = None
    termination_date: date | None = None
    settlement_id: str = ""

    def facts(self) -> dict[str, Any]:
        return {key: _plain(value) for key, value in asdict(self).items() if value}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, kw_only=True)
class EffectSpec:
    """One wanted state in one other system; pure data, so it can be shown, compared and replayed."""

    action: str
    target: str
    payload: dict[str, Any] = field(default_factory=dict)
    timing: Timing = Timing.LAST_DAY
    track: str = ""
    after: str = ""  # the action of the same connection that must be done first


class Scoped(Protocol):
    name: str

    @property
    def depth(self) -> int: ...


S = TypeVar("S", bound=Scoped)


def nearest(connections: Iterable[S]) -> list[S]:
    """One connection per name: the one nearest to the unit, so a lower unit replaces or switches off what it inherits."""
    chosen: dict[str, S] = {}
    for connection in sorted(connections, key=lambda each: each.depth):
        chosen[connection.name] = connection
    return sorted(chosen.values(), key=lambda each: each.name)


def moment(timing: Timing, *, last_day: date | None, hour: time, zone: str, now: datetime) -> datetime:
    """When an effect may go: at once, or at the set hour of the last working day in the unit's own zone."""
    if timing is Timing.AT_ONCE or last_day is None:
        return now
    return datetime.combine(last_day, hour, tzinfo=ZoneInfo(zone))


def path_prefixes(path: str) -> list[str]:
    """'/G/B/D/' → ['/G/', '/G/B/', '/G/B/D/']."""
    parts = [part for part in path.split("/") if part]
    return ["/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


def ordered(specs: Sequence[EffectSpec]) -> list[EffectSpec]:
    """Those that others wait for come first."""
    waited_for = {spec.after for spec in specs if spec.after}
    return sorted(specs, key=lambda spec: spec.action not in waited_for)
