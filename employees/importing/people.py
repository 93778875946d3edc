"""Rows of one chunk as objects: new ones for COPY, changed ones with the columns that differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ehr.crypto.models import DataKey

from ..models import Contract, Employment, EmploymentStatus, Person
from ..models.employment import grade_number
from ..rules.rows import EmployeeRow
from ..searching import pinyin, search_text
from .matching import Known, id_digest
from .units import UnitDirectory

if TYPE_CHECKING:
    from ehr.units.models import OrgUnit

PERSON_FIELDS = ("name", "gender", "birth_date", "id_number", "phone", "personal_email", "bank_account")
EMPLOYMENT_FIELDS = (
    "place_of_performance",
    "job_family",
    "job_title",
    "hire_date",
    "probation_end_date",
    "work_time_system",
    "retirement_category",
    "union_role",
    "leave_balance_days",
    "base_pay",
    "exit_reason",
)
CONTRACT_FIELDS = ("contract_kind", "contract_start", "contract_end")
LENGTHS = {"name": 100, "place_of_performance": 60, "job_title": 80, "exit_reason": 80}


@dataclass
class Arrival:
    """Somebody new in the table of employments."""

    row: EmployeeRow
    person: Person
    employment: Employment
    is_known_person: bool
    contract: Contract | None


@dataclass
class Change:
    """An employment whose row says something else."""

    row: EmployeeRow
    employment: Employment
    person_fields: list[str] = field(default_factory=list)
    employment_fields: list[str] = field(default_factory=list)
    contract: Contract | None = None
    ends: bool = False

    @property
    def names(self) -> list[str]:
        contract = ["contract"] if self.contract else []
        return [*self.person_fields, *self.employment_fields, *contract, *(["termination_date"] if self.ends else [])]


@dataclass
class Builder:
    """Turns rows into arrivals and changes; knows the units, the managers and the time."""

    units: UnitDirectory
    managers: dict[str, UUID]
    at: datetime

    def arrival(self, row: EmployeeRow, known: Known) -> Arrival:
        person = known.people.get(id_digest(row) or b"")
        is_known, person = person is not None, person or self._person(row)
        employment = self._employment(row, person)
        return Arrival(row, person, employment, is_known, self._contract(row, employment))

    def change(self, row: EmployeeRow, employment: Employment, known: Known, note: Any) -> Change:
        change = Change(row, employment)
        change.person_fields = _assign(employment.person, row, PERSON_FIELDS, note)
        change.employment_fields = _assign(employment, row, EMPLOYMENT_FIELDS, note)
        change.employment_fields += self._move(row, employment, note)
        change.contract = self._changed_contract(row, employment, known, note)
        change.ends = bool(row.get("exit_date")) and employment.status == EmploymentStatus.ACTIVE
        if change.ends:
            note(row, "exit_date", None, row.get("exit_date"))
        if "name" in change.person_fields:
            employment.person.name_pinyin = pinyin(employment.person.name)[:200]
            employment.search_text = search_text(name=employment.person.name, number=employment.employee_number)
        return change

    # --- New rows -----------------------------------------------------------------------------------------
    def _person(self, row: EmployeeRow) -> Person:
        name = (row.get("name") or row.number)[:100]
        facts = {key: row.get(key) for key in PERSON_FIELDS if row.get(key) and key != "name"}
        return Person(data_key=DataKey.fresh(), name=name, name_pinyin=pinyin(name)[:200], **facts)

    def _employment(self, row: EmployeeRow, person: Person) -> Employment:
        unit = self._unit(row)
        facts = {key: cut(key, row.get(key)) for key in EMPLOYMENT_FIELDS if row.get(key) is not None}
        left = row.get("exit_date")
        return Employment(
            person=person,
            data_key=person.data_key,
            employee_number=row.number,
            unit=unit,
            employer=self._employer(row, unit),
            grade_code=(row.get("grade") or "")[:10],
            grade=grade_number(row.get("grade") or ""),
            status=EmploymentStatus.LEFT if left else EmploymentStatus.ACTIVE,
            termination_date=left,
            line_manager_id=self.managers.get(row.get("line_manager") or ""),
            search_text=search_text(name=person.name, number=row.number),
            **facts,
        )

    def _contract(self, row: EmployeeRow, employment: Employment) -> Contract | None:
        if not any(row.get(key) for key in CONTRACT_FIELDS):
            return None
        return Contract(
            employment=employment,
            kind=row.get("contract_kind") or "fixed",
            start_date=row.get("contract_start") or employment.hire_date,
            end_date=row.get("contract_end"),
            nth=row.get("contract_nth") or 1,
        )

    def _unit(self, row: EmployeeRow) -> OrgUnit:
        unit = self.units.unit(row.unit_levels)
        assert unit, "units are made before people"
        return unit

    def _employer(self, row: EmployeeRow, unit: OrgUnit) -> Any:
        return self.units.employer(row.get("employer")) if row.get("employer") else self.units.employer_of(unit)

    # --- Rows that exist ----------------------------------------------------------------------------------
    def _move(self, row: EmployeeRow, employment: Employment, note: Any) -> list[str]:
        wanted: dict[str, Any] = {}
        if row.unit_levels and (unit := self.units.unit(row.unit_levels)):
            wanted["unit_id"] = unit.pk
        if row.get("employer") and (employer := self.units.employer(row.get("employer"))):
            wanted["employer_id"] = employer.pk
        if row.get("grade"):
            wanted |= {"grade_code": row.get("grade")[:10], "grade": grade_number(row.get("grade"))}
        if manager := self.managers.get(row.get("line_manager") or ""):
            wanted["line_manager_id"] = manager
        changed = [name for name, value in wanted.items() if getattr(employment, name) != value]
        for name in changed:
            note(row, name.removesuffix("_id"), self._name(name, employment), self._name_of(name, wanted[name]))
            setattr(employment, name, wanted[name])
        return [name.removesuffix("_id") for name in changed]

    def _name(self, field_name: str, employment: Employment) -> Any:
        return self._name_of(field_name, getattr(employment, field_name))

    def _name_of(self, field_name: str, value: Any) -> Any:
        if field_name == "unit_id":
            return self.units.units[value].name
        if field_name == "employer_id":
            return self.units.employers[value].name
        return value if field_name != "line_manager_id" else ("…" if value else "")

    def _changed_contract(self, row: EmployeeRow, employment: Employment, known: Known, note: Any) -> Contract | None:
        wanted = self._contract(row, employment)
        if wanted is None:
            return None
        contract = known.contracts.get((employment.pk, wanted.nth))
        if contract is None:
            note(row, "contract_end", None, wanted.end_date)
            return wanted
        if not row.get("contract_start"):
            wanted.start_date = contract.start_date
        same = all(getattr(contract, name) == getattr(wanted, name) for name in ("kind", "start_date", "end_date"))
        if same:
            return None
        note(row, "contract_end", contract.end_date, wanted.end_date)
        contract.kind, contract.start_date, contract.end_date = wanted.kind, wanted.start_date, wanted.end_date
        return contract


def cut(key: str, value: Any) -> Any:
    return value[: LENGTHS[key]] if key in LENGTHS and isinstance(value, str) else value


def _assign(target: Any, row: EmployeeRow, keys: tuple[str, ...], note: Any) -> list[str]:
    """Sets what differs; an empty cell never clears a value."""
    changed = []
    for key in keys:
        value = cut(key, row.get(key))
        if value in (None, "") or getattr(target, key) == value:
            continue
        note(row, key, getattr(target, key), value)
        setattr(target, key, value)
        changed.append(key)
    return changed
