"""What turned out to be missing, and what it costs a head."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.record import Fact

from .base import HandoverFact


@dataclass(frozen=True, kw_only=True)
class OmissionFiled(HandoverFact):
    kind: ClassVar[str] = "handover.omission.filed"
    omission_id: str
    item_id: str
    item_kind: str
    findings: list[str]


@dataclass(frozen=True, kw_only=True)
class DeductionRuleSet(Fact):
    kind: ClassVar[str] = "handover.deduction_rule.set"
    rule_id: str
    most: str
    basis_sha256: str


@dataclass(frozen=True, kw_only=True)
class DeductionRuleEnded(Fact):
    kind: ClassVar[str] = "handover.deduction_rule.ended"
    rule_id: str


@dataclass(frozen=True, kw_only=True)
class Deducted(Fact):
    """From the result of a head; the figures stand in the row, the line in the performance records."""

    kind: ClassVar[str] = "handover.deduction.recorded"
    deduction_id: str
    rule_id: str
    employment_id: str
    scorecard_id: str
    adjustment_id: str
