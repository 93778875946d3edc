"""The first walk over a file: every row read and checked, and what rows mean for each other. Writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..rules.columns import IGNORE
from ..rules.rows import EmployeeRow, Fault, read_row
from .sources import Source

Levels = tuple[tuple[str, str], ...]


@dataclass
class Survey:
    rows_in: int = 0
    refused: dict[int, EmployeeRow] = field(default_factory=dict)
    row_of_number: dict[str, int] = field(default_factory=dict)
    numbers_of_name: dict[str, list[str]] = field(default_factory=dict)
    levels: set[Levels] = field(default_factory=set)
    employers: set[str] = field(default_factory=set)
    managers: set[str] = field(default_factory=set)

    def refuse(self, row: EmployeeRow) -> None:
        self.refused[row.row] = row


def plan_of(headers: Sequence[str], mapping: dict[str, str]) -> list[tuple[int, str]]:
    """(index of the cell, key of the field) of every column that is read; a field is read once."""
    seen: set[str] = set()
    plan = []
    for index, header in enumerate(headers):
        key = mapping.get(header, IGNORE)
        if key != IGNORE and key not in seen:
            seen.add(key)
            plan.append((index, key))
    return plan


def read_rows(source: Source, plan: Sequence[tuple[int, str]], *, today: date) -> Iterator[EmployeeRow]:
    blank = source.table.blank_formulas
    for number, cells in source.rows():
        row = read_row(number, cells, plan, today=today)
        if blank:
            row.faults += [Fault(key, "=", "formula_blank") for index, key in plan if (number - 1, index) in blank]
        yield row


def survey(source: Source, plan: Sequence[tuple[int, str]], *, today: date) -> Survey:
    found = Survey()
    ids: dict[str, tuple[int, date, date | None]] = {}
    for row in read_rows(source, plan, today=today):
        found.rows_in += 1
        _refuse_doubles(row, found, ids)
        if row.faults:
            found.refuse(row)
        else:
            _note(row, found)
    return found


def _refuse_doubles(row: EmployeeRow, found: Survey, ids: dict[str, tuple[int, date, date | None]]) -> None:
    """The first of two stays; a second employment of the same person may follow an ended one."""
    if row.number and row.number in found.row_of_number:
        row.refuse("employee_number", f"number_twice:{found.row_of_number[row.number]}")
    number, hired = row.get("id_number"), row.get("hire_date")
    if not number or not hired:
        return
    other = ids.get(number)
    if other and not _apart(other, hired, row.get("exit_date")):
        row.refuse("id_number", f"id_number_twice:{other[0]}")
    elif not row.faults:
        ids[number] = (row.row, hired, row.get("exit_date"))


def _apart(other: tuple[int, date, date | None], hired: date, left: date | None) -> bool:
    _, other_hired, other_left = other
    return bool((other_left and other_left < hired) or (left and left < other_hired))


def _note(row: EmployeeRow, found: Survey) -> None:
    if row.number:
        found.row_of_number[row.number] = row.row
        if name := row.get("name"):
            found.numbers_of_name.setdefault(name, []).append(row.number)
    if row.unit_levels:
        found.levels.add(row.unit_levels)
    if employer := row.get("employer"):
        found.employers.add(employer)
    if manager := row.get("line_manager"):
        found.managers.add(manager)
