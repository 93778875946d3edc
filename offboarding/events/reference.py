"""Dated figures: who entered, confirmed and gave back what. They are published ones, so the values may be told."""

from dataclasses import dataclass
from typing import Any, ClassVar

from ehr.record import Fact


@dataclass(frozen=True, kw_only=True)
class ReferenceFact(Fact):
    key: str
    table: str
    effective_from: str


@dataclass(frozen=True, kw_only=True)
class ReferenceEntered(ReferenceFact):
    kind: ClassVar[str] = "offboarding.reference.entered"
    values: dict[str, Any]
    source: str


@dataclass(frozen=True, kw_only=True)
class ReferenceAsked(ReferenceFact):
    kind: ClassVar[str] = "offboarding.reference.asked"


@dataclass(frozen=True, kw_only=True)
class ReferenceConfirmed(ReferenceFact):
    kind: ClassVar[str] = "offboarding.reference.confirmed"
    replaces: str = ""


@dataclass(frozen=True, kw_only=True)
class ReferenceReturned(ReferenceFact):
    kind: ClassVar[str] = "offboarding.reference.returned"
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class ReferenceDiscarded(ReferenceFact):
    kind: ClassVar[str] = "offboarding.reference.discarded"


@dataclass(frozen=True, kw_only=True)
class ReferenceSourced(ReferenceFact):
    """The paper itself was put beside the figure."""

    kind: ClassVar[str] = "offboarding.reference.sourced"
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class ReferenceRecounted(Fact):
    """All exits were gone through again."""

    kind: ClassVar[str] = "offboarding.reference.recounted"
    run_id: str
    cases: int
    outcomes: dict[str, int]
