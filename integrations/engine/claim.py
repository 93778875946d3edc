"""Taking up one effect. All that must be true before a socket opens is decided and committed here, in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection as database
from django.db import transaction
from django.db.models import F

from integrations.connectors.deadline import Deadline
from integrations.engine.ending import conclude
from integrations.engine.permit import Refusal, permit
from integrations.models import Attempt, Effect
from integrations.models.clock import ClockTimestamp
from integrations.models.effect import seconds
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


def claim(*, business_now: datetime, busy: Collection[UUID] = ()) -> Claim | Passed | None:
    """The next due effect, or None when there is none. The deadline starts before the claim, so a worker that wakes
    up late finds its time used up and sends nothing."""
    with transaction.atomic():
        effect = _next(business_now, busy)
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


def _next(business_now: datetime, busy: Collection[UUID]) -> Effect | None:
    due = Effect.objects.due(business_now=business_now).exclude(connection__in=list(busy))
    rows = due.select_related("connection__data_key", "connection__unit", "data_key")
    return rows.select_for_update(of=("self",), skip_locked=True).order_by("next_at").first()


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


def _take(effect: Effect, mode: Mode, call: Deadline, *, probing: bool, business_now: datetime) -> Claim:
    effect.attempt += 1
    effect.state = State.SENDING
    Effect.objects.filter(pk=effect.pk).update(
        state=State.SENDING,
        attempt=F("attempt") + 1,
        lease_until=ClockTimestamp() + seconds(effect.connection.lease_seconds),
        changed_at=ClockTimestamp(),
    )
    Attempt.objects.create(effect=effect, number=effect.attempt, mode=mode, request_hash=effect.payload_hash)
    return Claim(
        effect=effect,
        mode=mode,
        call=call,
        spec=effect.as_spec,
        secrets=dict(effect.connection.secrets or {}),
        now=business_now,
        probing=probing,
    )
