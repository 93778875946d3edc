"""What the case hears: a track is done when every effect of it has come to rest well."""

from datetime import datetime

from django.db import connection as database

from integrations.models import Effect
from integrations.rules.states import NEEDS_HUMAN, OPEN, State


def tell_track(effect: Effect, *, at: datetime) -> None:
    if effect.case_id is None or not effect.track or effect.purpose == Effect.Purpose.REVERT:
        return
    states = _siblings(effect)
    if effect.state == State.NOT_NEEDED and effect.reason == "withdrawn":
        return
    if states & set(NEEDS_HUMAN):
        progress(effect, "failed", at=at)
    elif not states & set(OPEN):
        progress(effect, "done", at=at)


def progress(effect: Effect, state: str, *, at: datetime) -> None:
    from offboarding.operations import progress_track

    progress_track(case_id=effect.case_id, kind=effect.track, state=state, note=effect.connection.title, by=None, at=at)


def _siblings(effect: Effect) -> set[State]:
    """One finisher of a track at a time, so that of the last two the later one sees the other; no row locks, no deadlock."""
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{effect.case_id}|{effect.track}"])
    rows = Effect.objects.filter(case=effect.case_id, track=effect.track, purpose=Effect.Purpose.APPLY)
    return {State(state) for state in rows.exclude(pk=effect.pk).values_list("state", flat=True)} | {
        State(effect.state)
    }
