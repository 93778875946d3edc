"""The dated figures the product ships with. An administrator confirms or replaces them before anybody is paid by them."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from offboarding.rules.compliance.tables import Tables, read
from offboarding.rules.reference_rows import COLUMNS, SETS

FILES = ("law", "cities", "calendar")


@lru_cache(maxsize=1)
def shipped() -> Tables:
    """Without a database: for the command that evaluates vectors."""
    return read(_data())


def shipped_rows() -> Iterator[dict[str, Any]]:
    """As the database keeps them: of tax bands and medical periods the whole set of a day is one row."""
    data = _data()
    for table in COLUMNS:
        yield from _sets(table, data[table]) if table in SETS else (_row(table, row) for row in data[table])


def _sets(table: str, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for day in dict.fromkeys(row["effective_from"] for row in rows):
        some = [row for row in rows if row["effective_from"] == day]
        steps = [{name: value for name, value in row.items() if name not in COMMON} for row in some]
        key = some[0]["id"].rpartition("-")[0]
        yield {**_common(some[0]), "key": key, "table": table, "values": {"rows": steps}}


def _row(table: str, row: dict[str, Any]) -> dict[str, Any]:
    values = {name: row.get(name) for name in COLUMNS[table]}
    place: dict[str, Any] = {name: row[name] for name in ("city", "adcode") if name in row}
    return {**_common(row), **place, "key": row["id"], "table": table, "values": values}


def _common(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row.get(name, "") for name in ("effective_from", "source", "status", "note")}


def _data() -> dict[str, Any]:
    folder, data = Path(__file__).parent, dict[str, Any]()
    for name in FILES:
        data |= json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return data


COMMON = frozenset({"id", "effective_from", "source", "status", "note"})
