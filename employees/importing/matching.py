"""Who a row is about: an employment that exists, a person who comes back, or somebody new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from ehr.crypto import keys

from ..models import Contract, Employment, EmploymentStatus, Person
from ..rules.rows import EmployeeRow

ID_INDEX: Any = Person._meta.get_field("id_number_index")
NUMBER: Any = Employment._meta.get_field("employee_number")


@dataclass
class Known:
    """What the database holds about the rows of one chunk.

    Single tables by IN and no joins: right after a first import the planner believes the tables empty, and a nested
    loop over them would take hours.
    """

    by_number: dict[str, Employment] = field(default_factory=dict)
    contracts: dict[tuple[Any, int], Contract] = field(default_factory=dict)
    by_row: dict[int, Person] = field(default_factory=dict)

    @classmethod
    def load(cls, rows: Sequence[EmployeeRow]) -> Known:
        known = cls()
        joined = Employment.objects.select_related("person__data_key", "data_key", "line_manager").defer(
            "search_vector"
        )
        numbers = on_file(NUMBER, [row.number for row in rows if row.number])
        known.by_number = {one.employee_number: one for one in joined.filter(employee_number__in=numbers)}
        known._find_people(rows)
        known._add_by_person(joined, rows)
        found = [one.pk for one in known.by_number.values()]
        known.contracts = {(one.employment_id, one.nth): one for one in Contract.objects.filter(employment__in=found)}
        keys.preload(one.data_key_id for one in known.by_number.values())
        return known

    def _find_people(self, rows: Sequence[EmployeeRow]) -> None:
        digest = ID_INDEX.digester()
        digests = {row.row: digest(number) for row in rows if (number := row.get("id_number"))}
        indexes = [bytes(index) for index in on_file(ID_INDEX, list(digests.values()))]
        people = Person.objects.filter(id_number_index__in=indexes).prefetch_related("data_key", "employments")
        found = {bytes(person.id_number_index): person for person in people}
        self.by_row = {row: found[index] for row, index in digests.items() if index in found}

    def person(self, row: EmployeeRow) -> Person | None:
        return self.by_row.get(row.row)

    def _add_by_person(self, joined: Any, rows: Sequence[EmployeeRow]) -> None:
        """A row without a number means the person's employment with the same hire date, or the current one."""
        for row in rows:
            person = self.person(row)
            if row.number or person is None:
                continue
            same = [one for one in person.employments.all() if one.is_current or one.hire_date == row.get("hire_date")]
            if same:
                employment = joined.get(pk=max(same, key=lambda one: one.hire_date).pk)
                row.values["employee_number"] = employment.employee_number
                self.by_number[employment.employee_number] = employment


def on_file(field: Any, values: list[Any]) -> list[Any]:
    """Those of the values that a row has. Asked first: most people of a file are new, and the ORM takes every value in by
    itself, which would be a twentieth of an import."""
    quote = connection.ops.quote_name
    table, column = quote(field.model._meta.db_table), quote(field.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} = ANY(%s)", [values])  # noqa: S608 - names of ours
        return [value for (value,) in cursor.fetchall()]


def refuse_conflicts(row: EmployeeRow, known: Known) -> None:
    """What the row says against what the product knows; exits are undone or dated by a case, never by a file."""
    employment = known.by_number.get(row.number) if row.number else None
    person = known.person(row)
    if employment:
        _refuse_other_person(row, employment, person)
        _refuse_exit_conflict(row, employment)
    elif person:
        _refuse_double_employment(row, person)


def _refuse_other_person(row: EmployeeRow, employment: Employment, person: Person | None) -> None:
    if person and person.pk != employment.person_id:
        row.refuse("id_number", "id_number_taken")


def _refuse_exit_conflict(row: EmployeeRow, employment: Employment) -> None:
    left: date | None = row.get("exit_date")
    if employment.status == EmploymentStatus.LEFT and left != employment.termination_date:
        row.refuse("exit_date" if left else "status", "already_left")
    if employment.status == EmploymentStatus.LEAVING and left:
        row.refuse("exit_date", "exit_in_process")


def _refuse_double_employment(row: EmployeeRow, person: Person) -> None:
    for other in person.employments.all():
        if other.is_current or (other.termination_date and other.termination_date >= row.get("hire_date")):
            row.refuse("id_number", "id_number_taken")
            return
