"""What tests with several connections leave behind is deleted, and the rows that the migrations ship come back.

Django's TRUNCATE would write every file of a hundred tables anew, lose what is shipped, and the record refuses it.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from tests.factories.again import Rows

FULL = "SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})"


@dataclass(frozen=True)
class Shipped:
    rows: Rows

    @classmethod
    def as_found(cls) -> "Shipped":
        with connection.cursor() as cursor:
            return cls(Rows.of(cursor, _full(cursor)))

    def alone(self, *_test: Any) -> None:
        """Takes the place of a transactional test case's `_fixture_teardown`."""
        with transaction.atomic(), connection.cursor() as cursor:
            full = _full(cursor)
            for step in ("ALTER TABLE {} DISABLE TRIGGER USER", "DELETE FROM {}"):
                cursor.execute("; ".join(step.format(table) for table in full))
            self.rows.put_back(cursor)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("; ".join(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in full))


def _full(cursor: Any) -> list[str]:
    tables = [f'"{name}"' for name in connection.introspection.table_names(cursor)]
    cursor.execute(" UNION ALL ".join(FULL.format(table=table) for table in tables))
    return [row[0] for row in cursor.fetchall()]
