"""Dated figures as CSV, Excel or JSON, and back. One set of columns for all tables, named as in the API."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ehr.errors import Refused
from ehr.lib.sheets import XLSX, harmless, workbook
from employees.importing.csv_tables import CsvTable
from employees.importing.limits import ImportRefused
from employees.importing.workbooks import WorkbookTable

from .models import ReferenceRow
from .rules.reference_rows import COLUMNS

PLACE = ("table", "city", "adcode", "effective_from")
ORIGIN = ("source", "source_url", "source_date", "note")
OWN = tuple(dict.fromkeys(name for columns in COLUMNS.values() for name in columns))
TOLD = ("key", "status")
"""Written for the reader; not read back."""
HEADERS = (*PLACE, *OWN, *ORIGIN, *TOLD)
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": XLSX,
}
MOST_ROWS = 5000


def written(rows: Iterable[ReferenceRow], form: str) -> bytes:
    lines = [_line(row) for row in rows]
    if form == "json":
        return json.dumps({"rows": lines}, ensure_ascii=False, indent=1).encode()
    if form == "csv":
        return _csv(lines)
    return workbook([HEADERS, *([line.get(name, "") for name in HEADERS] for line in lines)])


def _line(row: ReferenceRow) -> dict[str, str]:
    facts = {name: str(getattr(row, name) or "") for name in (*PLACE, *ORIGIN, *TOLD)}
    line = facts | row.texts
    return {name: line[name].replace("\n", "; ") for name in HEADERS if name in line}


def _csv(lines: list[dict[str, str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, HEADERS, restval="")
    writer.writeheader()
    writer.writerows({name: harmless(text) for name, text in line.items()} for line in lines)
    return stream.getvalue().encode("utf-8-sig")


def lines_of(upload: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """With the number of the row as the file's own program shows it."""
    content: bytes = upload.read()
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    yield from _json(content) if start in (b"{", b"[") else _table(content)


def _json(content: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        data = json.loads(content.decode("utf-8-sig"))
        rows = data["rows"] if isinstance(data, dict) else data
    except (ValueError, KeyError, RecursionError):
        raise _unreadable() from None
    if not isinstance(rows, list) or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        raise _unreadable()
    yield from enumerate(rows, start=1)


def _table(content: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            path = Path(file.name)
            table = WorkbookTable(path) if content.startswith(b"PK\x03\x04") else CsvTable(path)
            lines = [list(cells) for cells in table.rows()]
        except (ImportRefused, UnicodeDecodeError):
            raise _unreadable() from None
    if not lines or len(lines) > MOST_ROWS or "table" not in (names := [str(cell).strip() for cell in lines[0]]):
        raise _unreadable()
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell not in ("", None) for cell in cells):
            yield number, {name: _text(cell) for name, cell in zip(names, cells, strict=False)}


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip().removeprefix("'")


def _unreadable() -> Refused:
    return Refused(
        "B_REF_FILE", _("This is no CSV, Excel or JSON file with a column “table” in its first row."), field="file"
    )
