"""Taking up one effect. All that must be true before a socket opens is decided and committed here, in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection as database
from django.db import transaction

from integrations.connectors.deadline import Deadline
from integrations.engine.ending import conclude
from integrations.engine.permit import Refusal, permit
from integrations.models import Connection, Effect
from integrations.models.clock import ClockTimestamp
from integrations.rules import states
from integrations.rules.states import Look, Mode, Move, State

WITHDRAWN = "offboarding.case.withdrawn"


@dataclass(frozen=True, kw_only=True)
class Claim:
    effect: Effect
    mode: Mode
    call: Deadline
    spec: Any
    secrets: dict[str, str]
    now: datetime
    probing: bool


@dataclass(frozen=True, kw_only=True)
class Passed:
    """Nothing to send: the effect was settled on the spot, or its system takes no more just now."""

    busy: UUID | None = None


class Connections(dict[UUID, Connection]):
    """Loaded once per run through what is due; a change is seen by the next run, some seconds later."""

    def __missing__(self, pk: UUID) -> Connection:
        self[pk] = Connection.objects.select_related("data_key", "unit").get(pk=pk)
        return self[pk]


def claim(
    *,
    business_now: datetime,
    busy: Collection[UUID] = (),
    connections: Connections | None = None,
    suspects: bool | None = None,
) -> Claim | Passed | None:
    """The next due effect, or None when there is none. The deadline starts before the claim, so a worker that wakes
    up late finds its time used up and sends nothing."""
    with transaction.atomic():
        effect = _next(business_now, busy, Connections() if connections is None else connections, suspects)
        if effect is None:
            return None
        call = Deadline(effect.connection.deadline_seconds)
        seen = _look(effect)
        mode = states.mode_of(State(effect.state), seen, can_verify=effect.standing.can_verify)
        if seen is Look.HOLD:
            return _settle(effect, State.HELD, "not_told", at=business_now)
        if mode is None:
            return _settle(effect, State.NOT_NEEDED, "withdrawn", at=business_now)
        granted = permit(effect.connection)
        if isinstance(granted, Refusal):
            return Passed(busy=effect.connection_id)
        return _take(effect, mode, call, probing=granted.probing, business_now=business_now)


# Plain SQL, like the other statements of this hot path: writing them by the ORM costs ten times what they take to run.
NEXT = """
    SELECT e.id FROM integrations_effect e
    JOIN integrations_connection c ON c.id = e.connection_id AND c.enabled
    LEFT JOIN integrations_effect d ON d.id = e.depends_on_id
    WHERE e.state IN ('pending', 'ambiguous')
      AND e.next_at <= clock_timestamp() AND e.scheduled_at <= %(business_now)s
      AND (d.id IS NULL OR d.state IN ('done', 'not_needed'))
      AND e.connection_id <> ALL (%(busy)s::uuid[])
      AND (%(suspects)s IS NULL OR (e.crashes > 0) = %(suspects)s)
    ORDER BY e.next_at LIMIT 1 FOR UPDATE OF e SKIP LOCKED
"""


def _next(
    business_now: datetime, busy: Collection[UUID], connections: Connections, suspects: bool | None
) -> Effect | None:
    """Waits end by the database's clock; the hour on the last day comes by the business clock."""
    with database.cursor() as cursor:
        values: dict[str, Any] = {"business_now": business_now, "busy": [str(pk) for pk in busy], "suspects": suspects}
        cursor.execute(NEXT, values)
        row = cursor.fetchone()
    if row is None:
        return None
    effect = Effect.objects.get(pk=row[0])
    effect.connection = connections[effect.connection_id]
    return effect


def _look(effect: Effect) -> Look:
    """The case is read under a shared lock: a withdrawal that commits first is seen, one that comes later waits."""
    if effect.case_id is None:
        return Look.GO
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT state, quiet AND told_at IS NULL FROM offboarding_case WHERE id = %s FOR SHARE", [effect.case_id]
        )
        row = cursor.fetchone()
    assert row is not None
    outlives = effect.step == WITHDRAWN or effect.purpose == Effect.Purpose.REVERT
    return states.look(case_state=row[0], is_secret=row[1], outlives_withdrawal=outlives)


def _settle(effect: Effect, state: State, reason: str, *, at: datetime) -> Passed:
    move = Move(state=state, tries=effect.tries, reason=reason)
    finished = ClockTimestamp() if state not in states.OPEN else None
    Effect.objects.filter(pk=effect.pk).update(
        state=state, reason=reason, finished_at=finished, changed_at=ClockTimestamp()
    )
    effect.state = state
    conclude(effect, move, at=at)
    return Passed()


TAKE = """
    WITH taken AS (
        UPDATE integrations_effect SET state = 'sending', attempt = attempt + 1, changed_at = clock_timestamp(),
            lease_until = clock_timestamp() + %(lease)s * interval '1 second'
        WHERE id = %(id)s RETURNING id, attempt, payload_hash
    )
    INSERT INTO integrations_attempt (effect_id, number, mode, request_hash, outcome, reason, remote_ref, evidence)
    SELECT id, attempt, %(mode)s, payload_hash, '', '', '', '' FROM taken
"""


def _take(effect: Effect, mode: Mode, call: Deadline, *, probing: bool, business_now: datetime) -> Claim:
    with database.cursor() as cursor:
        cursor.execute(TAKE, {"id": effect.pk, "lease": effect.connection.lease_seconds, "mode": mode.value})
    effect.attempt += 1
    effect.state = State.SENDING
    return Claim(
        effect=effect,
        mode=mode,
        call=call,
        spec=effect.as_spec,
        secrets=dict(effect.connection.secrets or {}),
        now=business_now,
        probing=probing,
    )
