"""Up to where everything that was ever begun to be written is written."""

from typing import Any

# Two statements, in this order: whatever ran at the first and is gone at the second is visible to a third.
NEXT = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
# pg_snapshot_xmin would also wait for the other databases of the server: a dump of one would hold up all the others.
# The activity shows a transaction from its first moment on, but only of one's own role; the locks those of every role.
RUNNING = """
    SELECT a.backend_xid::text::bigint FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.backend_xid IS NOT NULL
    UNION ALL
    SELECT l.transactionid::text::bigint FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
      AND (l.pid IS NULL OR a.datname = current_database())
"""
WRAP = 2**32


def horizon(cursor: Any) -> int:
    """No transaction of this database below this number still runs or can still begin."""
    cursor.execute(NEXT)
    following = int(cursor.fetchone()[0])
    cursor.execute(RUNNING)
    return min((_full(short, following) for (short,) in cursor.fetchall()), default=following)


def _full(short: int, near: int) -> int:
    """The catalogue shows 32 of the 64 bits; running transactions are never further apart than half of that."""
    distance = (near - short) % WRAP
    return near - distance if distance < WRAP // 2 else near


def is_ahead(cursor: Any, transaction: int) -> bool:
    """A number that this server has not reached: the row was restored from another one."""
    cursor.execute(NEXT)
    return transaction > int(cursor.fetchone()[0])
