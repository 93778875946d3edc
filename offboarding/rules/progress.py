"""How far an exit is and what holds it: derived from its rows, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tone(StrEnum):
    OK = "ok"
    PLAN = "plan"
    WARN = "warn"
    BAD = "bad"
    IDLE = "idle"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that has to be done: an approval step, or a required track."""

    key: str
    state: str
    is_required: bool = True
    due_at: datetime | None = None
    done: int = 0
    total: int = 1

    @property
    def is_done(self) -> bool:
        return self.state in {"done", "skipped"}

    @property
    def share(self) -> float:
        return 1.0 if self.is_done else self.done / self.total if self.total else 0.0


@dataclass(frozen=True, kw_only=True)
class Progress:
    done: int
    total: int
    percent: int
    tone: Tone


def measure(parts: Sequence[Part], *, at: datetime) -> Progress:
    required = [part for part in parts if part.is_required]
    share = sum(part.share for part in required)
    return Progress(
        done=sum(part.is_done for part in required),
        total=len(required),
        percent=int(100 * share / len(required)) if required else 0,
        tone=worst([tone(part, at=at) for part in required]),
    )


def tone(part: Part, *, at: datetime) -> Tone:
    if part.is_done:
        return Tone.OK
    if part.state in {"cancelled", "held", "waiting"}:
        return Tone.IDLE
    if part.state == "failed" or (part.due_at and part.due_at < at):
        return Tone.BAD
    if part.due_at and (part.due_at - at).total_seconds() < 24 * 3600:
        return Tone.WARN
    return Tone.PLAN


_ORDER = (Tone.BAD, Tone.WARN, Tone.PLAN, Tone.IDLE, Tone.OK)


def worst(tones: Sequence[Tone]) -> Tone:
    live = [tone for tone in tones if tone != Tone.IDLE]
    return min(live or tones, key=_ORDER.index, default=Tone.PLAN)


def blocking(parts: Sequence[Part], *, at: datetime) -> list[Part]:
    """What waits for somebody now: failed and late first, then by due time."""
    waiting = [part for part in parts if part.is_required and tone(part, at=at) in {Tone.BAD, Tone.WARN}]
    return sorted(waiting, key=lambda part: (_ORDER.index(tone(part, at=at)), part.due_at is None, part.due_at or at))


LABELS = (
    "draft",
    "checked",
    "approved",
    "union_notified",
    "issued",
    "delivered",
    "effective",
    "settled",
    "closed",
)


@dataclass(frozen=True, kw_only=True)
class Milestones:
    submitted: bool = False
    approved: bool = False
    union_notified: bool = False
    issued: bool = False
    delivered: bool = False
    ended: bool = False
    settled: bool = False
    closed: bool = False


def label(milestones: Milestones) -> str:
    """The furthest of the nine steps of compliance 6.3 that was reached (decisions 8)."""
    m = milestones
    reached = (m.submitted, m.approved, m.union_notified, m.issued, m.delivered, m.ended, m.settled, m.closed)
    furthest = max((index for index, is_reached in enumerate(reached, start=1) if is_reached), default=0)
    return LABELS[furthest]
