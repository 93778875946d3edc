"""The one way a fact enters the record."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from ehr.crypto.keyring import secret_for
from ehr.lib.facts import Fact
from ehr.record.leaf import spoken
from ehr.record.models import Delivery, Event
from ehr.record.nudging import nudge_on_commit
from ehr.record.requests import current_request_id
from ehr.record.subscriptions import names_for


@dataclass(frozen=True, kw_only=True)
class Emission:
    """One fact to emit together with many others."""

    fact: Fact
    subject: Any
    at: datetime
    by: Any = None
    on_behalf_of: Any = None
    role: str = ""


def emit(fact: Fact, *, subject: Any, by: Any, at: datetime, on_behalf_of: Any = None, role: str = "") -> Event:
    """Write the fact in the caller's transaction: if this fails, so does the change it tells of."""
    emission = Emission(fact=fact, subject=subject, by=by, at=at, on_behalf_of=on_behalf_of, role=role)
    return emit_many([emission])[0]


def emit_many(emissions: Iterable[Emission]) -> list[Event]:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event is written in the transaction of the change it tells of")
    events = [event_of(emission) for emission in emissions]
    Event.objects.bulk_create(events, batch_size=1000)
    if plan_deliveries(events):
        nudge_on_commit()
    return events


def event_of(emission: Emission) -> Event:
    """An unsaved event with its mac, for those who write rows in bulk themselves."""
    if not emission.fact.kind:
        raise ValueError(f"{type(emission.fact).__name__} has no kind")
    event = Event(
        kind=emission.fact.kind,
        subject=ref(emission.subject),
        actor_id=_pk(emission.by),
        on_behalf_of_id=_pk(emission.on_behalf_of),
        role=str(emission.role),
        at=emission.at,
        request_id=current_request_id(),
        payload=emission.fact.payload(),
    )
    event.mac = mac_of(event)
    return event


def mac_of(event: Event) -> bytes:
    return hmac.digest(secret_for("record.mac"), spoken(event), "sha256")


def plan_deliveries(events: Sequence[Event]) -> int:
    """Planned with the event, so that a long transaction elsewhere never holds them back."""
    now = models.functions.Now()
    planned = [
        Delivery(event=event, subscriber=name, next_at=now) for event in events for name in names_for(event.kind)
    ]
    Delivery.objects.bulk_create(planned, batch_size=1000)
    return len(planned)


def ref(obj: Any) -> str:
    """'offboarding.case:<id>'. A text is taken as a reference already made."""
    if isinstance(obj, str):
        return obj
    return f"{obj._meta.label_lower}:{obj.pk}"


def _pk(user: Any) -> Any:
    return getattr(user, "pk", None)
