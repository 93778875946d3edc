"""What the law asks of an employer's ending: papers, answers, notice and service."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.record import Fact

from .base import CaseFact


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
class BatchOpened(Fact):
    """Several endings were asked for together; each has its own case and its own events."""

    kind: ClassVar[str] = "offboarding.batch.opened"
    case_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class NoticePrepared(CaseFact):
    kind: ClassVar[str] = "offboarding.case.notice_prepared"
    document_id: str
    document_number: str


@dataclass(frozen=True, kw_only=True)
class PaperPrepared(CaseFact):
    kind: ClassVar[str] = "offboarding.case.paper_prepared"
    document_id: str
    document_kind: str
    document_number: str
    edition: int


@dataclass(frozen=True, kw_only=True)
class ServiceRecorded(CaseFact):
    kind: ClassVar[str] = "offboarding.case.service_recorded"
    method: str
    delivered_date: str


@dataclass(frozen=True, kw_only=True)
class AgreementTakenBack(CaseFact):
    """That both had signed was noted wrongly; the reason stays encrypted."""

    kind: ClassVar[str] = "offboarding.case.agreement_taken_back"


@dataclass(frozen=True, kw_only=True)
class ServiceTried(CaseFact):
    """A way of service was gone, or something came of it. The address stays encrypted."""

    kind: ClassVar[str] = "offboarding.case.service_tried"
    service_id: str
    method: str
    result: str


@dataclass(frozen=True, kw_only=True)
class ServiceProofAdded(CaseFact):
    kind: ClassVar[str] = "offboarding.case.service_proof_added"
    service_id: str
    proof: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class EndingJudged(CaseFact):
    """Legal said whether the ending is unlawful; the reason stays encrypted."""

    kind: ClassVar[str] = "offboarding.case.ending_judged"
    unlawful: bool
    agreement_void: bool = False


@dataclass(frozen=True, kw_only=True)
class EvidencePackAsked(CaseFact):
    kind: ClassVar[str] = "offboarding.case.evidence_pack_asked"
    pack_id: str


@dataclass(frozen=True, kw_only=True)
class EvidencePackMade(CaseFact):
    """The list of all its papers, by the hash of the list: the record vouches for the pack."""

    kind: ClassVar[str] = "offboarding.case.evidence_pack_made"
    pack_id: str
    manifest_sha256: str


@dataclass(frozen=True, kw_only=True)
class EvidencePackTaken(CaseFact):
    kind: ClassVar[str] = "offboarding.case.evidence_pack_taken"
    pack_id: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class EffectBlocked(CaseFact):
    """The termination date came without the proofs of the EFFECT gate: the person stays employed."""

    kind: ClassVar[str] = "offboarding.case.effect_blocked"
    codes: list[str]


WITH_FINDINGS = frozenset({FindingExplained.kind, FindingOverridden.kind, EffectBlocked.kind})
"""They name codes of the law's findings."""
