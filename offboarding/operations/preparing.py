"""Pre-offboarding: getting ready for an exit that nobody filed, seen by HR and named people only."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr.access import refuse_self

from ..models import Case, Decision, Track, TrackState
from ..rules import tracks
from ..rules.kinds import Kind, Starter
from ..rules.tracks import Need
from .filing import request_ending
from .planning import due_of

if TYPE_CHECKING:
    from ehr.identity.models import User
    from employees.models import Employment


@transaction.atomic
def prepare_exit(
    *, employment: "Employment", expected_last_working_date: date, reason: str, by: "User", at: datetime
) -> Case:
    """Plans without touching anything: every track is held, nobody is asked, nothing leaves the house."""
    case = request_ending(
        kind=Kind.PRE_OFFBOARDING,
        employment=employment,
        ground="",
        reason=reason,
        requested_last_working_date=expected_last_working_date,
        starter=Starter.HR,
        by=by,
        at=at,
    )
    case.expect(expected_last_working_date)
    for kind, need in tracks.plan(case.kind).items():
        Track.objects.create(
            case=case,
            kind=kind,
            required=need is Need.REQUIRED,
            state=TrackState.HELD,
            role="hrbp" if tracks.RULES[kind].role == "head" else tracks.RULES[kind].role,
            due_at=due_of(case, kind, at=at),
        )
    return case


@transaction.atomic
def convert_case(*, case: Case, kind: str, ground: str, by: "User", at: datetime) -> None:
    """The preparation becomes a formal case, still a draft, and keeps its tracks."""
    refuse_self(by, case.employment.person.user)
    case.convert(kind=kind, ground=ground, by=by, at=at)


@transaction.atomic
def stand_down(*, case: Case, reason: str, by: "User", at: datetime) -> None:
    """It did not come to that. Only the private record stays."""
    Decision.write(case=case, kind="stand_down", comment=reason, by=by, at=at)
    case.stand_down(by=by, at=at)
    for track in case.tracks.exclude(state=TrackState.CANCELLED):
        track.move(TrackState.CANCELLED, sources=[TrackState(track.state)], by=by, at=at)
