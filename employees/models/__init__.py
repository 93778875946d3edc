from .accounts import AccountRun
from .choices import (
    ContractKind,
    EmploymentStatus,
    Gender,
    HoldingPresence,
    JobFamily,
    ProtectedKind,
    ProtectionState,
    RetirementCategory,
    UnionRole,
    WorkRelation,
    WorkTimeSystem,
)
from .contract import Contract, PayMonth, PriorSegment
from .employment import Employment
from .employment_query import EmploymentQuerySet
from .holding import Holding
from .importing import ImportRun, ImportState
from .numbering import NumberingRule, NumberSequence
from .person import Person
from .protection import ProtectedStatus
from .unmasking import MaskedField, Unmasking, UnmaskPurpose

__all__ = [
    "AccountRun",
    "Contract",
    "ContractKind",
    "Employment",
    "EmploymentQuerySet",
    "EmploymentStatus",
    "Gender",
    "Holding",
    "HoldingPresence",
    "ImportRun",
    "ImportState",
    "JobFamily",
    "MaskedField",
    "NumberSequence",
    "NumberingRule",
    "PayMonth",
    "Person",
    "PriorSegment",
    "ProtectedKind",
    "ProtectedStatus",
    "ProtectionState",
    "RetirementCategory",
    "UnionRole",
    "UnmaskPurpose",
    "Unmasking",
    "WorkRelation",
    "WorkTimeSystem",
]
