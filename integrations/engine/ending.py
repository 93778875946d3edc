"""What follows when an effect comes to rest: the record, the to-do of a person, the track of the case."""

from datetime import datetime

from ehr import deadlines, record
from ehr.access import Role
from integrations import events
from integrations.engine.tracks import tell_track
from integrations.models import Effect
from integrations.rules.outcome import Kind, Outcome
from integrations.rules.states import NEEDS_HUMAN, OPEN, Move, State

FACTS = {
    State.DONE: events.EffectVerified,
    State.NOT_NEEDED: events.EffectNotNeeded,
    State.FAILED_NEEDS_HUMAN: events.EffectFailed,
    State.QUARANTINED: events.EffectQuarantined,
}
FAILED = "integrations.effect_failed"
LOCKED = "integrations.connection_locked"


def conclude(effect: Effect, move: Move, *, at: datetime, outcome: Outcome | None = None) -> None:
    if outcome is not None and outcome.kind is Kind.AUTH:
        _page_owner(effect, at=at)
    if move.state in OPEN:
        return
    tell_record(effect, FACTS[move.state], reason=move.reason, at=at)
    if move.state in NEEDS_HUMAN:
        _ask_human(effect, move.reason, at=at)
    tell_track(effect, at=at)


def tell_record(
    effect: Effect, fact: type[events.EffectFact], *, at: datetime, by: object = None, **facts: str
) -> None:
    told = fact(
        effect_id=str(effect.pk),
        case_id=str(effect.case_id or ""),
        connection=effect.connection.name,
        action=effect.action,
        **facts,
    )
    record.emit(told, subject=effect, by=by, at=at)


def _ask_human(effect: Effect, reason: str, *, at: datetime) -> None:
    unit = effect.case.unit if effect.case else effect.connection.unit
    deadlines.open_deadline(
        kind=FAILED,
        subject=effect,
        role=Role.IT,
        unit=unit,
        due_at=deadlines.due_in(working_days=1, at=at),
        url=effect.url,
        params={
            "system": effect.connection.title,
            "number": effect.case.number if effect.case else "",
            "reason": reason,
        },
        by=None,
        at=at,
    )


def _page_owner(effect: Effect, *, at: datetime) -> None:
    """One to-do per system, however many effects wait behind it."""
    connection = effect.connection
    deadlines.open_deadline(
        kind=LOCKED,
        subject=connection,
        role=Role.IT,
        unit=connection.unit,
        due_at=deadlines.due_in(working_days=1, at=at),
        url=connection.url,
        params={"system": connection.title},
        by=None,
        at=at,
    )
