"""What every event of an exit is."""

from dataclasses import dataclass
from typing import Any

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
