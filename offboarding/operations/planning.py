"""Laying out what runs in parallel: owners, due times, to-dos, and the handover list."""

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import deadlines
from ehr.clock import LEGAL_ZONE
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


@transaction.atomic
def plan_tracks(case: Case, *, by: "User | None", at: datetime) -> None:
    """None waits for another. Work of a preparation that became this case is kept."""
    head = head_of(case)
    for kind, need in tracks.plan(case.kind).items():
        if kind is TrackKind.UNION_NOTICE and not _needs_union(case):
            continue
        track = _plan(case, kind, need, head, at=at)
        if track.is_open:
            ask_owner(track, by=by, at=at)
    start_handover(case, head=head, by=by, at=at)


def ask_owner(track: Track, *, by: "User | None", at: datetime) -> None:
    rule = tracks.RULES[TrackKind(track.kind)]
    if track.kind in ASKED_ELSEWHERE or (rule.automatic and not track.required):
        return
    case = track.case
    deadlines.open_deadline(
        kind=KIND,
        subject=case.ref,
        owner=track.owner,
        role="" if track.owner else track.role,
        unit=None if track.owner else case.unit,
        due_at=track.due_at,
        url=track.url,
        params={"name": case.employment.person.name, "track": track.kind},
        key=track.kind,
        by=by,
        at=at,
    )


def start_handover(case: Case, *, head: "User | None", by: "User | None", at: datetime) -> None:
    track = case.tracks.filter(kind=TrackKind.HANDOVER).first()
    if track is None or track.state == TrackState.CANCELLED:
        return
    assert case.last_working_date is not None
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


def due_of(case: Case, kind: str, *, at: datetime) -> datetime:
    """18:00 of the day; the union is told within working days from approval."""
    assert case.last_working_date and case.termination_date
    day = tracks.due_date(kind, last_working_date=case.last_working_date, termination_date=case.termination_date)
    if day is None:
        working_days = tracks.RULES[TrackKind(kind)].due.working_days
        return deadlines.due_in(working_days=working_days, unit=case.unit, at=case.approved_at or at)
    return datetime.combine(day, END_OF_BUSINESS, LEGAL_ZONE)


def _plan(case: Case, kind: TrackKind, need: Need, head: "User | None", *, at: datetime) -> Track:
    rule = tracks.RULES[kind]
    is_heads = rule.role == "head"
    fields = {
        "required": need is Need.REQUIRED,
        "due_at": due_of(case, kind, at=at),
        "owner": head if is_heads else None,
        "role": "hrbp" if is_heads and head is None else "" if is_heads else rule.role,
    }
    state = TrackState.HELD if tracks.is_held(kind, quiet=case.is_secret) else TrackState.PLANNED
    track, is_new = Track.objects.get_or_create(case=case, kind=kind, defaults={**fields, "state": state})
    if not is_new:
        Track.objects.filter(pk=track.pk).update(**fields)
        if track.state == TrackState.HELD and state != TrackState.HELD:
            track.move(state, sources=[TrackState.HELD], by=None, at=at)
        track.refresh_from_db()
    return track


def _needs_union(case: Case) -> bool:
    ground = GROUNDS.get(case.ground)
    return bool(ground and ground.union_notice) or case.kind == "layoff"
