"""Working through what is due, several calls at a time in each worker process."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import close_old_connections, connection

from integrations.connectors.http import close_idle
from integrations.engine.carry import carry_out
from integrations.engine.claim import Claim, Connections, Passed, claim
from integrations.engine.finish import finish
from integrations.models import Effect

THREADS = 4
PATIENCE = 5.0
MOST = 500

Clock = Callable[[], datetime]


def run_due(*, clock: Clock, suspects: bool | None = None, most: int = MOST) -> int:
    """One after the other until nothing is due; returns how many calls were made. `suspects`: only those that were
    in flight when a process died (True), only the others (False), or all (None)."""
    busy: set[UUID] = set()
    connections = Connections()
    calls = 0
    while calls < most:
        taken = claim(business_now=clock(), busy=busy, connections=connections, suspects=suspects)
        if taken is None:
            break
        if isinstance(taken, Passed):
            busy |= {taken.busy} if taken.busy else set()
            continue
        _carry(taken, clock)
        calls += 1
    return calls


def run_due_in_threads(*, clock: Clock) -> None:
    """Returns after a while even if a system hangs, so that a slow one holds up no other work of this process.

    Whatever was in flight when a process died goes alone afterwards: if it was the one that kills, it takes nobody
    along again."""
    threads = Effect.objects.due(clock())[:THREADS].count()  # each opens a connection to the database
    futures: list[Future[int]] = [_executor().submit(_in_thread, clock) for _ in range(threads)]
    if not wait(futures, timeout=PATIENCE).not_done:
        run_due(clock=clock, suspects=True)
        close_idle()


def _carry(taken: Claim, clock: Clock) -> None:
    finish(taken, carry_out(taken), at=clock())


def _in_thread(clock: Clock) -> int:
    close_old_connections()
    try:
        return run_due(clock=clock, suspects=False)
    finally:
        close_idle()
        connection.close()


@cache
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="effects")


def close(**_signal: object) -> None:
    """A process that is asked to stop lets its calls come to their end."""
    if _executor.cache_info().currsize:
        _executor().shutdown(wait=True)
