"""One item: handed in, doubted, witnessed, confirmed, returned; what was written stays on it."""

from dataclasses import dataclass
from typing import ClassVar

from .base import HandoverFact


@dataclass(frozen=True, kw_only=True)
class ItemFact(HandoverFact):
    item_id: str


@dataclass(frozen=True, kw_only=True)
class ItemAdded(ItemFact):
    kind: ClassVar[str] = "handover.item.added"
    group: str


@dataclass(frozen=True, kw_only=True)
class ItemSubmitted(ItemFact):
    kind: ClassVar[str] = "handover.item.submitted"
    round: int
    content_sha256: str


@dataclass(frozen=True, kw_only=True)
class ItemConfirmed(ItemFact):
    kind: ClassVar[str] = "handover.item.confirmed"
    round: int
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class ItemReturned(ItemFact):
    kind: ClassVar[str] = "handover.item.returned"
    round: int
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class ConflictExplained(ItemFact):
    """The claim and a system differ; the leaver said why."""

    kind: ClassVar[str] = "handover.conflict.explained"
    round: int
    comment_sha256: str


@dataclass(frozen=True, kw_only=True)
class ItemWitnessed(ItemFact):
    kind: ClassVar[str] = "handover.item.witnessed"
    round: int


@dataclass(frozen=True, kw_only=True)
class FileAttached(ItemFact):
    kind: ClassVar[str] = "handover.file.attached"
    file_id: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class FileRemoved(ItemFact):
    kind: ClassVar[str] = "handover.file.removed"
    file_id: str
    sha256: str
