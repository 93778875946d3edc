"""The doorbell after a commit. The sweep finds everything that a lost ring leaves behind."""

import logging
import threading
import time

from django.conf import settings
from django.db import connection, transaction

from ehr.lib.broker import broker_url
from ehr.lib.crashpoint import crashpoint

log = logging.getLogger(__name__)

RELAY = "ehr.record.tasks.relay"
EXPIRES_SECONDS = 30
SILENCE_SECONDS = 5.0
IMPATIENT = {"max_retries": 0, "socket_timeout": 0.15, "socket_connect_timeout": 0.15}
_silent_until = 0.0
_own = threading.local()


def nudge_on_commit() -> None:
    """Once per transaction, whatever number of events it holds."""
    if not any(entry[1] is nudge for entry in connection.run_on_commit):
        transaction.on_commit(nudge)


def nudge(task: str = RELAY) -> None:
    """Never raises, and never keeps an answer waiting for a broker that is down."""
    global _silent_until
    crashpoint("after_commit_before_ring")
    if not settings.REDIS_URL or time.monotonic() < _silent_until:
        return
    was_open = hasattr(_own, "connection")
    try:
        _ring(task)
    except Exception:  # the row is committed; the sweep will find it
        _own.__dict__.clear()
        if not was_open:
            _silent_until = time.monotonic() + SILENCE_SECONDS
        log.warning("the doorbell is out of order, the sweep takes over")


def _ring(task: str) -> None:
    """Over a connection of this thread: the shared ones of the library try again for seconds before they give up."""
    from ehr.celery import app

    if not hasattr(_own, "connection"):
        options = dict(settings.CELERY_BROKER_TRANSPORT_OPTIONS) | IMPATIENT
        _own.connection = app.connection_for_write(broker_url(settings.REDIS_URL), transport_options=options)
    app.send_task(task, connection=_own.connection, retry=False, expires=EXPIRES_SECONDS, ignore_result=True)
