"""How an exit moves, from its first word to its last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from .base import CaseFact


@dataclass(frozen=True, kw_only=True)
class Started(CaseFact):
    kind: ClassVar[str] = "offboarding.case.started"


@dataclass(frozen=True, kw_only=True)
class Submitted(CaseFact):
    kind: ClassVar[str] = "offboarding.case.submitted"
    ground: str = ""
    items: Sequence[str] = ()
    """Of LCL 38, as the employee named them."""


@dataclass(frozen=True, kw_only=True)
class Redrafted(CaseFact):
    """Ground, facts or days were written anew, before anybody decided."""

    kind: ClassVar[str] = "offboarding.case.redrafted"
    ground: str = ""
    items: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Approved(CaseFact):
    kind: ClassVar[str] = "offboarding.case.approved"
    successor_id: str = ""
    by_law: bool = False


@dataclass(frozen=True, kw_only=True)
class LetterRecorded(CaseFact):
    """HR recorded a notice that came on paper: the actor is who recorded it."""

    kind: ClassVar[str] = "offboarding.case.letter_recorded"
    received_on: str


@dataclass(frozen=True, kw_only=True)
class LetterTold(CaseFact):
    """Somebody without an account was told of the recorded letter: `mail` to their own address, or by `hr`."""

    kind: ClassVar[str] = "offboarding.case.letter_told"
    way: str


@dataclass(frozen=True, kw_only=True)
class LetterDisputed(CaseFact):
    """The person says that the letter is not theirs, or was not meant so."""

    kind: ClassVar[str] = "offboarding.case.letter_disputed"


@dataclass(frozen=True, kw_only=True)
class LetterStruck(CaseFact):
    kind: ClassVar[str] = "offboarding.case.letter_struck"


@dataclass(frozen=True, kw_only=True)
class ArrearsChecked(CaseFact):
    """Legal looked whether what a forced resignation names is so; what was found stays encrypted."""

    kind: ClassVar[str] = "offboarding.case.arrears_checked"


@dataclass(frozen=True, kw_only=True)
class Returned(CaseFact):
    kind: ClassVar[str] = "offboarding.case.returned"


@dataclass(frozen=True, kw_only=True)
class Rejected(CaseFact):
    kind: ClassVar[str] = "offboarding.case.rejected"


@dataclass(frozen=True, kw_only=True)
class WithdrawalRequested(CaseFact):
    kind: ClassVar[str] = "offboarding.case.withdrawal_requested"


@dataclass(frozen=True, kw_only=True)
class WithdrawalRefused(CaseFact):
    kind: ClassVar[str] = "offboarding.case.withdrawal_refused"


@dataclass(frozen=True, kw_only=True)
class Withdrawn(CaseFact):
    kind: ClassVar[str] = "offboarding.case.withdrawn"


@dataclass(frozen=True, kw_only=True)
class Retained(CaseFact):
    kind: ClassVar[str] = "offboarding.case.retained"
    measure: str = ""


@dataclass(frozen=True, kw_only=True)
class RetentionRecorded(CaseFact):
    kind: ClassVar[str] = "offboarding.case.retention_recorded"
    measure: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Cancelled(CaseFact):
    kind: ClassVar[str] = "offboarding.case.cancelled"


@dataclass(frozen=True, kw_only=True)
class Converted(CaseFact):
    kind: ClassVar[str] = "offboarding.case.converted"


@dataclass(frozen=True, kw_only=True)
class StoodDown(CaseFact):
    kind: ClassVar[str] = "offboarding.case.stood_down"


@dataclass(frozen=True, kw_only=True)
class DatesChanged(CaseFact):
    kind: ClassVar[str] = "offboarding.case.dates_changed"
    before: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Told(CaseFact):
    kind: ClassVar[str] = "offboarding.case.told"


@dataclass(frozen=True, kw_only=True)
class NoticeWaived(CaseFact):
    kind: ClassVar[str] = "offboarding.case.notice_waived"
    days: int


@dataclass(frozen=True, kw_only=True)
class TrackMoved(CaseFact):
    kind: ClassVar[str] = "offboarding.case.track_moved"
    track_id: str
    track: str
    state: str


@dataclass(frozen=True, kw_only=True)
class ProofAdded(CaseFact):
    kind: ClassVar[str] = "offboarding.case.proof_added"
    track_id: str
    track: str
    file_id: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class EmploymentEnded(CaseFact):
    kind: ClassVar[str] = "offboarding.case.employment_ended"


@dataclass(frozen=True, kw_only=True)
class Closed(CaseFact):
    kind: ClassVar[str] = "offboarding.case.closed"


@dataclass(frozen=True, kw_only=True)
class Nudged(CaseFact):
    kind: ClassVar[str] = "offboarding.case.nudged"
    people: int


@dataclass(frozen=True, kw_only=True)
class Commented(CaseFact):
    kind: ClassVar[str] = "offboarding.case.commented"
