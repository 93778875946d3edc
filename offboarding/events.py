"""What happens to exits. Ids, codes and dates only; prose reasons stay encrypted, their SHA-256 stands here."""

from dataclasses import dataclass
from typing import Any, ClassVar

from ehr.record import Fact


@dataclass(frozen=True, kw_only=True)
class CaseFact(Fact):
    """What every event of a case carries, so that subscribers need no second look."""

    case_id: str
    number: str
    employment_id: str
    unit_path: str
    exit_kind: str
    filed_date: str = ""
    last_working_date: str = ""
    termination_date: str = ""
    paid_until_date: str = ""
    quiet: bool = False
    reason_sha256: str = ""

    def payload(self) -> dict[str, Any]:
        """On the wire the kind of exit is called `kind`; here that name says what kind of event this is."""
        facts = super().payload()
        return {"kind": facts.pop("exit_kind"), **facts}


@dataclass(frozen=True, kw_only=True)
class Started(CaseFact):
    kind: ClassVar[str] = "offboarding.case.started"


@dataclass(frozen=True, kw_only=True)
class Submitted(CaseFact):
    kind: ClassVar[str] = "offboarding.case.submitted"
    ground: str = ""


@dataclass(frozen=True, kw_only=True)
class StepOpened(CaseFact):
    kind: ClassVar[str] = "offboarding.case.step_opened"
    step_id: str
    position: int
    approver_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class StepDecided(CaseFact):
    kind: ClassVar[str] = "offboarding.case.step_decided"
    step_id: str
    position: int
    decision: str
    approval_id: str = ""


@dataclass(frozen=True, kw_only=True)
class StepHandedOn(CaseFact):
    """Nobody signed in time, so somebody else is asked instead."""

    kind: ClassVar[str] = "offboarding.case.step_handed_on"
    step_id: str
    position: int
    from_id: str
    to_id: str


@dataclass(frozen=True, kw_only=True)
class Approved(CaseFact):
    kind: ClassVar[str] = "offboarding.case.approved"
    successor_id: str = ""
    by_law: bool = False


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
class NoticePrepared(CaseFact):
    kind: ClassVar[str] = "offboarding.case.notice_prepared"
    document_id: str
    document_number: str


@dataclass(frozen=True, kw_only=True)
class ServiceRecorded(CaseFact):
    kind: ClassVar[str] = "offboarding.case.service_recorded"
    method: str
    delivered_date: str


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
class EvidenceAdded(CaseFact):
    kind: ClassVar[str] = "offboarding.case.evidence_added"
    evidence_id: str
    paper: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class FindingExplained(CaseFact):
    kind: ClassVar[str] = "offboarding.case.finding_explained"
    gate: str
    code: str


@dataclass(frozen=True, kw_only=True)
class FindingOverridden(CaseFact):
    kind: ClassVar[str] = "offboarding.case.finding_overridden"
    gate: str
    code: str


@dataclass(frozen=True, kw_only=True)
class LawAsked(Fact):
    """Whether an employment may end, without a case. Whom it was about, never what came out (decisions 12)."""

    kind: ClassVar[str] = "offboarding.law.asked"
    employment_id: str


@dataclass(frozen=True, kw_only=True)
class SettlementFact(CaseFact):
    """Which version; never an amount."""

    settlement_id: str
    nth: int


@dataclass(frozen=True, kw_only=True)
class SettlementCalculated(SettlementFact):
    kind: ClassVar[str] = "offboarding.case.settlement_calculated"
    cause: str


@dataclass(frozen=True, kw_only=True)
class SettlementSubmitted(SettlementFact):
    kind: ClassVar[str] = "offboarding.case.settlement_submitted"


@dataclass(frozen=True, kw_only=True)
class SettlementReturned(SettlementFact):
    kind: ClassVar[str] = "offboarding.case.settlement_returned"


@dataclass(frozen=True, kw_only=True)
class SettlementConfirmed(SettlementFact):
    kind: ClassVar[str] = "offboarding.case.settlement_confirmed"


@dataclass(frozen=True, kw_only=True)
class SettlementPaid(SettlementFact):
    kind: ClassVar[str] = "offboarding.case.settlement_paid"
    when: str
    paid_date: str


@dataclass(frozen=True, kw_only=True)
class SettlementExported(SettlementFact):
    kind: ClassVar[str] = "offboarding.case.settlement_exported"
    format: str


@dataclass(frozen=True, kw_only=True)
class EndingJudged(CaseFact):
    """Legal said whether the ending is unlawful; the reason stays encrypted."""

    kind: ClassVar[str] = "offboarding.case.ending_judged"
    unlawful: bool


@dataclass(frozen=True, kw_only=True)
class EffectBlocked(CaseFact):
    """The termination date came without the proofs of the EFFECT gate: the person stays employed."""

    kind: ClassVar[str] = "offboarding.case.effect_blocked"
    codes: list[str]


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


@dataclass(frozen=True, kw_only=True)
class ChainPublished(Fact):
    kind: ClassVar[str] = "offboarding.chain.published"
    chain_id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ChainEdited(Fact):
    kind: ClassVar[str] = "offboarding.chain.edited"
    chain_id: str
    version: int
    change: str


@dataclass(frozen=True, kw_only=True)
class DelegationSet(Fact):
    kind: ClassVar[str] = "offboarding.delegation.set"
    delegate_id: str
    from_date: str
    until_date: str
