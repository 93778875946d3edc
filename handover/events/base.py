"""What every event of a handover is."""

from dataclasses import dataclass

from ehr.record import Fact


@dataclass(frozen=True, kw_only=True)
class HandoverFact(Fact):
    handover_id: str
    origin: str
    employment_id: str
