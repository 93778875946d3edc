"""One row of an employee file: every cell read, every fault named, nothing guessed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from ehr.lib.months import last_of_months

from . import id_numbers
from .cells import READERS, CellFault, text_of
from .columns import BY_KEY, UNIT_LEVELS


@dataclass(frozen=True, slots=True)
class Fault:
    column: str
    value: str
    reason: str


@dataclass(slots=True)
class EmployeeRow:
    row: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    levels: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> Any:
        return self.values.get(key)

    @property
    def number(self) -> str:
        return self.values.get("employee_number") or ""

    def refuse(self, column: str, reason: str, value: object = None) -> None:
        self.faults.append(Fault(column, text_or_blank(self.values.get(column) if value is None else value), reason))


Reading = tuple[int, str, Callable[[Any], Any]]
"""Index of the cell, key of the field, how the cell is read."""


OF_ONE_PERSON = {"number", "id_number", "phone", "email", "account"}
"""Kinds of cells that hardly ever repeat."""


def readings(columns: Iterable[tuple[int, str]]) -> list[Reading]:
    return [(index, key, _reader(BY_KEY[key].kind)) for index, key in columns]


def _reader(kind: str) -> Callable[[Any], Any]:
    """Most columns say the same few things again and again: each is read once, and forgotten with the plan."""
    read = READERS[kind]
    return read if kind in OF_ONE_PERSON else lru_cache(maxsize=16384, typed=True)(read)


def read_row(number: int, cells: Sequence[Any], plan: Sequence[Reading], *, today: date) -> EmployeeRow:
    row = EmployeeRow(number, {})
    values, width = row.values, len(cells)
    for index, key, read in plan:
        cell = cells[index] if index < width else ""
        if cell == "" or cell is None:
            continue
        try:
            values[key] = read(cell)
        except CellFault as fault:
            row.faults.append(Fault(key, str(cell)[:80], fault.code))
    row.levels = unit_levels(values)
    _complete(row)
    _check(row, plan, today)
    return row


def _complete(row: EmployeeRow) -> None:
    values = row.values
    hired, probation = values.get("hire_date"), values.get("probation_end_date")
    if isinstance(probation, int):
        values["probation_end_date"] = last_of_months(hired, probation) if hired else None
    if values.get("contract_end") == "open":
        values["contract_end"], values["contract_kind"] = None, "open"
    number = values.get("id_number")
    if number and len(number) == 18 and number[:17].isdigit():
        values.setdefault("birth_date", id_numbers.birth_date_of(number))
        values.setdefault("gender", "male" if id_numbers.is_male(number) else "female")


def _check(row: EmployeeRow, plan: Sequence[Reading], today: date) -> None:
    if row.faults:
        return
    values = row.values
    if not row.number and not values.get("id_number"):
        row.refuse("employee_number", "nobody_named")
    if not values.get("name") and any(key == "name" for _, key, _ in plan):
        row.refuse("name", "missing")
    if not values.get("hire_date"):
        row.refuse("hire_date", "missing")
    if number := values.get("id_number"):
        fault = id_numbers.fault_of(number, today=today)
        if fault:
            row.refuse("id_number", fault)
    _check_dates(row, today)


def _check_dates(row: EmployeeRow, today: date) -> None:
    get = row.values.get
    hired, left, born = get("hire_date"), get("exit_date"), get("birth_date")
    if hired and hired.year > today.year + 1:
        row.refuse("hire_date", "date_too_late")
    if hired and left and left < hired:
        row.refuse("exit_date", "exit_before_hire")
    if left and left > today:
        row.refuse("exit_date", "exit_in_future")
    if not left and get("status") == "left":
        row.refuse("exit_date", "exit_date_missing")
    if hired and born and (hired - born).days < 16 * 365:
        row.refuse("birth_date", "too_young")
    if hired and (first := get("first_work_date")) and first > hired:
        row.refuse("first_work_date", "first_work_after_hire")
    start, end = get("contract_start") or hired, get("contract_end")
    if start and end and end < start:
        row.refuse("contract_end", "contract_ends_before_start")


def unit_levels(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """(kind, name) from the top: from a path cell, then from one column per level."""
    return _levels(*[values.get(key) for key, _ in PLACES])


PLACES = (("unit", ""), *UNIT_LEVELS)


@lru_cache(maxsize=4096)  # many people are in the same place
def _levels(*cells: str | None) -> tuple[tuple[str, str], ...]:
    return tuple((kind, part) for (_, kind), cell in zip(PLACES, cells, strict=True) for part in steps(cell))


def steps(path: str | None) -> list[str]:
    """'零售事业部 / 华东区' → its two names."""
    if not path:
        return []
    return [part.strip() for part in path.replace("\\", "/").replace(">", "/").split("/") if part.strip()]


def text_or_blank(value: Any) -> str:
    if value is None:
        return ""
    try:
        return text_of(value)[:80]
    except CellFault:
        return str(value)[:80]
