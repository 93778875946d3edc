"""Rows into a table by COPY, inside the caller's transaction: several times as fast as INSERT through the ORM."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from queue import SimpleQueue
from threading import Lock
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

NEEDS_ESCAPE = re.compile(r"[\\\t\n\r\x00]").search
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": None})


def _escaped(text: str) -> str:
    return text.translate(ESCAPES) if NEEDS_ESCAPE(text) else text


JSON = DjangoJSONEncoder(ensure_ascii=False).encode
TEXT: dict[type, Callable[[Any], str]] = {
    str: _escaped,
    type(None): lambda value: "\\N",
    bytes: lambda value: "\\\\x" + value.hex(),
    bool: lambda value: "t" if value else "f",
    int: str,
    Decimal: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    UUID: lambda value: value.hex,
    dict: lambda value: _escaped(JSON(value)),
}
BLOCK = 500
"""So many lines are made before the database is given them."""
SWITCH_SECONDS = 0.0005
"""So long the thread of the copies waits for the one that makes lines; at the usual 5 ms the database would stand idle."""


class _Switching:
    """The interval is the whole process's: the first of several at once shortens it, the last gives it back."""

    def __init__(self) -> None:
        self._lock, self._running, self._usual = Lock(), 0, sys.getswitchinterval()

    def begin(self) -> None:
        with self._lock:
            if not self._running:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(SWITCH_SECONDS)
            self._running += 1

    def end(self) -> None:
        with self._lock:
            self._running -= 1
            if not self._running:
                sys.setswitchinterval(self._usual)


SWITCHING = _Switching()


class CopyTable:
    """Named columns are given with every row; the others take the constant default of their field."""

    def __init__(self, model: type[models.Model], *names: str) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields if not field.generated}
        rest = [field for name, field in fields.items() if name not in names and not field.has_db_default()]
        columns = [fields[name].column for name in names] + [field.column for field in rest]
        self._tail = "".join(f"\t{_constant(field)}" for field in rest) + "\n"
        quote = connection.ops.quote_name
        self.sql = f"COPY {quote(model._meta.db_table)} ({', '.join(quote(column) for column in columns if column)}) FROM STDIN"
        self._lines: list[str] = []

    def line(self, *values: Any) -> str:
        """Most values are texts, and nearly no text has anything to escape: looking is cheaper than translating."""
        texts = [
            value if (kind := type(value)) is str and not NEEDS_ESCAPE(value) else TEXT[kind](value) for value in values
        ]
        return "\t".join(texts) + self._tail

    def add(self, *values: Any) -> None:
        self._lines.append(self.line(*values))

    def taken(self) -> list[str]:
        """What was added, once."""
        lines, self._lines = self._lines, []
        return lines

    def copy(self, lines: Iterable[str]) -> None:
        with Copier() as copier:
            copier.copy(self, lines)


class Copier:
    """COPY after COPY on a thread of its own: while the database takes in and checks what was sent, the next lines are
    made, also those of the next table. Until the end nobody else may use the connection."""

    def __init__(self) -> None:
        self._blocks: SimpleQueue[str | CopyTable | Exception | None] = SimpleQueue()
        self._pool = ThreadPoolExecutor(1, "copy")

    def __enter__(self) -> "Copier":
        connection.ensure_connection()
        SWITCHING.begin()
        self._end = self._pool.submit(self._carry, connection.connection)
        return self

    def copy(self, table: CopyTable, lines: Iterable[str]) -> None:
        self._blocks.put(table)
        for block in _blocks(lines):
            self._blocks.put(block)

    def __exit__(self, kind: Any, fault: BaseException | None, trace: Any) -> None:
        """What goes wrong in making a line is no fault of the database, though COPY would say so."""
        SWITCHING.end()
        self._blocks.put(Unmade() if fault else None)
        self._pool.shutdown()
        if fault is None:
            with connection.wrap_database_errors:
                self._end.result()

    def _carry(self, driver: Any) -> None:
        following = self._blocks.get()
        with driver.cursor() as cursor:
            while isinstance(following, CopyTable):
                stream = _Stream(self._blocks)
                cursor.copy_expert(following.sql, stream)
                following = stream.following


class Unmade(Exception):
    """Whoever makes the lines failed: what was sent is not to stay."""


class _Stream:
    """The blocks of one table as the file that COPY reads from: it gets one, whatever it asks for."""

    def __init__(self, blocks: "SimpleQueue[str | CopyTable | Exception | None]") -> None:
        self._blocks = blocks
        self.following: str | CopyTable | Exception | None = None

    def read(self, size: int) -> str:
        block = self._blocks.get()
        if isinstance(block, str):
            return block
        if isinstance(block, Exception):
            raise block
        self.following = block
        return ""


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    lines = iter(lines)
    while block := "".join(islice(lines, BLOCK)):
        yield block


def _constant(field: Any) -> str:
    if field.primary_key:
        raise TypeError(f"{field} has no constant default")
    value = field.get_default()
    return TEXT[type(value)](value) if type(value) in TEXT else str(value)
