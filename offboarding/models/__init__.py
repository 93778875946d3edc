from .approval import Approval, Delegation, Step
from .batch import Batch, BatchLine
from .case import Case
from .chain import Chain, ChainStep, ChainVersion, VersionState
from .choices import (
    ApprovalState,
    CaseKind,
    CaseState,
    ForcedItemName,
    GroundName,
    RetentionMeasure,
    RetentionOutcome,
    ServiceMethod,
    ServiceResult,
    StepState,
    TrackName,
    TrackState,
)
from .decision import Decision
from .dispute import Dispute, DisputeAbout, DisputeBody, DisputeOutcome
from .evidence import Evidence
from .evidence_pack import EvidencePack
from .finding_answer import FindingAnswer
from .law_check import LawCheck
from .non_compete import NonCompete, NonCompeteBasis, NonCompeteState
from .obligation import Obligation, ObligationEnd, ObligationFile, ObligationName
from .reference_file import ReferenceFile
from .reference_row import ReferenceRow, ReferenceTable, RowStatus, TablesVersion
from .reference_run import ChangeOutcome, ReferenceChange, ReferenceRun, RunState
from .service import ServiceFile, ServiceProof
from .settlement import Settlement, SettlementCause, SettlementState
from .settlement_line import PayWhen, SettlementLine, SettlementPayment
from .sides import Retention, Waiver, Withdrawal
from .track import Track
from .track_file import TrackFile

__all__ = [
    "Approval",
    "ApprovalState",
    "Batch",
    "BatchLine",
    "Case",
    "CaseKind",
    "CaseState",
    "Chain",
    "ChainStep",
    "ChainVersion",
    "ChangeOutcome",
    "Decision",
    "Delegation",
    "Dispute",
    "DisputeAbout",
    "DisputeBody",
    "DisputeOutcome",
    "Evidence",
    "EvidencePack",
    "FindingAnswer",
    "ForcedItemName",
    "GroundName",
    "LawCheck",
    "NonCompete",
    "NonCompeteBasis",
    "NonCompeteState",
    "Obligation",
    "ObligationEnd",
    "ObligationFile",
    "ObligationName",
    "PayWhen",
    "ReferenceChange",
    "ReferenceFile",
    "ReferenceRow",
    "ReferenceRun",
    "ReferenceTable",
    "Retention",
    "RetentionMeasure",
    "RetentionOutcome",
    "ServiceFile",
    "RowStatus",
    "RunState",
    "ServiceMethod",
    "ServiceProof",
    "ServiceResult",
    "Settlement",
    "SettlementCause",
    "SettlementLine",
    "SettlementPayment",
    "SettlementState",
    "Step",
    "StepState",
    "TablesVersion",
    "Track",
    "TrackFile",
    "TrackName",
    "TrackState",
    "VersionState",
    "Waiver",
    "Withdrawal",
]
