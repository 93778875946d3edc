"""Deliveries that a process of the previous release could not plan, because it did not know the new subscriber yet."""

from django.db import connection, transaction

from ehr.record import subscriptions
from ehr.record.models import SubscriberSeen

XMIN = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
PLAN = f"""
    INSERT INTO record_delivery (event_id, subscriber, attempts, next_at, error)
    SELECT e.id, %(name)s, 0, clock_timestamp(), ''
    FROM record_event e
    WHERE e.transaction >= %(since)s AND e.transaction < {XMIN}
      AND (e.kind = %(kind)s OR (%(prefix)s <> '' AND starts_with(e.kind, %(prefix)s)))
    ON CONFLICT (event_id, subscriber) DO NOTHING
"""  # noqa: S608 - a constant of this file


def catch_up() -> int:
    """From the moment a subscriber is first seen it gets every event; returns how many deliveries were missing."""
    return sum(_catch_up_one(subscription) for subscription in subscriptions.everyone())


@transaction.atomic
def _catch_up_one(subscription: subscriptions.Subscription) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {XMIN}")
        now = cursor.fetchone()[0]
        SubscriberSeen.objects.get_or_create(name=subscription.name, defaults={"planned_before": now})
        seen = SubscriberSeen.objects.select_for_update().get(name=subscription.name)
        missing = _plan(cursor, subscription, seen.planned_before)
    SubscriberSeen.objects.filter(name=subscription.name).update(planned_before=now)
    return missing


def _plan(cursor: object, subscription: subscriptions.Subscription, since: int) -> int:
    kind = subscription.kind
    prefix = kind[:-1] if kind.endswith(".*") else ""
    values = {"name": subscription.name, "kind": kind, "prefix": prefix, "since": since}
    cursor.execute(PLAN, values)  # type: ignore[attr-defined]
    return int(cursor.rowcount)  # type: ignore[attr-defined]
