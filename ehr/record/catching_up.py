"""Deliveries that a process of the previous release could not plan, because it did not know the new subscriber yet."""

from typing import Any

from django.db import connection, transaction

from ehr.record import subscriptions
from ehr.record.horizon import horizon
from ehr.record.models import SubscriberSeen

PLAN = """
    INSERT INTO record_delivery (event_id, subscriber, attempts, next_at, error)
    SELECT e.id, %(name)s, 0, clock_timestamp(), ''
    FROM record_event e
    WHERE e.transaction >= %(since)s AND e.transaction < %(until)s
      AND (e.kind = %(kind)s OR (%(prefix)s <> '' AND starts_with(e.kind, %(prefix)s)))
    ON CONFLICT (event_id, subscriber) DO NOTHING
"""


def catch_up() -> int:
    """From the moment a subscriber is first seen it gets every event; returns how many deliveries were missing."""
    return sum(_catch_up_one(subscription) for subscription in subscriptions.everyone())


@transaction.atomic
def _catch_up_one(subscription: subscriptions.Subscription) -> int:
    with connection.cursor() as cursor:
        now = horizon(cursor)
        SubscriberSeen.objects.get_or_create(name=subscription.name, defaults={"planned_before": now})
        seen = SubscriberSeen.objects.select_for_update().get(name=subscription.name)
        missing = _plan(cursor, subscription, since=seen.planned_before, until=now)
    SubscriberSeen.objects.filter(name=subscription.name).update(planned_before=now)
    return missing


def _plan(cursor: Any, subscription: subscriptions.Subscription, *, since: int, until: int) -> int:
    kind = subscription.kind
    prefix = kind[:-1] if kind.endswith(".*") else ""
    values = {"name": subscription.name, "kind": kind, "prefix": prefix, "since": since, "until": until}
    cursor.execute(PLAN, values)
    return int(cursor.rowcount)
