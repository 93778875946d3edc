"""What an import says at the end: numbers that add up, and every row that did not get in, with covered values."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ehr.lib.masking import mask_account, mask_email, mask_id_number, mask_phone

from ..rules.columns import BY_KEY
from ..rules.rows import EmployeeRow

MASKS = {
    "id_number": mask_id_number,
    "phone": mask_phone,
    "personal_email": mask_email,
    "bank_account": mask_account,
}
COVERED = "••••••"
SAMPLES = 50


def mask_cell(column: str, value: str) -> str:
    """Values of covered columns never leave as they are, also when they are broken."""
    known = BY_KEY.get(column)
    if not value or known is None or not known.is_sensitive:
        return value[:80]
    mask = MASKS.get(column)
    return mask(value) if mask else COVERED


@dataclass
class Report:
    sha256: str = ""
    header_of: dict[str, str] = field(default_factory=dict)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    cells_changed: int = 0
    ended: int = 0
    units_created: int = 0
    employers_named: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, str]] = field(default_factory=list)
    by_unit: dict[str, dict[str, int]] = field(default_factory=dict)
    _rejected_rows: set[int] = field(default_factory=set)
    _numbers: list[str] = field(default_factory=list)

    def count(self, rows: Sequence[EmployeeRow], what: str) -> None:
        setattr(self, what, getattr(self, what) + len(rows))
        for row in rows:
            self._numbers.append(row.number)
            self._count_unit(row, what)

    def reject(self, rows: Iterable[EmployeeRow]) -> None:
        for row in rows:
            self._rejected_rows.add(row.row)
            self._count_unit(row, "rejected")
            self.rejected += [self._line(row, fault.column, fault.value, fault.reason) for fault in row.faults]

    def warn(self, number: str, column: str, value: str, reason: str) -> None:
        self.warnings.append({"number": number, "field": column, "value_masked": value, "reason": reason})

    def show_change(self, row: EmployeeRow, column: str, before: Any, after: Any) -> None:
        self.cells_changed += 1
        if len(self.changes) < SAMPLES:
            texts = [mask_cell(column, str(value if value is not None else "")) for value in (before, after)]
            self.changes.append({"number": row.number, "column": column, "before": texts[0], "after": texts[1]})

    def as_dict(self) -> dict[str, Any]:
        accepted = self.created + self.updated + self.unchanged
        self.rejected.sort(key=lambda line: line["row"])
        return {
            "rows_in": accepted + len(self._rejected_rows),
            "accepted": accepted,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "ended": self.ended,
            "cells_changed": self.cells_changed,
            "units_created": self.units_created,
            "employers_named": self.employers_named,
            "rejected_count": len(self._rejected_rows),
            "rejected": self.rejected,
            "warnings": self.warnings,
            "changes": self.changes,
            "by_unit": [{"unit": name, **counts} for name, counts in sorted(self.by_unit.items())],
            "checksums": self._checksums(),
        }

    def _checksums(self) -> dict[str, Any]:
        numbers = "\n".join(sorted(self._numbers)).encode()
        return {"file_sha256": self.sha256, "accepted_numbers_sha256": hashlib.sha256(numbers).hexdigest()}

    def _line(self, row: EmployeeRow, column: str, value: str, reason: str) -> dict[str, Any]:
        return {
            "row": row.row,
            "column": self.header_of.get(column, column),
            "field": column,
            "number": row.number,
            "name": row.get("name") or "",
            "value_masked": mask_cell(column, value),
            "reason": reason,
        }

    def _count_unit(self, row: EmployeeRow, what: str) -> None:
        levels = row.levels
        name = levels[0][1] if levels else ""
        counts = self.by_unit.setdefault(name, dict.fromkeys(("created", "updated", "unchanged", "rejected"), 0))
        counts[what] += 1
