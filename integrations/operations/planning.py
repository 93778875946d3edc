"""From an event of a case to the effects it demands, in the transaction that marks the event as delivered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ehr.crypto.keyring import secret_for
from ehr.record import Event
from employees.models import Employment
from integrations import events
from integrations.engine.ending import conclude, tell_record
from integrations.models import Connection, Effect
from integrations.models.clock import ClockTimestamp
from integrations.operations.doorbell import ring_on_commit
from integrations.rules import keys, planning, states
from integrations.rules.planning import CaseSnapshot, EffectSpec, Timing
from integrations.rules.states import Move, State
from offboarding.models import Case

BY_HAND = "by_hand"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Why an effect exists: an event of a case, or a letter of the house."""

    step: str
    key: str
    event: Event | None = None
    case: Case | None = None


def plan_effects(*, event: Event, at: datetime) -> list[Effect]:
    case = Case.objects.select_related("employment__person__user", "unit", "data_key").get(pk=event.payload["case_id"])
    snapshot = replace(snapshot_of(case), settlement_id=event.payload.get("settlement_id", ""))
    source = Source(step=event.kind, key=str(case.pk), event=event, case=case)
    planned: list[Effect] = []
    for connection in Connection.objects.of_unit(case.unit):
        specs = planning.ordered(connection.plug.plan(event.kind, snapshot, connection.config))
        planned += [effect_of(connection, spec, source, at=at) for spec in specs]
        _chain(planned, specs, connection)
    return keep(planned, at=at)


def keep(planned: list[Effect], *, at: datetime) -> list[Effect]:
    """What was planned before, by the same event or with the same content, is not planned again."""
    Effect.objects.bulk_create(planned, ignore_conflicts=True)
    kept = list(
        Effect.objects.filter(pk__in=[effect.pk for effect in planned]).select_related("connection", "case__unit")
    )
    for effect in kept:
        tell_record(effect, events.EffectPlanned, reason="", scheduled_at=effect.scheduled_at.isoformat(), at=at)
        if effect.state in states.NEEDS_HUMAN:
            conclude(effect, Move(state=State(effect.state), tries=0, reason=effect.reason), at=at)
    if kept:
        ring_on_commit()
    return kept


def effect_of(connection: Connection, spec: EffectSpec, source: Source, *, at: datetime) -> Effect:
    case = source.case
    revision = keys.digest(spec.payload)
    state = _first_state(connection, case)
    return Effect(
        event=source.event,
        spec=f"{connection.name}:{spec.action}:{spec.target}"[:160],
        case=case,
        connection=connection,
        step=source.step,
        action=spec.action,
        target=spec.target,
        track=spec.track,
        timing=spec.timing,
        data_key=case.data_key if case else connection.data_key,
        payload=spec.payload,
        payload_hash=revision,
        idem_key=_key(source, connection, spec, revision),
        state=state,
        reason=BY_HAND if state is State.FAILED_NEEDS_HUMAN else "",
        scheduled_at=when(connection, case, Timing(spec.timing), at=at),
    )


def when(connection: Connection, case: Case | None, timing: Timing, *, at: datetime) -> datetime:
    """At the last day's hour, unless this kind of exit demands it at once (after the person was told)."""
    if case is None or case.kind in connection.at_once_for:
        return at
    zone = case.unit.time_zone or "Asia/Shanghai"
    return planning.moment(timing, last_day=case.last_working_date, hour=connection.hour, zone=zone, now=at)


def snapshot_of(case: Case) -> CaseSnapshot:
    user = case.employment.person.user
    return CaseSnapshot(
        case_id=str(case.pk),
        number=case.number,
        kind=case.kind,
        employee_number=case.employment.employee_number,
        login=user.username if user else "",
        unit_code=case.unit.code,
        successor_number=_number_of(case.successor_id),
        last_working_date=case.last_working_date,
        termination_date=case.termination_date,
    )


def _number_of(user_id: Any) -> str:
    if user_id is None:
        return ""
    numbers = Employment.objects.filter(person__user=user_id).order_by("-hire_date")
    return numbers.values_list("employee_number", flat=True).first() or ""


def _first_state(connection: Connection, case: Case | None) -> State:
    if case is not None and case.is_secret:
        return State.HELD
    if connection.mode == Connection.Mode.BY_HAND:
        return State.FAILED_NEEDS_HUMAN
    return State.PENDING


def _key(source: Source, connection: Connection, spec: EffectSpec, revision: str) -> str:
    return keys.idem_key(
        secret_for("integrations.effect_key"),
        case=source.key,
        step=source.step,
        action=f"{connection.pk}:{spec.action}",
        target=spec.target,
        revision=revision,
    )


def _chain(planned: list[Effect], specs: Iterable[EffectSpec], connection: Connection) -> None:
    by_action = {effect.action: effect for effect in planned if effect.connection_id == connection.pk}
    for spec in specs:
        if spec.after and spec.after in by_action:
            by_action[spec.action].depends_on = by_action[spec.after]


def reschedule(*, case_id: str, at: datetime) -> int:
    """New dates: what has not been sent moves along."""
    case = Case.objects.select_related("unit").get(pk=case_id)
    moved = 0
    for effect in _waiting(case_id).filter(timing=Timing.LAST_DAY):
        moment = when(effect.connection, case, Timing.LAST_DAY, at=at)
        if moment != effect.scheduled_at:
            _move(effect, moment, at=at)
            moved += 1
    return moved


def release(*, case_id: str, at: datetime) -> int:
    """The person has been told: what was held goes its way."""
    case = Case.objects.select_related("unit").get(pk=case_id)
    held = list(_waiting(case_id).filter(state=State.HELD))
    for effect in held:
        by_hand = effect.connection.mode == Connection.Mode.BY_HAND
        state = State.FAILED_NEEDS_HUMAN if by_hand else State.PENDING
        moment = when(effect.connection, case, Timing(effect.timing), at=at)
        Effect.objects.filter(pk=effect.pk).update(
            state=state, scheduled_at=moment, next_at=ClockTimestamp(), changed_at=ClockTimestamp()
        )
        effect.state = state
        if by_hand:
            conclude(effect, Move(state=state, tries=0, reason=BY_HAND), at=at)
    if held:
        ring_on_commit()
    return len(held)


def stop(*, case_id: str, at: datetime) -> int:
    """The exit is off: what waits is not needed any more. What may have been sent is asked about by the engine."""
    stopped = list(_waiting(case_id).filter(state__in=(State.HELD, State.PENDING)))
    for effect in stopped:
        Effect.objects.filter(pk=effect.pk).update(
            state=State.NOT_NEEDED, reason="withdrawn", finished_at=ClockTimestamp(), changed_at=ClockTimestamp()
        )
        effect.state, effect.reason = State.NOT_NEEDED, "withdrawn"
        conclude(effect, Move(state=State.NOT_NEEDED, tries=effect.tries, reason="withdrawn"), at=at)
    return len(stopped)


def _waiting(case_id: str) -> Any:
    rows = Effect.objects.filter(case__id=case_id, purpose=Effect.Purpose.APPLY).exclude(
        step="offboarding.case.withdrawn"
    )
    waiting = rows.filter(state__in=(State.HELD, State.PENDING)).select_related("connection__unit", "case__unit")
    return waiting.select_for_update(of=("self",)).order_by("pk")


def _move(effect: Effect, moment: datetime, *, at: datetime) -> None:
    Effect.objects.filter(pk=effect.pk).update(scheduled_at=moment, changed_at=ClockTimestamp())
    fact = events.EffectRescheduled
    tell_record(effect, fact, reason="dates_changed", scheduled_at=moment.isoformat(), at=at)
