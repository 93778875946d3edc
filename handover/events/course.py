"""The whole list: from its opening to the signature, and who stands by it."""

from dataclasses import dataclass
from typing import ClassVar

from .base import HandoverFact


@dataclass(frozen=True, kw_only=True)
class Opened(HandoverFact):
    kind: ClassVar[str] = "handover.handover.opened"
    items: int
    state: str


@dataclass(frozen=True, kw_only=True)
class Released(HandoverFact):
    kind: ClassVar[str] = "handover.handover.released"


@dataclass(frozen=True, kw_only=True)
class Completed(HandoverFact):
    """The head says the list is complete: nothing is missing from it."""

    kind: ClassVar[str] = "handover.handover.completed"
    items: int


@dataclass(frozen=True, kw_only=True)
class Returned(HandoverFact):
    kind: ClassVar[str] = "handover.handover.returned"
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class Signed(HandoverFact):
    kind: ClassVar[str] = "handover.handover.signed"
    head_id: str
    document_id: str
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class Cancelled(HandoverFact):
    kind: ClassVar[str] = "handover.handover.cancelled"


@dataclass(frozen=True, kw_only=True)
class DatesMoved(HandoverFact):
    kind: ClassVar[str] = "handover.handover.dates_moved"
    last_working_date: str


@dataclass(frozen=True, kw_only=True)
class HeadReplaced(HandoverFact):
    kind: ClassVar[str] = "handover.head.replaced"
    from_id: str
    to_id: str


@dataclass(frozen=True, kw_only=True)
class SuccessorNamed(HandoverFact):
    kind: ClassVar[str] = "handover.successor.named"
    successor_id: str


@dataclass(frozen=True, kw_only=True)
class WitnessNamed(HandoverFact):
    kind: ClassVar[str] = "handover.witness.named"
    witness_id: str


@dataclass(frozen=True, kw_only=True)
class PeopleReminded(HandoverFact):
    """HR asked again everybody this handover waits for; `people` who had not been reminded that day."""

    kind: ClassVar[str] = "handover.people.reminded"
    people: int


@dataclass(frozen=True, kw_only=True)
class ReportAsked(HandoverFact):
    kind: ClassVar[str] = "handover.report.asked"
    document_id: str
