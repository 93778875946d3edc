"""Taking up one effect. All that must be true before a socket opens is decided and committed here, in one transaction."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
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
        found = _next(business_now, busy, suspects)
        if found is None:
            return None
        effect, seen = found
        effect.connection = (Connections() if connections is None else connections)[effect.connection_id]
        call = Deadline(effect.connection.deadline_seconds)
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
# Questions instead of joins: so the server goes along the index and stops at the first that fits, however many are due.
# The case is read under a shared lock: a withdrawal that commits first is seen, one that comes later waits.
NEXT = """
    WITH due AS MATERIALIZED (
        SELECT e.* FROM integrations_effect e
        WHERE e.state IN ('pending', 'ambiguous')
          AND e.next_at <= statement_timestamp() AND e.scheduled_at <= %(business_now)s
          AND e.connection_id <> ALL (%(busy)s::uuid[])
          AND (%(suspects)s IS NULL OR (e.crashes > 0) = %(suspects)s)
          AND (SELECT c.enabled FROM integrations_connection c WHERE c.id = e.connection_id)
          AND (e.depends_on_id IS NULL OR
               (SELECT d.state IN ('done', 'not_needed') FROM integrations_effect d WHERE d.id = e.depends_on_id))
        ORDER BY e.next_at LIMIT 1 FOR UPDATE OF e SKIP LOCKED
    ), its_case AS MATERIALIZED (
        SELECT state, quiet AND told_at IS NULL AS is_secret FROM offboarding_case
        WHERE id = (SELECT case_id FROM due) FOR SHARE
    )
    SELECT its_case.state, its_case.is_secret, {columns} FROM due LEFT JOIN its_case ON true
"""


def _next(business_now: datetime, busy: Collection[UUID], suspects: bool | None) -> tuple[Effect, Look] | None:
    """Waits end by the database's clock; the hour on the last day comes by the business clock."""
    statement, effect_of = _reading()
    with database.cursor() as cursor:
        values: dict[str, Any] = {"business_now": business_now, "busy": [str(pk) for pk in busy], "suspects": suspects}
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if row is None:
        return None
    effect = effect_of(row[2:])
    return effect, _look(effect, case_state=row[0], is_secret=row[1])


@cache
def _reading() -> tuple[str, Callable[[Sequence[Any]], Effect]]:
    """The statement and how a row of it becomes an effect, worked out once instead of at every claim."""
    fields = Effect._meta.concrete_fields
    names = [field.attname for field in fields]
    converters = [(place, read) for place, field in enumerate(fields) for read in field.get_db_converters(database)]
    columns = [field.get_col("due") for field in fields]

    def effect_of(row: Sequence[Any]) -> Effect:
        values = list(row)
        for place, read in converters:
            values[place] = read(values[place], columns[place], database)
        return Effect.from_db(database.alias, names, values)

    return NEXT.format(columns=", ".join(f"due.{field.column}" for field in fields)), effect_of


def _look(effect: Effect, *, case_state: str, is_secret: bool) -> Look:
    if effect.case_id is None:
        return Look.GO
    outlives = effect.step == WITHDRAWN or effect.purpose == Effect.Purpose.REVERT
    return states.look(case_state=case_state, is_secret=is_secret, outlives_withdrawal=outlives)


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
