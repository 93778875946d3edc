"""The import as a whole: survey, units, chunks, managers, report. A dry run does the same and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from ehr.clock import LEGAL_ZONE
from ehr.lib.ids import uuid7
from ehr.units.models import OrgUnit

from ..models import Contract, Employment, NumberingRule, NumberSequence, Person
from ..rules.columns import propose
from ..rules.numbering import splitter
from ..rules.rows import EmployeeRow
from ..searching import phrase_pinyin
from .arrivals import ArrivalWriter
from .changes import Change, Comparer, write_changes
from .employers import Employers
from .limits import CHUNK
from .managers import Managers
from .matching import Known, refuse_conflicts
from .reports import Report
from .resting import collector_at_rest
from .sources import Source
from .survey import Survey, plan_of, survey
from .units import UnitDirectory


def proposed_mapping(source: Source) -> dict[str, str]:
    return {
        header: key
        for header, key in zip(source.headers, propose(source.headers, pinyin=phrase_pinyin), strict=True)
        if header
    }


@dataclass
class Importing:
    source: Source
    mapping: dict[str, str]
    at: datetime
    by: Any = None
    dry_run: bool = False
    import_id: str = field(default_factory=lambda: str(uuid7()))
    progress: Callable[[int], None] = lambda rows: None
    report: Report = field(default_factory=Report)

    def run(self) -> dict[str, Any]:
        self.plan = plan_of(self.source.headers, self.mapping)
        self.report.sha256 = self.source.sha256
        self.report.header_of = {key: self.source.headers[index] for index, key, _ in self.plan}
        with collector_at_rest():
            self.survey = survey(self.source, self.plan, today=self.today)
        self.managers = Managers(self.survey)
        self._prepare_units()
        self.report.reject(self.survey.refused.values())
        self._walk()
        return self.report.as_dict()

    @property
    def today(self) -> Any:
        return self.at.astimezone(LEGAL_ZONE).date()

    # --- Steps --------------------------------------------------------------------------------------------
    def _prepare_units(self) -> None:
        """Only for rows that are good so far; in a dry run the new ones are counted."""
        self.units = UnitDirectory()
        levels, employers = self.survey.levels, self.survey.employers
        if self.dry_run:
            self.report.units_created = len(self.units.missing(levels))
        else:
            self.report.units_created = self.units.ensure(levels, employers)
        self.employers = Employers(self.units, self.survey)
        self.report.employers_named = self.employers.told()
        if not self.dry_run:
            self.employers.link(by=self.by, at=self.at)

    def _walk(self) -> None:
        done, later = 0, []
        for chunk in self.survey.good_chunks():
            later += self._chunk(chunk)
            done += len(chunk)
            self.progress(done)
        if not self.dry_run:
            self._link(later)
            raise_sequences(self.survey)
            if self.report.created > CHUNK:
                refresh_statistics()

    def _chunk(self, rows: Sequence[EmployeeRow]) -> list[tuple[str, str]]:
        """All at once; when the database refuses one of them, each by itself, so that only that one stays out."""
        try:
            return self._write(rows)
        except DatabaseError:
            if len(rows) == 1:
                rows[0].refuse("employee_number", "database_refused")
                self.report.reject(rows)
                return []
            return [pair for row in rows for pair in self._chunk([row])]

    def _write(self, rows: Sequence[EmployeeRow]) -> list[tuple[str, str]]:
        work = Work(self, rows)
        with collector_at_rest(), transaction.atomic():
            work.prepare()
            if not self.dry_run:
                work.write()
        work.count()
        return work.later

    def _link(self, later: list[tuple[str, str]]) -> None:
        for start in range(0, len(later), CHUNK):
            for number, text in self.managers.link(later[start : start + CHUNK]):
                self.report.warn(number, "line_manager", text, "manager_not_written")


class Work:
    """One chunk on its way; counted only after its transaction is through."""

    def __init__(self, job: Importing, rows: Sequence[EmployeeRow]) -> None:
        self.job = job
        self.rows = rows
        self.new: list[EmployeeRow] = []
        self.changes: list[Change] = []
        self.unchanged: list[EmployeeRow] = []
        self.refused: list[EmployeeRow] = []
        self.notes: list[tuple[Any, ...]] = []
        self.writer = ArrivalWriter(
            job.units, job.employers, job.managers.known(), import_id=job.import_id, by=job.by, at=job.at
        )

    def prepare(self) -> None:
        self.known = Known.load(self.rows)
        comparer = Comparer(self.job.units, self.writer.managers, self.known, lambda *note: self.notes.append(note))
        for row in self.rows:
            self._sort(row, comparer)

    def _sort(self, row: EmployeeRow, comparer: Comparer) -> None:
        self._check_manager(row)
        refuse_conflicts(row, self.known)
        self._check_employer(row)
        if row.faults:
            self.refused.append(row)
        elif (employment := self.known.by_number.get(row.number)) is None:
            self.new.append(row)
        elif (change := comparer.change(row, employment)).names:
            self.changes.append(change)
        else:
            self.unchanged.append(row)

    def _check_manager(self, row: EmployeeRow) -> None:
        fault = self.job.managers.faults.get(row.get("line_manager") or "")
        if fault:
            row.refuse("line_manager", fault)

    def _check_employer(self, row: EmployeeRow) -> None:
        """Who is on file already has one."""
        if row.number not in self.known.by_number and not self.job.employers.of(row.levels, row.get("employer") or ""):
            row.refuse("employer", "employer_open")

    def write(self) -> None:
        give_numbers([row for row in self.new if not row.number], self.job.units)
        for row in self.new:
            self.writer.add(row, self.known.person(row))
        self.writer.write()
        write_changes(self.changes, import_id=self.job.import_id, by=self.job.by, at=self.job.at)

    def count(self) -> None:
        report = self.job.report
        report.reject(self.refused)
        for note in self.notes:
            report.show_change(*note)
        for what, rows in (
            ("created", self.new),
            ("updated", [change.row for change in self.changes]),
            ("unchanged", self.unchanged),
        ):
            report.count(rows, what)
        report.ended += sum(bool(row.get("exit_date")) for row in self.new) + sum(one.ends for one in self.changes)
        self.job.managers.ids.update(self.writer.ids)

    @property
    def later(self) -> list[tuple[str, str]]:
        return self.writer.without_manager


def refresh_statistics() -> None:
    """So that the first pages after a large import are planned for the tables as they are now."""
    tables = ", ".join(model._meta.db_table for model in (Employment, Person, Contract, OrgUnit))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def give_numbers(rows: Sequence[EmployeeRow], units: UnitDirectory) -> None:
    """By the rule in force, in the order of the file."""
    series: dict[tuple[Any, int], list[EmployeeRow]] = {}
    for row in rows:
        unit = units.unit(row.levels)
        series.setdefault((unit.pk if unit else None, row.get("hire_date").year), []).append(row)
    rule = NumberingRule.in_force()
    for (unit_id, _), same in series.items():
        numbers = rule.take(unit=units.units[unit_id], hire_date=same[0].get("hire_date"), count=len(same))
        for row, number in zip(same, numbers, strict=True):
            row.values["employee_number"] = number


def raise_sequences(found: Survey) -> None:
    split = splitter(NumberingRule.in_force().pattern)
    last: dict[str, int] = {}
    for number in found.row_of_number:
        if parts := split(number):
            last[parts[0]] = max(last.get(parts[0], 0), parts[1])
    for series, value in sorted(last.items()):
        NumberSequence.raise_to(series, value)
