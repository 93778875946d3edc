"""What took verbs and many statements to build, put back as the same rows."""

import copy
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction


@dataclass(frozen=True)
class Rows:
    lines: dict[str, bytes]

    @classmethod
    def of(cls, cursor: Any, tables: list[str]) -> "Rows":
        lines = {table: io.BytesIO() for table in tables}
        for table, kept in lines.items():
            cursor.copy_expert(f"COPY {table} TO STDOUT", kept)
        return cls({table: kept.getvalue() for table, kept in lines.items()})

    def put_back(self, cursor: Any) -> None:
        """In a transaction: foreign keys are looked at when it ends, so the order of the tables does not matter."""
        for table, lines in self.lines.items():
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.BytesIO(lines))


@dataclass(frozen=True)
class Again:
    made: Any
    rows: Rows

    @classmethod
    def of(cls, build: Callable[[], Any]) -> "Again":
        """Builds it on what the migrations ship, keeps its rows, and leaves nothing behind."""
        with transaction.atomic(), connection.cursor() as cursor:
            before = _counts(cursor)
            made = build()
            grown = [table for table, count in _counts(cursor).items() if count != before[table]]
            assert all(before[table] == 0 for table in grown), "rows that were there before would come twice"
            rows = Rows.of(cursor, grown)
            transaction.set_rollback(True)
        return cls(made, rows)

    def once_more(self) -> Any:
        with transaction.atomic(), connection.cursor() as cursor:
            self.rows.put_back(cursor)
        return copy.deepcopy(self.made)


def _counts(cursor: Any) -> dict[str, int]:
    tables = [f'"{name}"' for name in connection.introspection.table_names(cursor)]
    cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))
    return dict(cursor.fetchall())
