"""The first walk over a file: every row read and checked, and what rows mean for each other. Writes nothing."""

import pickle  # noqa: S403 - only for rows of this very process, to keep 200,000 of them small
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..rules.columns import IGNORE
from ..rules.rows import EmployeeRow, Fault, Reading, read_row, readings
from .limits import CHUNK
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
    employed: set[tuple[Levels, str]] = field(default_factory=set)
    """Where people are at work, and who employs them; '' where the row doesn't say."""
    numbers_employed: set[str] = field(default_factory=set)
    """Of rows that name an employer."""
    managers: set[str] = field(default_factory=set)
    _good: list[bytes] = field(default_factory=list)
    _open: list[EmployeeRow] = field(default_factory=list)
    named_in_refused: set[str] = field(default_factory=set)

    def refuse(self, row: EmployeeRow) -> None:
        """Its number and name are kept: people who report to it are not worse for it."""
        self.refused[row.row] = row
        self.named_in_refused.update((row.number, row.get("name") or ""))

    def keep(self, row: EmployeeRow) -> None:
        self._open.append(row)
        if len(self._open) == CHUNK:
            self._close()

    def good_chunks(self) -> Iterator[list[EmployeeRow]]:
        self._close()
        for packed in self._good:
            yield [EmployeeRow(*parts) for parts in pickle.loads(packed)]  # noqa: S301 - packed a moment ago, here

    def _close(self) -> None:
        if self._open:
            self._good.append(pickle.dumps([(row.row, row.values, [], row.levels) for row in self._open]))
            self._open = []


def plan_of(headers: Sequence[str], mapping: dict[str, str]) -> list[Reading]:
    """Every column that is read; a field is read once."""
    seen: set[str] = set()
    plan = []
    for index, header in enumerate(headers):
        key = mapping.get(header, IGNORE)
        if key != IGNORE and key not in seen:
            seen.add(key)
            plan.append((index, key))
    return readings(plan)


def read_rows(source: Source, plan: Sequence[Reading], *, today: date) -> Iterator[EmployeeRow]:
    blank = source.table.blank_formulas
    for number, cells in source.rows():
        row = read_row(number, cells, plan, today=today)
        if blank and (unread := [key for index, key, _ in plan if (number - 1, index) in blank]):
            _name_formulas(row, unread)
        yield row


def _name_formulas(row: EmployeeRow, unread: Sequence[str]) -> None:
    """One reason for one cell: it looks empty, but 'missing' would send people to look for what stands there."""
    others = [fault for fault in row.faults if fault.column not in unread]
    row.faults[:] = [*others, *(Fault(key, "=", "formula_blank") for key in unread)]


def survey(source: Source, plan: Sequence[Reading], *, today: date) -> Survey:
    found = Survey()
    ids: dict[str, tuple[int, date, date | None]] = {}
    for row in read_rows(source, plan, today=today):
        found.rows_in += 1
        _refuse_doubles(row, found, ids)
        if row.faults:
            found.refuse(row)
        else:
            _note(row, found)
            found.keep(row)
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
    if row.levels:
        found.levels.add(row.levels)
    employer = row.get("employer") or ""
    if employer:
        found.employers.add(employer)
        found.numbers_employed.add(row.number)
    if not row.get("exit_date"):
        found.employed.add((row.levels, employer))
    if manager := row.get("line_manager"):
        found.managers.add(manager)
