"""The two sides: what they say to each other, go through together and take over."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.record import Fact

from .base import HandoverFact


@dataclass(frozen=True, kw_only=True)
class MessageSent(HandoverFact):
    """That something was said, not what. `answers_id`: the question that this answers."""

    kind: ClassVar[str] = "handover.message.sent"
    message_id: str
    item_id: str
    text_sha256: str
    files: int
    message_kind: str = "text"
    answers_id: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeoverNoted(HandoverFact):
    """The successor has looked through what they take over."""

    kind: ClassVar[str] = "handover.takeover.noted"


@dataclass(frozen=True, kw_only=True)
class ShadowingFact(HandoverFact):
    session_id: str
    on_date: str


@dataclass(frozen=True, kw_only=True)
class ShadowingPlanned(ShadowingFact):
    kind: ClassVar[str] = "handover.shadowing.planned"
    guide_id: str


@dataclass(frozen=True, kw_only=True)
class ShadowingMoved(ShadowingFact):
    kind: ClassVar[str] = "handover.shadowing.moved"


@dataclass(frozen=True, kw_only=True)
class ShadowingDone(ShadowingFact):
    kind: ClassVar[str] = "handover.shadowing.done"


@dataclass(frozen=True, kw_only=True)
class ShadowingCalledOff(ShadowingFact):
    kind: ClassVar[str] = "handover.shadowing.called_off"


@dataclass(frozen=True, kw_only=True)
class MeetingPlaceSet(Fact):
    kind: ClassVar[str] = "handover.meeting_place.set"
    host: str
