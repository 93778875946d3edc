from dataclasses import dataclass
from typing import ClassVar

from ehr.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class UnitMoved(Fact):
    kind: ClassVar[str] = "units.unit.moved"
    unit_id: str
    from_path: str
    to_path: str


@dataclass(frozen=True, kw_only=True)
class HeadAppointed(Fact):
    kind: ClassVar[str] = "units.unit.head_appointed"
    unit_id: str
    head_id: str
    previous_id: str


@dataclass(frozen=True, kw_only=True)
class EmployerSet(Fact):
    """Who employs in law at a unit and below; empty is 'as above'."""

    kind: ClassVar[str] = "units.unit.employer_set"
    unit_id: str
    employer_id: str
    previous_id: str


@dataclass(frozen=True, kw_only=True)
class UnitRenamed(Fact):
    kind: ClassVar[str] = "units.unit.renamed"
    unit_id: str
    name: str
    place: str


@dataclass(frozen=True, kw_only=True)
class EmployerAdded(Fact):
    kind: ClassVar[str] = "units.entity.added"
    entity_id: str
    code: str
    name: str
    uscc: str
    has_union: bool


@dataclass(frozen=True, kw_only=True)
class EmployerRenamed(Fact):
    kind: ClassVar[str] = "units.entity.renamed"
    entity_id: str
    name: str
    previous: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class UsccCorrected(Fact):
    kind: ClassVar[str] = "units.entity.uscc_corrected"
    entity_id: str
    uscc: str
    previous: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SealChanged(Fact):
    """Which image seals from now on; empty is the one drawn from the name."""

    kind: ClassVar[str] = "units.entity.seal_changed"
    entity_id: str
    seal_sha256: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class UnionSaid(Fact):
    """Whether an employer has a union of its own, and why it is said anew; the law asks for it before a dismissal."""

    kind: ClassVar[str] = "units.entity.union_said"
    entity_id: str
    has_union: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarYearLoaded(Fact):
    """`moved`: how many open duties got another due time by it, as [kind, before, after, number]."""

    kind: ClassVar[str] = "units.calendar.year_loaded"
    year: int
    source: str
    days: int
    moved: list[list[str | int]]


@dataclass(frozen=True, kw_only=True)
class CalendarDayChanged(Fact):
    kind: ClassVar[str] = "units.calendar.day_changed"
    date: str
    work: str
    """work | rest | as_published"""
    moved: list[list[str | int]]
