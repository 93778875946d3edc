"""Rows into a table by COPY, inside the caller's transaction: several times as fast as INSERT through the ORM."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": None})

TEXT: dict[type, Callable[[Any], str]] = {
    str: lambda value: value.translate(ESCAPES),
    type(None): lambda value: "\\N",
    bytes: lambda value: "\\\\x" + value.hex(),
    bool: lambda value: "t" if value else "f",
    int: str,
    Decimal: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    UUID: lambda value: value.hex,
    dict: lambda value: json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder).translate(ESCAPES),
}


class CopyTable:
    """Named columns are given with every row; the others take the constant default of their field."""

    def __init__(self, model: type[models.Model], *names: str) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields if not field.generated}
        rest = [field for name, field in fields.items() if name not in names and not field.has_db_default()]
        columns = [fields[name].column for name in names] + [field.column for field in rest]
        self._tail = "".join(f"\t{_constant(field)}" for field in rest) + "\n"
        quote = connection.ops.quote_name
        self._sql = f"COPY {quote(model._meta.db_table)} ({', '.join(quote(column) for column in columns if column)}) FROM STDIN"
        self._lines: list[str] = []

    def add(self, *values: Any) -> None:
        self._lines.append("\t".join([TEXT[type(value)](value) for value in values]) + self._tail)

    def flush(self) -> None:
        if not self._lines:
            return
        lines, self._lines = self._lines, []
        with connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.copy_expert(self._sql, io.StringIO("".join(lines)))


def _constant(field: Any) -> str:
    if field.primary_key:
        raise TypeError(f"{field} has no constant default")
    value = field.get_default()
    return TEXT[type(value)](value) if type(value) in TEXT else str(value)
