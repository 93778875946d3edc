"""What must hold for the product to be ready: each probe answers with a reason why not, or with nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from ehr.lib.registry import Registry

BEAT_SECONDS = 60

_queues: Registry[str, tuple[Callable[[], datetime | None], float]] = Registry()
_migrated = False


def watch(name: str, *, oldest: Callable[[], datetime | None], seconds: float) -> None:
    """`oldest` tells since when the oldest row of a queue has been due; more than `seconds` ago is not ready."""
    _queues.register(name, (oldest, seconds))


def reasons() -> list[str]:
    try:
        return [reason for reason in (_migrations(), _beat(), *map(_queue, _queues)) if reason]
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the answer is a reason and not a crash
        return [f"database: {type(error).__name__}"]


def _migrations() -> str | None:
    """Migrations only ever come with a new process, so a good answer stays good."""
    global _migrated
    if not _migrated:
        if missing := missing_migrations():
            return f"migrations: {missing} not applied"
        _migrated = True
    connection.ensure_connection()
    return None


def missing_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _beat() -> str | None:
    from ehr.health.models import Heartbeat

    last = Heartbeat.objects.filter(name="beat").values_list("at", flat=True).first()
    return _too_old("beat", last, BEAT_SECONDS) if last else "beat: never seen"


def _queue(name: str) -> str | None:
    oldest, seconds = _queues[name]
    since = oldest()
    return _too_old(name, since, seconds) if since else None


def _too_old(name: str, since: datetime, seconds: float) -> str | None:
    age = timezone.now() - since
    return f"{name}: {age.total_seconds():.0f} s old" if age > timedelta(seconds=seconds) else None


def queue_ages() -> dict[str, float]:
    return {name: _age(oldest()) for name, (oldest, _) in _queues.items()}


def _age(since: datetime | None) -> float:
    return (timezone.now() - since).total_seconds() if since else 0.0
