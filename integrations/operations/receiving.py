"""What another system tells us unasked: proven, written down once, then believed no more than its connector allows."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from integrations.connectors.protocol import CallbackRejected, InboundEvent
from integrations.engine.ending import conclude
from integrations.models import Attempt, Connection, Effect, Inbox
from integrations.models.clock import ClockTimestamp
from integrations.operations.doorbell import ring_on_commit
from integrations.rules import states
from integrations.rules.states import Move, State

UNSURE = (State.AMBIGUOUS, *states.NEEDS_HUMAN)


def receive(*, name: str, headers: Mapping[str, str], body: bytes, at: datetime) -> int:
    """How many new events it held. The connection is the one whose secret fits; none fits → CallbackRejected."""
    for connection in Connection.objects.filter(name=name, enabled=True).select_related("data_key", "unit"):
        try:
            inbound = connection.plug.parse_callback(headers, body, connection.secrets or {}, now=at)
        except CallbackRejected:
            continue
        return sum(_take_in(connection, each, body, at=at) for each in inbound)
    raise CallbackRejected(name)


@transaction.atomic
def _take_in(connection: Connection, inbound: InboundEvent, body: bytes, *, at: datetime) -> bool:
    row = Inbox(
        source=connection,
        event_id=inbound.event_id[:120],
        raw_sha256=hashlib.sha256(body).hexdigest(),
        effect_key=inbound.effect_key[:33],
        status=inbound.status[:20],
    )
    Inbox.objects.bulk_create([row], ignore_conflicts=True)
    kept = Inbox.objects.select_for_update().get(source=connection, event_id=row.event_id)
    if kept.result:
        return False
    result = _believe(connection, inbound, at=at)
    Inbox.objects.filter(pk=kept.pk).update(result=result)
    return True


def _believe(connection: Connection, inbound: InboundEvent, *, at: datetime) -> str:
    """Only 'applied' moves anything, and only what nobody is sure of; what rests stays at rest."""
    rows = Effect.objects.filter(connection=connection, idem_key=inbound.effect_key).select_related(
        "connection", "case__unit"
    )
    effect = rows.select_for_update(of=("self",)).first()
    if effect is None:
        return "unknown"
    if inbound.status != "applied" or effect.state not in UNSURE:
        return "noted"
    if effect.standing.can_verify:
        Effect.objects.filter(pk=effect.pk).update(
            state=State.AMBIGUOUS, next_at=ClockTimestamp(), finished_at=None, changed_at=ClockTimestamp()
        )
        ring_on_commit()
        return "to_verify"
    Effect.objects.filter(pk=effect.pk).update(
        state=State.DONE,
        remote_ref=inbound.remote_ref[:200],
        reason="callback",
        finished_at=ClockTimestamp(),
        changed_at=ClockTimestamp(),
    )
    Attempt.close(effect, effect.attempt, outcome="done", reason="callback")
    effect.state = State.DONE
    conclude(effect, Move(state=State.DONE, tries=effect.tries, reason="callback"), at=at)
    return "applied"
