from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from ehr.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DeadlineFact(Fact):
    deadline_id: UUID
    deadline_kind: str


@dataclass(frozen=True, kw_only=True)
class DeadlineOpened(DeadlineFact):
    kind: ClassVar[str] = "deadlines.deadline.opened"

    due_at: datetime
    owner_id: UUID | None
    owner_role: str


@dataclass(frozen=True, kw_only=True)
class DeadlineClosed(DeadlineFact):
    kind: ClassVar[str] = "deadlines.deadline.closed"

    outcome: str


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved(DeadlineFact):
    kind: ClassVar[str] = "deadlines.deadline.moved"

    from_due_at: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class DeadlineHandedOver(DeadlineFact):
    kind: ClassVar[str] = "deadlines.deadline.handed_over"

    from_id: UUID | None
    owner_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeadlineReminded(DeadlineFact):
    kind: ClassVar[str] = "deadlines.deadline.reminded"


@dataclass(frozen=True, kw_only=True)
class DeadlineMissed(DeadlineFact):
    kind: ClassVar[str] = "deadlines.deadline.missed"


@dataclass(frozen=True, kw_only=True)
class DeadlineMessaged(DeadlineFact):
    """Its owner was told by SMS or instant message, on the way to the next manager."""

    kind: ClassVar[str] = "deadlines.deadline.messaged"


@dataclass(frozen=True, kw_only=True)
class DeadlineEscalated(DeadlineFact):
    kind: ClassVar[str] = "deadlines.deadline.escalated"

    rung: str
    told: tuple[UUID, ...]
