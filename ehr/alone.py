"""One process at a time, by a lock that the session of the database holds: a process that dies lets go of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(key: int) -> Iterator[bool]:
    """False when somebody else is at it. `key` is any number of 63 bits; all keys share one space per database."""
    mine = _ask("pg_try_advisory_lock", key)
    try:
        yield mine
    finally:
        if mine:
            _ask("pg_advisory_unlock", key)


def is_taken(key: int) -> bool:
    """By another session."""
    free = _ask("pg_try_advisory_lock_shared", key)
    if free:
        _ask("pg_advisory_unlock_shared", key)
    return not free


def _ask(call: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}(%s)", [key])  # noqa: S608 - a name from above
        return bool(cursor.fetchone()[0])
