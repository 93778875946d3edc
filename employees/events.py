"""What happens to people at work. Ids and small facts only: never pay, never numbers of papers, never prose."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.record import Fact


@dataclass(frozen=True, kw_only=True)
class Hired(Fact):
    kind: ClassVar[str] = "employees.employment.hired"
    employment_id: str
    unit_id: str = ""
    hire_date: str = ""
    import_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Changed(Fact):
    """Which columns an import or an editor changed; the values stand in the row."""

    kind: ClassVar[str] = "employees.employment.changed"
    employment_id: str
    fields: list[str]
    import_id: str = ""


@dataclass(frozen=True, kw_only=True)
class FactsCorrected(Fact):
    """By hand, and one file at a time: what an exit under way has reckoned by them is reckoned anew."""

    kind: ClassVar[str] = "employees.employment.facts_corrected"
    employment_id: str
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ContactsForgotten(Fact):
    """Of somebody who left, once nothing needs them; only their names are told."""

    kind: ClassVar[str] = "employees.employment.contacts_forgotten"
    employment_id: str
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class Transferred(Fact):
    kind: ClassVar[str] = "employees.employment.transferred"
    employment_id: str
    from_unit_id: str
    to_unit_id: str


@dataclass(frozen=True, kw_only=True)
class Raised(Fact):
    kind: ClassVar[str] = "employees.employment.raised"
    employment_id: str


@dataclass(frozen=True, kw_only=True)
class PayRecorded(Fact):
    """Which month; never how much."""

    kind: ClassVar[str] = "employees.employment.pay_recorded"
    employment_id: str
    month: str


@dataclass(frozen=True, kw_only=True)
class ContractAdded(Fact):
    kind: ClassVar[str] = "employees.employment.contract_added"
    employment_id: str
    contract_id: str


@dataclass(frozen=True, kw_only=True)
class ContractCorrected(Fact):
    """Which of its terms; the values stand in the row."""

    kind: ClassVar[str] = "employees.employment.contract_corrected"
    employment_id: str
    contract_id: str
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class PriorServiceAdded(Fact):
    kind: ClassVar[str] = "employees.employment.prior_service_added"
    employment_id: str
    segment_id: str


@dataclass(frozen=True, kw_only=True)
class PriorServiceRemoved(Fact):
    """Taken away again, because it was entered in error."""

    kind: ClassVar[str] = "employees.employment.prior_service_removed"
    employment_id: str
    segment_id: str


@dataclass(frozen=True, kw_only=True)
class Promoted(Fact):
    kind: ClassVar[str] = "employees.employment.promoted"
    employment_id: str
    grade_code: str
    job_title: str


@dataclass(frozen=True, kw_only=True)
class Regularised(Fact):
    kind: ClassVar[str] = "employees.employment.regularised"
    employment_id: str


@dataclass(frozen=True, kw_only=True)
class ExitFiled(Fact):
    kind: ClassVar[str] = "employees.employment.exit_filed"
    employment_id: str


@dataclass(frozen=True, kw_only=True)
class Kept(Fact):
    kind: ClassVar[str] = "employees.employment.kept"
    employment_id: str


@dataclass(frozen=True, kw_only=True)
class Ended(Fact):
    kind: ClassVar[str] = "employees.employment.ended"
    employment_id: str
    termination_date: str
    import_id: str = ""


@dataclass(frozen=True, kw_only=True)
class EndingTakenBack(Fact):
    """An import had named an exit day by mistake."""

    kind: ClassVar[str] = "employees.employment.ending_taken_back"
    employment_id: str


@dataclass(frozen=True, kw_only=True)
class Unmasked(Fact):
    """Somebody looked at a covered value; the purpose is a code, its note stays encrypted in the row."""

    kind: ClassVar[str] = "employees.employment.unmasked"
    employment_id: str
    field: str
    purpose: str
    note_sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberingChanged(Fact):
    kind: ClassVar[str] = "employees.numbering.changed"
    rule_id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ImportStarted(Fact):
    kind: ClassVar[str] = "employees.import.started"
    import_id: str
    rows: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ImportFinished(Fact):
    kind: ClassVar[str] = "employees.import.finished"
    import_id: str
    accepted: int
    updated: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class HoldingsObserved(Fact):
    """A system saw so many things in the person's hands that were not known before."""

    kind: ClassVar[str] = "employees.holdings.observed"
    employment_id: str
    system: str
    new: int


@dataclass(frozen=True, kw_only=True)
class ProtectionRecorded(Fact):
    """That one was, and for which days; never which one."""

    kind: ClassVar[str] = "employees.protection.recorded"
    protection_id: str
    employment_id: str
    start_date: str
    end_date: str = ""


@dataclass(frozen=True, kw_only=True)
class ProtectionEnded(Fact):
    kind: ClassVar[str] = "employees.protection.ended"
    protection_id: str
    employment_id: str
    start_date: str
    end_date: str


@dataclass(frozen=True, kw_only=True)
class ProtectionTakenBack(Fact):
    """Entered in error; the reason stays encrypted in the row."""

    kind: ClassVar[str] = "employees.protection.taken_back"
    protection_id: str
    employment_id: str
    reason_sha256: str
