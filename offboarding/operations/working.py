"""Work on the parallel tracks: by their owners, by connected systems, by the handover."""

from dataclasses import asdict
from datetime import datetime
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import deadlines
from ehr.access import refuse_self
from ehr.documents import uploads
from ehr.errors import Forbidden, Refused

from .. import events
from ..models import Case, Track, TrackFile, TrackState
from ..models.track import OPEN
from ..rules.lifecycle import Action
from . import pay_clock, people, planning
from .after_exit import reopen_of, settle
from .closing import close_if_finished

if TYPE_CHECKING:
    from ehr.identity.models import User

ELSEWHERE = {
    "handover": gettext_lazy("This is finished by the head's signature on the handover."),
    "non_compete": gettext_lazy("This is finished by the decision on the non-compete."),
    "settlement": gettext_lazy("This is finished by the last payment of the settlement."),
}


@transaction.atomic
def finish_track(*, track: Track, note: str = "", by: "User", at: datetime) -> None:
    _begin(track, by, at)
    if track.is_done_elsewhere:
        raise Refused("B_TRACK_BY_ITSELF", str(ELSEWHERE[track.kind]))
    _refuse_unproven(track, note)
    _move(track, TrackState.DONE, by=by, at=at, note=note)


@transaction.atomic
def add_proof(*, track: Track, name: str, size: int, content: IO[bytes], by: "User", at: datetime) -> TrackFile:
    """The paper behind what is done by hand: a receipt, a letter to the union with its stamp."""
    _begin(track, by, at)
    kept = uploads.keep(content, name=name, size=size, already=track.files.count(), folder="tracks")
    row = TrackFile.objects.create(track=track, **asdict(kept), uploaded_by=by, uploaded_at=at)
    track.case.note(
        events.ProofAdded,
        by=by,
        at=at,
        track_id=str(track.pk),
        track=track.kind,
        file_id=str(row.pk),
        sha256=row.sha256,
        size=row.size,
    )
    return row


@transaction.atomic
def begin_track(*, track: Track, note: str = "", by: "User", at: datetime) -> None:
    _begin(track, by, at)
    _move(track, TrackState.IN_PROGRESS, by=by, at=at, note=note)


@transaction.atomic
def fail_track(*, track: Track, note: str, by: "User", at: datetime) -> None:
    _begin(track, by, at)
    _refuse_silence(note)
    _move(track, TrackState.FAILED, by=by, at=at, note=note)


@transaction.atomic
def return_track(*, track: Track, note: str, by: "User", at: datetime) -> None:
    """Done was not done: HR gives it back to its owner with a reason."""
    _begin(track, by, at, managed=True)
    if track.is_done_elsewhere:
        raise Refused("B_TRACK_BY_ITSELF", str(ELSEWHERE[track.kind]))
    _refuse_silence(note)
    _move(track, TrackState.RETURNED, sources=[TrackState.DONE, *OPEN], by=by, at=at, note=note)
    planning.ask_owners([track], by=by, at=at)


@transaction.atomic
def take_track(*, track: Track, owner: "User", by: "User", at: datetime) -> None:
    """From the pool to a person, or from one person to another."""
    _begin(track, by, at)
    give_track(track, owner, by=by, at=at)


def give_track(track: Track, owner: "User", *, by: "User | None", at: datetime) -> None:
    """The caller holds the case."""
    deadlines.close(subject=track.case.ref, kind=planning.KIND, key=track.kind, by=by, at=at, outcome="cancelled")
    Track.objects.filter(pk=track.pk).update(owner=owner)
    track.owner = owner
    planning.ask_owners([track], by=by, at=at)


@transaction.atomic
def progress_track(
    *, case_id: object, kind: str, state: str, note: str = "", by: "User | None" = None, at: datetime
) -> None:
    """What connected systems and the handover report. Said twice it changes nothing; a finished track stays so."""
    case = Case.objects.select_related("employment__person", "unit").get(pk=case_id)
    case.hold()
    track = Track.objects.select_related("case__employment__person", "case__unit").filter(case=case, kind=kind).first()
    if track is None or track.state == state or track.state == TrackState.CANCELLED:
        return
    track.case = case
    to = TrackState(state)
    sources = [*OPEN, TrackState.HELD] if to == TrackState.DONE else [*OPEN]
    if to == TrackState.FAILED:
        sources.append(TrackState.DONE)
    if track.state in sources:
        _move(track, to, sources=sources, by=by, at=at, note=note)
        if to == TrackState.FAILED:
            planning.ask_owners([track], by=by, at=at)


def _begin(track: Track, by: "User", at: datetime, *, managed: bool = False) -> None:
    case = track.case
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.WORK_TRACK, at=at)
    rows = Track.objects.workable_by(by) if not managed else Track.objects.managed_by(by)
    if not rows.filter(pk=track.pk).exists():
        raise Forbidden("not_your_track")


def _move(
    track: Track,
    to: TrackState,
    *,
    sources: list[TrackState] | None = None,
    by: "User | None",
    at: datetime,
    note: str,
) -> None:
    track.move(to, sources=sources or OPEN, by=by, at=at, note=note)
    case = track.case
    case.note(events.TrackMoved, by=by, at=at, track_id=str(track.pk), track=track.kind, state=to.value)
    if to == TrackState.DONE:
        _settle(track, by=by, at=at)
    else:
        reopen_of(track, by=by, at=at)


def _settle(track: Track, *, by: "User | None", at: datetime) -> None:
    case = track.case
    deadlines.close(subject=case.ref, kind=planning.KIND, key=track.kind, by=by, at=at)
    for obligation in case.obligations.running().filter(track=track):
        settle(case, obligation, by=by, at=at)
    if track.kind == "handover":
        pay_clock.handover_ended(case, by=by, at=at)
    if by is not None:
        case.touch(at=at)
    close_if_finished(case, by=by, at=at)


def _refuse_unproven(track: Track, note: str) -> None:
    """A system's own word is a proof; somebody who says 'done' by hand adds a paper or writes what it rests on."""
    if not note.strip() and not track.files.exists():
        detail = _("Add the paper that proves it, or write why there is none.")
        raise Refused("B_PROOF_MISSING", detail, field="note")


def _refuse_silence(note: str) -> None:
    if not note.strip():
        raise Refused("B_REASON_MISSING", _("Please write why."), field="note")
