"""Carries events to their subscribers. Claims are leases, so a process that dies holds nobody up for long."""

import logging
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from ehr.record import subscriptions
from ehr.record.models import Delivery

log = logging.getLogger(__name__)

BATCH = 20
LINE = 0xC1A1  # any constant; advisory locks share one space per database
LEASE_SECONDS = 10
MOST_ATTEMPTS = 8
LONGEST_WAIT_SECONDS = 600
UNFINISHED = "the process died while the subscriber worked"

# Claims stand in line: one that looks at rows while another takes them locks them for a moment after all, and whoever
# took them would find them locked and leave them to their lease. The attempt is counted before the work, so an event
# that kills its worker runs out of attempts too.
CLAIM = """
    SELECT pg_advisory_xact_lock(%(line)s);
    UPDATE record_delivery SET
        attempts = attempts + 1,
        error = CASE WHEN attempts >= %(most)s THEN error ELSE %(unfinished)s END,
        next_at = CASE WHEN attempts >= %(most)s THEN NULL ELSE clock_timestamp() + %(lease)s * interval '1 second' END
    WHERE id IN (
        SELECT id FROM record_delivery
        WHERE done_at IS NULL AND next_at <= clock_timestamp()
        ORDER BY next_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
    )
    RETURNING id, next_at IS NULL
"""


def deliver_all(*, most: int = 10_000) -> int:
    """Deliver what is due until nothing is; returns how many deliveries were done."""
    done = claimed = 0
    while claimed < most and (batch := claim()):
        claimed += len(batch)
        done += sum(deliver(delivery_id) for delivery_id in batch)
    return done


def claim(*, lease: float = LEASE_SECONDS) -> list[int]:
    values: dict[str, Any] = {"most": MOST_ATTEMPTS, "unfinished": UNFINISHED, "lease": lease, "batch": BATCH}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, {**values, "line": LINE})
        rows = cursor.fetchall()
    return sorted(delivery_id for delivery_id, given_up in rows if not given_up)


def deliver(delivery_id: int) -> bool:
    """The handler's work and the mark 'done' are one transaction: both happen, or neither."""
    try:
        with transaction.atomic():
            return _hand_over(delivery_id)
    except Exception as error:  # whatever a subscriber raises concerns only this delivery
        _put_back(delivery_id, error)
        return False


def _hand_over(delivery_id: int) -> bool:
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=delivery_id, done_at=None)
    delivery = waiting.select_related("event").first()
    if delivery is None:
        return False
    subscription = subscriptions.get(delivery.subscriber)
    if subscription is None:
        raise LookupError(f"no subscriber is called {delivery.subscriber!r} here")
    subscription.handler(delivery.event)
    Delivery.objects.filter(pk=delivery_id).update(done_at=Now(), next_at=None, error="")
    return True


def _put_back(delivery_id: int, error: Exception) -> None:
    log.exception("a subscriber failed", extra={"delivery": delivery_id})
    delivery = Delivery.objects.filter(pk=delivery_id, done_at=None).first()
    if delivery is None:
        return
    given_up = delivery.attempts >= MOST_ATTEMPTS
    next_at = None if given_up else Now() + timedelta(seconds=wait_seconds(delivery.attempts))
    reason = f"{type(error).__name__}: {error}"[:2000]
    Delivery.objects.filter(pk=delivery_id, done_at=None).update(next_at=next_at, error=reason)


def wait_seconds(attempts: int) -> int:
    return int(min(2**attempts, LONGEST_WAIT_SECONDS))


def redeliver(delivery_ids: list[int]) -> int:
    """After the reason is mended: give poisoned deliveries their attempts back."""
    poisoned = Delivery.objects.poisoned().filter(pk__in=delivery_ids)
    return poisoned.update(attempts=0, next_at=Now(), error=F("error"))
