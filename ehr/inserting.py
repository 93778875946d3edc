"""Rows of one table in one statement. In plain SQL, because the ORM takes several times as long to write it."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

BATCH = 1000

Row = TypeVar("Row", bound=Model)


def insert(rows: Sequence[Row]) -> None:
    """Keys and defaults are those of the rows; what the database itself would fill in is not for this."""
    for start in range(0, len(rows), BATCH):
        _write(rows[start : start + BATCH], "")
    _mark(rows)


def insert_new(rows: Sequence[Row]) -> list[Row]:
    """Without those that a constraint keeps out because they are there already; of two at once one is new."""
    keys: set[Any] = set()
    for start in range(0, len(rows), BATCH):
        keys |= {pk for (pk,) in _write(rows[start : start + BATCH], " ON CONFLICT DO NOTHING RETURNING id")}
    new = [row for row in rows if row.pk in keys]
    _mark(new)
    return new


def _write(rows: Sequence[Row], ending: str) -> list[tuple[Any]]:
    into, fields = _columns(type(rows[0]))
    one = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        values = [field.get_db_prep_save(field.pre_save(row, True), cursor.db) for row in rows for field in fields]
        cursor.execute(f"{into} VALUES {', '.join([one] * len(rows))}{ending}", values)
        return cursor.fetchall() if ending else []


def _mark(rows: Sequence[Row]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _columns(model: type[Model]) -> tuple[str, list["Field[Any, Any]"]]:
    """A number that the database counts is left to it; what else it would fill in has no value here to write."""
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
    left_out = [
        field.name for field in fields if field.generated or (field.has_db_default() and not field.has_default())
    ]
    assert not left_out, f"{model._meta.label}: the database fills in {', '.join(left_out)}"
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f"INSERT INTO {model._meta.db_table} ({columns})", fields
