"""Laying out what runs in parallel: owners, due times, to-dos, and the handover list."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING

from ehr import deadlines
from ehr.clock import LEGAL_ZONE
from ehr.inserting import insert_new
from handover.operations import open_handover

from ..models import Case, Track, TrackState
from ..rules import tracks
from ..rules.grounds import GROUNDS
from ..rules.tracks import Need, TrackKind
from .approvers import head_of

if TYPE_CHECKING:
    from ehr.identity.models import User

KIND = "offboarding.track"
END_OF_BUSINESS = time(18)
ASKED_ELSEWHERE = {TrackKind.HANDOVER, TrackKind.DOCUMENTS}
"""Their people are asked by the handover and by the papers themselves."""
RENEWED = ["required", "due_at", "owner", "role"]


def plan_tracks(case: Case, *, by: "User | None", at: datetime) -> None:
    """None waits for another. Work of a preparation that became this case is kept."""
    head = head_of(case)
    laid_out = _lay_out(case, head, at=at)
    ask_owners([track for track in laid_out if track.is_open], by=by, at=at)
    for track in laid_out:
        if track.kind == TrackKind.HANDOVER and track.state != TrackState.CANCELLED:
            _start_handover(track, case, head, by=by, at=at)


def plan_union(case: Case, *, by: "User | None", at: datetime) -> None:
    """The employer has a union since the approval: it is told before anything more is done (LCL 43)."""
    case.hold()
    if case.state != "approved" or case.employment_ended_at or not _needs_union(case):
        return
    track = _planned(case, TrackKind.UNION_NOTICE, Need.REQUIRED, head_of(case), at=at)
    working_days = tracks.RULES[TrackKind.UNION_NOTICE].due.working_days
    track.due_at = deadlines.due_in(working_days=working_days, at=at)
    ask_owners(insert_new([track]), by=by, at=at)


def ask_owners(asked: Iterable[Track], *, by: "User | None", at: datetime) -> None:
    deadlines.open_many([_duty(track, at=at) for track in asked if _is_asked_here(track)], by=by)


def due_of(case: Case, kind: str, *, at: datetime) -> datetime:
    """18:00 of the day; the union is told within working days from approval."""
    assert case.last_working_date and case.termination_date
    day = tracks.due_date(kind, last_working_date=case.last_working_date, termination_date=case.termination_date)
    if day is None:
        working_days = tracks.RULES[TrackKind(kind)].due.working_days
        return deadlines.due_in(working_days=working_days, at=case.approved_at or at)
    return datetime.combine(case.due_day(day, at=at), END_OF_BUSINESS, LEGAL_ZONE)


def _lay_out(case: Case, head: "User | None", *, at: datetime) -> list[Track]:
    """The caller holds the case, so nobody else lays out at the same time."""
    plans = [_planned(case, kind, need, head, at=at) for kind, need in tracks.plan(case.kind).items()]
    wanted = [plan for plan in plans if plan.kind != TrackKind.UNION_NOTICE or _needs_union(case)]
    new = {plan.kind for plan in insert_new(wanted)}
    there = {track.kind: track for track in case.tracks.all()} if len(new) < len(wanted) else {}
    return [plan if plan.kind in new else _renew(there[plan.kind], plan, at=at) for plan in wanted]


def _planned(case: Case, kind: TrackKind, need: Need, head: "User | None", *, at: datetime) -> Track:
    role = tracks.RULES[kind].role
    is_heads = role == "head"
    return Track(
        case=case,
        kind=kind,
        required=need is Need.REQUIRED,
        state=TrackState.HELD if tracks.is_held(kind, quiet=case.is_secret) else TrackState.PLANNED,
        due_at=due_of(case, kind, at=at),
        owner=head if is_heads else None,
        role="hrbp" if is_heads and head is None else "" if is_heads else role,
    )


def _renew(track: Track, plan: Track, *, at: datetime) -> Track:
    """What a preparation laid out: owner and day are those of the exit now, what was done stays done."""
    if track.state == TrackState.HELD and plan.state != TrackState.HELD:
        track.move(TrackState.PLANNED, sources=[TrackState.HELD], by=None, at=at)
    for name in RENEWED:
        setattr(track, name, getattr(plan, name))
    track.save(update_fields=RENEWED)
    return track


def _is_asked_here(track: Track) -> bool:
    is_automatic = tracks.RULES[TrackKind(track.kind)].automatic
    return track.kind not in ASKED_ELSEWHERE and (track.required or not is_automatic)


def _duty(track: Track, *, at: datetime) -> "deadlines.Deadline":
    case = track.case
    return deadlines.Deadline(
        kind=KIND,
        subject=case.ref,
        owner=track.owner,
        role="" if track.owner else track.role,
        unit=None if track.owner else case.unit,
        due_at=track.due_at,
        url=track.url,
        params={"name": case.employment.person.name, "track": track.kind},
        key=track.kind,
        opened_at=at,
    )


def _start_handover(track: Track, case: Case, head: "User | None", *, by: "User | None", at: datetime) -> None:
    assert case.last_working_date is not None
    if case.employment.unit_id == case.unit_id:
        case.employment.unit = case.unit  # loaded already; the handover asks for it
    open_handover(
        employment=case.employment,
        origin=case.ref,
        successor=case.successor,
        head=head,
        due_at=track.due_at,
        last_working_date=case.last_working_date,
        held=case.is_secret,
        by=by,
        at=at,
    )


def _needs_union(case: Case) -> bool:
    """A layoff is told to the union or to all staff; anybody else's dismissal where there is a union (LCL 43)."""
    ground = GROUNDS.get(case.ground)
    return case.kind == "layoff" or bool(ground and ground.union_notice and case.employment.employer.has_union)
