"""New people of one chunk into the tables: key, person, employment, contract and event of each, by COPY."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from ehr.crypto.fields import Sealer
from ehr.crypto.models import DataKey, NewKey
from ehr.lib.ids import uuid7_texts
from ehr.record import Emission, Fact
from ehr.record.emitting import Draft

from .. import events
from ..models import Contract, Employment, EmploymentStatus, Person
from ..models.employment import grade_number
from ..rules.rows import EmployeeRow
from ..searching import pinyin, search_text
from .copying import Copier, CopyTable
from .employers import Employers
from .telling import copy_drafts, deliver
from .units import UnitDirectory

SEALED = ("id_number", "phone", "personal_email", "bank_account")
SEALS: list[Any] = [Person._meta.get_field(name) for name in SEALED]
DIGESTS: dict[str, Any] = {name: Person._meta.get_field(f"{name}_index") for name in SEALED}
PAY: Any = Employment._meta.get_field("base_pay")
CONTRACT_FIELDS = ("contract_kind", "contract_start", "contract_end")
EMPLOYMENT_DEFAULTS = {
    "place_of_performance": "",
    "job_family": "general",
    "job_title": "",
    "work_email": "",
    "relation": "employment",
    "work_time_system": "standard",
    "retirement_category": "unknown",
    "union_role": "none",
    "leave_balance_days": 0,
    "exit_reason": "",
}
LEFT, ACTIVE = EmploymentStatus.LEFT.value, EmploymentStatus.ACTIVE.value
BATCH = 500
"""So many people are made while the database takes in those before them; it is left with little to do at the end."""
LENGTHS = {"name": 100, "place_of_performance": 60, "job_title": 80, "work_email": 254, "exit_reason": 80}


@dataclass(slots=True)
class Owner:
    """Whose employment it is, and the key that covers what is written about it. Ids are texts, made once."""

    person_id: str
    key_id: str
    sealer: Sealer
    name: str
    new_key: NewKey | None = None
    """Of somebody who is not on file yet."""


@dataclass(frozen=True, slots=True)
class Post:
    """Where a row belongs; the same for many rows."""

    unit_id: str
    employer_id: str


class ArrivalWriter:
    def __init__(
        self,
        units: UnitDirectory,
        employers: Employers,
        managers: dict[str, str],
        *,
        import_id: str,
        by: Any,
        at: datetime,
    ) -> None:
        self.units, self.employers, self.managers = units, employers, managers
        self.import_id, self.by, self.at = import_id, by, at
        self._told_at = at.isoformat()
        self._posts: dict[tuple[Any, str], Post] = {}
        self._fresh = uuid7_texts()
        self.ids: dict[str, str] = {}
        self.without_manager: list[tuple[str, str]] = []
        self._arrivals: list[tuple[EmployeeRow, Person | None]] = []
        self._emissions: list[Emission] = []
        self._keys = CopyTable(DataKey, "id", "kek_id", "wrapped", "created_at")
        indexes = [f"{name}_index" for name in SEALED]
        self._people = CopyTable(
            Person,
            *("id", "data_key_id", "name", "name_pinyin", "gender", "birth_date", "first_work_date", "created_at"),
            *SEALED,
            *indexes,
        )
        self._employments = CopyTable(
            Employment,
            *("id", "person_id", "data_key_id", "employee_number", "unit_id", "employer_id", "hire_date"),
            *("probation_end_date", "grade", "grade_code", "line_manager_id", "status", "termination_date"),
            *("base_pay", "search_text", *EMPLOYMENT_DEFAULTS),
        )
        self._digests = [DIGESTS[name].digester() for name in SEALED]
        self._contracts = CopyTable(Contract, "id", "employment_id", "kind", "start_date", "end_date", "nth")

    def add(self, row: EmployeeRow, person: Person | None) -> None:
        self._arrivals.append((row, person))

    def write(self) -> None:
        """Each line is made while the database takes in those before it and looks where their references lead."""
        drafts: list[Draft] = []
        with references_checked_at_once(), Copier() as copier:
            for start in range(0, len(self._arrivals), BATCH):
                drafts += self._copy(copier, self._arrivals[start : start + BATCH])
        deliver(drafts)

    def _copy(self, copier: Copier, arrivals: Sequence[tuple[EmployeeRow, Person | None]]) -> list[Draft]:
        owned = [(row, self._owner_of(person) if person else self._new_owner(row)) for row, person in arrivals]
        fresh = [(row, owner, owner.new_key) for row, owner in owned if owner.new_key]
        copier.copy(
            self._keys,
            (self._keys.line(owner.key_id, key.kek_id, key.wrapped, self._told_at) for _, owner, key in fresh),
        )
        copier.copy(self._people, (self._person(row, owner) for row, owner, _ in fresh))
        copier.copy(self._employments, (self._employed(row, owner) for row, owner in owned))
        copier.copy(self._contracts, self._contracts.taken())
        emissions, self._emissions = self._emissions, []
        return copy_drafts(copier, emissions)

    def _employed(self, row: EmployeeRow, owner: Owner) -> str:
        """With what hangs on it, to be written after it."""
        self.ids[row.number] = employment_id = next(self._fresh)
        post = self._post(row)
        self._contract(row, employment_id)
        self._tell(row, post, employment_id)
        return self._employment(row, owner, post, employment_id)

    # --- One row ------------------------------------------------------------------------------------------
    def _owner_of(self, person: Person) -> Owner:
        sealer = Sealer(person.data_key_id, person.data_key.secret())
        return Owner(str(person.pk), str(person.data_key_id), sealer, person.name)

    def _new_owner(self, row: EmployeeRow) -> Owner:
        key, name = NewKey(), (row.values.get("name") or row.number)[:100]
        return Owner(next(self._fresh), str(key.id), Sealer(key.id, key.secret), name, key)

    def _person(self, row: EmployeeRow, owner: Owner) -> str:
        get = row.values.get
        plain = [get(name) or None for name in SEALED]
        return self._people.line(
            owner.person_id,
            owner.key_id,
            owner.name,
            pinyin(owner.name)[:200],
            get("gender") or "unknown",
            get("birth_date"),
            get("first_work_date"),
            self._told_at,
            *[
                owner.sealer.seal(field, owner.person_id, value) if value else None
                for field, value in zip(SEALS, plain, strict=True)
            ],
            *[digest(value) if value else None for digest, value in zip(self._digests, plain, strict=True)],
        )

    def _employment(self, row: EmployeeRow, owner: Owner, post: Post, employment_id: str) -> str:
        get = row.values.get
        grade, left, pay = (get("grade") or "")[:10], get("exit_date"), get("base_pay")
        return self._employments.line(
            employment_id,
            owner.person_id,
            owner.key_id,
            row.number,
            post.unit_id,
            post.employer_id,
            get("hire_date"),
            get("probation_end_date"),
            grade_number(grade),
            grade,
            self._manager(row),
            LEFT if left else ACTIVE,
            left,
            owner.sealer.seal(PAY, employment_id, pay) if pay else None,
            search_text(name=owner.name, number=row.number),
            *[cut(name, get(name) or default) for name, default in EMPLOYMENT_DEFAULTS.items()],
        )

    def _post(self, row: EmployeeRow) -> Post:
        place = row.levels, row.values.get("employer") or ""
        if place not in self._posts:
            unit = self.units.unit(row.levels)
            assert unit, "units are made before people"
            employer = self.employers.entity(*place)
            assert employer, "rows without one are refused"
            self._posts[place] = Post(str(unit.pk), str(employer.pk))
        return self._posts[place]

    def _manager(self, row: EmployeeRow) -> str | None:
        text = row.get("line_manager")
        if not text:
            return None
        manager = self.managers.get(text)
        if manager is None:
            self.without_manager.append((row.number, text))
        return manager

    def _contract(self, row: EmployeeRow, employment_id: str) -> None:
        if facts := contract_facts(row):
            self._contracts.add(
                next(self._fresh), employment_id, facts["kind"], facts["start_date"], facts["end_date"], facts["nth"]
            )

    def _tell(self, row: EmployeeRow, post: Post, employment_id: str) -> None:
        hired, left = row.get("hire_date").isoformat(), row.get("exit_date")
        facts: list[Fact] = [
            events.Hired(employment_id=employment_id, unit_id=post.unit_id, hire_date=hired, import_id=self.import_id)
        ]
        if left:
            ended = left.isoformat()
            facts.append(events.Ended(employment_id=employment_id, termination_date=ended, import_id=self.import_id))
        subject = f"employees.employment:{employment_id}"
        self._emissions += [Emission(fact=fact, subject=subject, by=self.by, at=self.at) for fact in facts]


def contract_facts(row: EmployeeRow) -> dict[str, Any] | None:
    if not any(row.get(key) for key in CONTRACT_FIELDS):
        return None
    return {
        "kind": row.get("contract_kind") or "fixed",
        "start_date": row.get("contract_start") or row.get("hire_date"),
        "end_date": row.get("contract_end"),
        "nth": row.get("contract_nth") or 1,
    }


def cut(key: str, value: Any) -> Any:
    return value[: LENGTHS[key]] if key in LENGTHS and isinstance(value, str) else value


@contextmanager
def references_checked_at_once() -> Iterator[None]:
    """At the end of each COPY, beside the making of the next lines, in the place of the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
