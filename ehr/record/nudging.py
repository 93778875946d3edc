"""The doorbell after a commit. The sweep finds everything that a lost ring leaves behind."""

import contextlib
import logging
import time

from django.conf import settings
from django.db import connection, transaction

log = logging.getLogger(__name__)

RELAY = "ehr.record.tasks.relay"
SILENCE_SECONDS = 5.0
_silent_until = 0.0


def nudge_on_commit() -> None:
    """Once per transaction, whatever number of events it holds."""
    if not any(hook is nudge for _, hook, _ in connection.run_on_commit):
        transaction.on_commit(nudge)


def nudge(task: str = RELAY) -> None:
    """Never raises, and never keeps an answer waiting for a broker that is down."""
    global _silent_until
    if not settings.REDIS_URL or time.monotonic() < _silent_until:
        return
    try:
        _ring(task)
    except Exception:  # the row is committed; the sweep will find it
        _silent_until = time.monotonic() + SILENCE_SECONDS
        log.warning("the doorbell is out of order, the sweep takes over", exc_info=False)


def _ring(task: str) -> None:
    from ehr.celery import app

    with contextlib.closing(app.connection_for_write(transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS)) as c:
        c.ensure_connection(max_retries=1, timeout=0.3)
    app.send_task(task, retry=False, expires=30, ignore_result=True)
