"""What is in flight changes hands."""

from dataclasses import dataclass
from typing import ClassVar

from .base import HandoverFact


@dataclass(frozen=True, kw_only=True)
class TransferFact(HandoverFact):
    transfer_id: str


@dataclass(frozen=True, kw_only=True)
class TransferProposed(TransferFact):
    """Looked up what is in flight and who could take it."""

    kind: ClassVar[str] = "handover.transfer.proposed"
    lines: int


@dataclass(frozen=True, kw_only=True)
class TransferConfirmed(TransferFact):
    kind: ClassVar[str] = "handover.transfer.confirmed"
    lines: int


@dataclass(frozen=True, kw_only=True)
class TransferRan(TransferFact):
    """`left`: lines for which somebody else has to be chosen."""

    kind: ClassVar[str] = "handover.transfer.ran"
    left: int


@dataclass(frozen=True, kw_only=True)
class LineFact(TransferFact):
    line_id: str
    mover: str
    ref: str
    to_id: str


@dataclass(frozen=True, kw_only=True)
class LineChosen(LineFact):
    kind: ClassVar[str] = "handover.transfer.line_chosen"


@dataclass(frozen=True, kw_only=True)
class LineEnded(LineFact):
    """Moved, refused or settled meanwhile."""

    kind: ClassVar[str] = "handover.transfer.line_ended"
    outcome: str
