"""Who is asked to sign, who signed, and how the chains came about."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.record import Fact

from .base import CaseFact


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
