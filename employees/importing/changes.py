"""People who are known already: what a row says differently, and only that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from ehr import record

from .. import events
from ..models import Contract, Employment, EmploymentStatus
from ..models.employment import grade_number
from ..rules.rows import EmployeeRow
from ..searching import pinyin, search_text
from .arrivals import EMPLOYMENT_DEFAULTS, SEALED, contract_facts, cut
from .matching import Known
from .telling import copy_events
from .units import UnitDirectory

PERSON_FIELDS = ("name", "gender", "birth_date", "first_work_date", *SEALED)
EMPLOYMENT_FIELDS = (*EMPLOYMENT_DEFAULTS, "hire_date", "probation_end_date", "base_pay")
Note = Callable[..., None]


@dataclass
class Change:
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

    # --- Changing -----------------------------------------------------------------------------------------
    def save(self) -> None:
        if self.person_fields:
            self._save_person()
        if self.ends:
            self.employment.status = EmploymentStatus.LEFT
            self.employment.termination_date = self.row.get("exit_date")
        if self.employment_fields or self.ends or "name" in self.person_fields:
            always = ["status", "termination_date", "search_text"]
            self.employment.save(update_fields=[*self.employment_fields, *always])
        if self.contract:
            self.contract.save()

    def _save_person(self) -> None:
        person, employment = self.employment.person, self.employment
        indexes = [f"{name}_index" for name in self.person_fields if hasattr(person, f"{name}_index")]
        if "name" in self.person_fields:
            person.name_pinyin = pinyin(person.name)[:200]
            employment.search_text = search_text(name=person.name, number=employment.employee_number)
        person.save(update_fields=[*self.person_fields, *indexes, "name_pinyin"])

    def emissions(self, *, import_id: str, by: Any, at: datetime) -> list[record.Emission]:
        employment_id = str(self.employment.pk)
        facts: list[record.Fact] = [
            events.Changed(employment_id=employment_id, fields=sorted(self.names), import_id=import_id)
        ]
        if self.ends:
            day = str(self.employment.termination_date)
            facts.append(events.Ended(employment_id=employment_id, termination_date=day, import_id=import_id))
        return [record.Emission(fact=fact, subject=self.employment, by=by, at=at) for fact in facts]


def write_changes(changes: list[Change], *, import_id: str, by: Any, at: datetime) -> None:
    for change in changes:
        change.save()
    copy_events([one for change in changes for one in change.emissions(import_id=import_id, by=by, at=at)])


@dataclass
class Comparer:
    """Compares rows with employments and sets what differs on the objects; saves nothing."""

    units: UnitDirectory
    managers: dict[str, str]
    known: Known
    note: Note

    def change(self, row: EmployeeRow, employment: Employment) -> Change:
        change = Change(row, employment)
        change.person_fields = self._assign(employment.person, row, PERSON_FIELDS)
        change.employment_fields = self._assign(employment, row, EMPLOYMENT_FIELDS) + self._links(row, employment)
        change.contract = self._contract(row, employment)
        change.ends = bool(row.get("exit_date")) and employment.status == EmploymentStatus.ACTIVE
        if change.ends:
            self.note(row, "exit_date", None, row.get("exit_date"))
        return change

    def _assign(self, target: Any, row: EmployeeRow, keys: tuple[str, ...]) -> list[str]:
        """An empty cell never clears a value."""
        changed = []
        for key in keys:
            value = cut(key, row.get(key))
            if value in (None, "") or getattr(target, key) == value:
                continue
            self.note(row, key, getattr(target, key), value)
            setattr(target, key, value)
            changed.append(key)
        return changed

    def _links(self, row: EmployeeRow, employment: Employment) -> list[str]:
        wanted = self._wanted(row)
        changed = [name for name, (value, _) in wanted.items() if getattr(employment, name) != value]
        for name in changed:
            value, words = wanted[name]
            self.note(row, name.removesuffix("_id"), self._words(name, getattr(employment, name)), words)
            setattr(employment, name, value)
        return [name.removesuffix("_id") for name in changed]

    def _wanted(self, row: EmployeeRow) -> dict[str, tuple[Any, Any]]:
        """Attribute → (value, what the report shows of it)."""
        wanted: dict[str, tuple[Any, Any]] = {}
        if row.levels and (unit := self.units.unit(row.levels)):
            wanted["unit_id"] = unit.pk, unit.name
        if row.get("employer") and (employer := self.units.employer(row.get("employer"))):
            wanted["employer_id"] = employer.pk, employer.name
        if grade := (row.get("grade") or "")[:10]:
            wanted["grade_code"] = grade, grade
            wanted["grade"] = grade_number(grade), grade
        if manager := self.managers.get(row.get("line_manager") or ""):
            wanted["line_manager_id"] = UUID(manager), row.get("line_manager")
        return wanted

    def _words(self, name: str, value: Any) -> Any:
        if name == "unit_id":
            return self.units.units[value].name
        if name == "employer_id":
            return self.units.employers[value].name
        return "" if name == "line_manager_id" else value

    def _contract(self, row: EmployeeRow, employment: Employment) -> Contract | None:
        facts = contract_facts(row)
        if facts is None:
            return None
        contract = self.known.contracts.get((employment.pk, facts["nth"]))
        if contract and not row.get("contract_start"):
            facts["start_date"] = contract.start_date
        if contract and all(getattr(contract, name) == value for name, value in facts.items()):
            return None
        self.note(row, "contract_end", contract.end_date if contract else None, facts["end_date"])
        contract = contract or Contract(employment=employment)
        for name, value in facts.items():
            setattr(contract, name, value)
        return contract
