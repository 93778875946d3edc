"""What a person can do about one effect that came to rest badly."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access, deadlines
from ehr.errors import Refused, WrongState
from integrations import events
from integrations.engine.ending import FAILED, tell_record
from integrations.engine.tracks import progress, tell_track
from integrations.models import Attempt, Effect
from integrations.models.clock import ClockTimestamp
from integrations.operations.doorbell import ring_on_commit
from integrations.rules import states
from integrations.rules.states import State

SETTLED = ("done_by_hand", "not_needed")


@transaction.atomic
def redrive(effect: Effect, *, by: Any, at: datetime) -> Effect:
    """One failed branch again, the others untouched. If the last try may have arrived, the system is asked first."""
    row = _locked(effect, by=by)
    unsure = Attempt.objects.filter(
        effect=row, outcome__in=("ambiguous", "lost", "partial"), number=row.attempt
    ).exists()
    state = State.AMBIGUOUS if unsure and row.standing.can_verify else State.PENDING
    _set(row, state, tries=0, crashes=0, reason="", finished_at=None, next_at=ClockTimestamp())
    tell_record(row, events.EffectRedriven, reason="", at=at, by=by)
    deadlines.close(subject=row, kind=FAILED, by=by, at=at)
    if row.track:
        progress(row, "in_progress", at=at)
    ring_on_commit()
    return row


@transaction.atomic
def settle(effect: Effect, *, outcome: str, by: Any, at: datetime) -> Effect:
    """Done by hand, or not needed: a person answers for it."""
    if outcome not in SETTLED:
        raise Refused("unknown_outcome", _("Choose what has been done."), field="outcome")
    row = _locked(effect, by=by)
    state = State.DONE if outcome == "done_by_hand" else State.NOT_NEEDED
    _set(row, state, reason=outcome, finished_at=ClockTimestamp())
    tell_record(row, events.EffectSettled, reason="", outcome=outcome, at=at, by=by)
    deadlines.close(subject=row, kind=FAILED, by=by, at=at)
    tell_track(row, at=at)
    return row


def _locked(effect: Effect, *, by: Any) -> Effect:
    rows = Effect.objects.select_related("connection__unit", "case__unit", "case__employment__person__user")
    row = rows.select_for_update(of=("self",)).get(pk=effect.pk)
    if row.case is not None:
        access.refuse_self(by, row.case.employment.person.user)
    if row.state not in states.NEEDS_HUMAN:
        raise WrongState(_("This step is not waiting for a person."), allowed=())
    return row


def _set(row: Effect, state: State, **fields: Any) -> None:
    Effect.objects.filter(pk=row.pk).update(state=state, changed_at=ClockTimestamp(), **fields)
    row.state, row.reason = state, str(fields.get("reason", ""))
