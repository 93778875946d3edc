"""What the law asks about a person and an employer before employment may end. Yes, no and dates; never a diagnosis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from offboarding.rules.compliance.service import Segment


class ContractType(StrEnum):
    FIXED = "FIXED"
    OPEN = "OPEN"
    TASK = "TASK"


class Maternity(StrEnum):
    PREGNANT = "PREGNANT"
    MATERNITY = "MATERNITY"
    NURSING = "NURSING"


class Relation(StrEnum):
    """Only the first is what this law protects against dismissal (compliance 1.0)."""

    EMPLOYMENT = "EMPLOYMENT"
    PART_TIME = "PART_TIME"
    INTERN = "INTERN"
    REHIRED_RETIREE = "REHIRED_RETIREE"
    SERVICE = "SERVICE"
    DISPATCHED = "DISPATCHED"


@dataclass(frozen=True, kw_only=True)
class Contract:
    type: ContractType
    start: date
    end: date | None = None
    fixed_term_count: int = 1


@dataclass(frozen=True, kw_only=True)
class Probation:
    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class WorkInjury:
    grade: int | None = None
    in_treatment: bool = False
    asks_to_end: bool = False
    """Grades 5 and 6 end only at the employee's own request (WII 36)."""


@dataclass(frozen=True, kw_only=True)
class Employee:
    hire_date: date
    is_male: bool | None
    """None where the file does not say."""
    birth_date: date | None
    contract: Contract
    retire_category: str | None = None
    probation: Probation | None = None
    maternity_state: Maternity | None = None
    medical_period_end: date | None = None
    hazard_exposure: bool = False
    exit_exam_done: bool = False
    suspected_occ_disease: bool = False
    work_injury: WorkInjury | None = None
    other_protection: str = ""
    """Item 6: the statute that a reviewer names, such as TUL 19."""
    prior_segments: Sequence[Segment] = ()
    relation: Relation = Relation.EMPLOYMENT
    contract_in_force: Contract | None = None
    """The first is the one the probation belongs to; None: no contract is on file."""
    family_depends: bool = False
    """Nobody else of the family earns, and somebody has to be kept (LCL 41(2))."""
    wants_renewal: bool = True


@dataclass(frozen=True, kw_only=True)
class GroundFacts:
    ground: str
    notice_date: date
    """Of delivery, not of signing (CC 137)."""
    last_day: date
    employee: Employee
    has_union: bool
    union_notice_date: date | None = None
    pay_in_lieu: bool = False
    evidence: Mapping[str, date | None] = field(default_factory=dict)
    """Documents on file with the date of each, where it is known."""
    employee_signed: bool = False
    reason: str = ""
    misconduct_known_date: date | None = None
    city: str = ""
    """Where the work is done, for what differs from place to place."""
    second_term_only_warns: bool = False
    """What a vector says of its place, which has no table."""
