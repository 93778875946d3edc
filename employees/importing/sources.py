"""A file as rows of cells, whatever it is: the same two questions to a CSV and to a workbook."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from .limits import ImportRefused, open_checked

Cells = list[Any]
Merge = tuple[tuple[int, int], tuple[int, int]]


class Table(Protocol):
    """Numbers of rows and columns start at 0 here; reports add one."""

    merges: list[Merge]
    blank_formulas: set[tuple[int, int]]

    def rows(self) -> Iterator[Cells]: ...


@dataclass
class Source:
    """Where the header ends and the people begin. `rows` gives the row number as a spreadsheet shows it."""

    path: Path
    table: Table
    headers: list[str]
    first_row: int
    format: str
    sha256: str = field(default="")

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Without empty rows."""
        for index, cells in enumerate(self.table.rows()):
            if index >= self.first_row and any(cell not in ("", None) for cell in cells):
                yield index + 1, cells


def open_source(path: Path) -> Source:
    """Refuses what is too big before reading it, and what has no header after ten rows."""
    from .csv_tables import CsvTable
    from .headers import find_headers
    from .workbooks import WorkbookTable

    open_checked(path)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportRefused("file_old_excel")
    is_workbook = start.startswith(b"PK\x03\x04")
    table: Table = WorkbookTable(path) if is_workbook else CsvTable(path)
    headers, first_row = find_headers(table)
    return Source(path, table, headers, first_row, "xlsx" if is_workbook else "csv", digest_of(path))


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
