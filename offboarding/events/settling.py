"""What becomes of the money of an exit."""

from dataclasses import dataclass
from typing import ClassVar

from .base import CaseFact


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
class SettlementDue(SettlementFact):
    """What waited for the handover may be paid now."""

    kind: ClassVar[str] = "offboarding.case.settlement_due"


@dataclass(frozen=True, kw_only=True)
class SettlementPaid(SettlementFact):
    kind: ClassVar[str] = "offboarding.case.settlement_paid"
    when: str
    paid_date: str


@dataclass(frozen=True, kw_only=True)
class SettlementFlagged(SettlementFact):
    """A figure changed after it was confirmed: somebody has to look at it."""

    kind: ClassVar[str] = "offboarding.case.settlement_flagged"


@dataclass(frozen=True, kw_only=True)
class SettlementExported(SettlementFact):
    kind: ClassVar[str] = "offboarding.case.settlement_exported"
    format: str
