"""What still happens once an employment is over."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.record import Fact

from .base import CaseFact


@dataclass(frozen=True, kw_only=True)
class ObligationFact(CaseFact):
    obligation_id: str
    obligation: str
    nth: int


@dataclass(frozen=True, kw_only=True)
class ObligationFinished(ObligationFact):
    kind: ClassVar[str] = "offboarding.case.obligation_finished"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ObligationCancelled(ObligationFact):
    """Nobody has to do it any more; nobody did it."""

    kind: ClassVar[str] = "offboarding.case.obligation_cancelled"


@dataclass(frozen=True, kw_only=True)
class ObligationReopened(ObligationFact):
    kind: ClassVar[str] = "offboarding.case.obligation_reopened"
    due_date: str


@dataclass(frozen=True, kw_only=True)
class NonCompeteDecided(CaseFact):
    """In force or waived, for how long; never the amount."""

    kind: ClassVar[str] = "offboarding.case.non_compete_decided"
    state: str
    months: int
    codes: list[str]


@dataclass(frozen=True, kw_only=True)
class NonCompeteEnded(CaseFact):
    """With what is no longer owed: how many months of pay, and the codes of all duties that fell away."""

    kind: ClassVar[str] = "offboarding.case.non_compete_ended"
    state: str
    day: str
    months_gone: int
    duties_gone: list[str]


@dataclass(frozen=True, kw_only=True)
class DisputeFact(CaseFact):
    """Which one; what it is about, before whom and how it came out stand in its row, which fewer people read."""

    dispute_id: str
    nth: int


@dataclass(frozen=True, kw_only=True)
class DisputeRecorded(DisputeFact):
    kind: ClassVar[str] = "offboarding.case.dispute_recorded"


@dataclass(frozen=True, kw_only=True)
class DisputeFollowed(DisputeFact):
    kind: ClassVar[str] = "offboarding.case.dispute_followed"


@dataclass(frozen=True, kw_only=True)
class ObligationProofAdded(ObligationFact):
    kind: ClassVar[str] = "offboarding.case.obligation_proof_added"
    file_id: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class HiringToldFirst(Fact):
    """HR and legal were told whom the law puts before somebody who was hired (LCL 41)."""

    kind: ClassVar[str] = "offboarding.hiring.told_first"
    employment_id: str
    employer_id: str
    obligation_ids: list[str]


OF_DUTIES = frozenset(
    {ObligationFinished.kind, ObligationCancelled.kind, ObligationReopened.kind, ObligationProofAdded.kind}
)
OF_NON_COMPETE = frozenset({NonCompeteDecided.kind, NonCompeteEnded.kind})
OF_DISPUTES = frozenset({DisputeRecorded.kind, DisputeFollowed.kind})
