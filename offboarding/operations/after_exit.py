"""What is still owed once an employment is over: opened with its end, asked for in time, done with a proof."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ehr import deadlines
from ehr.access import refuse_self
from ehr.clock import LEGAL_ZONE, legal_day
from ehr.documents import uploads
from ehr.errors import Forbidden, Refused, WrongState

from .. import events, may
from ..models import Case, NonCompete, NonCompeteState, Obligation, ObligationEnd, ObligationFile, Track, TrackState
from ..rules import disputes, non_compete, obligations
from ..rules.obligations import Duty, DutyKind
from . import people
from .forgetting import forget_reviewed
from .non_compete_pay import mind_unpaid

if TYPE_CHECKING:
    from ehr.identity.models import User

DUTY = "offboarding.obligation"
TRACK = "offboarding.track"
LAYOFF = "LCL41_"


def open_after_exit(case: Case, *, at: datetime) -> None:
    """With the end of the employment, whatever else of the case is still open."""
    assert case.termination_date is not None
    is_layoff = case.kind == "layoff" or case.ground.startswith(LAYOFF)
    owed = obligations.after(termination_date=case.termination_date, is_layoff=is_layoff, ground=case.ground)
    open_duties(case, owed, at=at)
    _ask_for_decision(case, at=at)
    begin_non_compete(case, at=at)


def open_on_last_day(case: Case, *, at: datetime) -> None:
    """With the certificate, so that nothing of it is late when the employment is over."""
    assert case.termination_date is not None
    open_duties(case, obligations.on_last_day(termination_date=case.termination_date, ground=case.ground), at=at)


def _ask_for_decision(case: Case, *, at: datetime) -> None:
    """Up to the end waiving was free; who has not decided by then does so before the first month is to be paid."""
    assert case.termination_date is not None
    track = case.tracks.open().filter(kind="non_compete").first()
    if track is None or NonCompete.objects.filter(case=case).exists():
        return
    duty = non_compete.decision(termination_date=case.termination_date)
    open_duties(case, [duty], at=at)
    track.due_at = end_of(duty.due_date)
    track.save(update_fields=["due_at"])
    deadlines.move(subject=case.ref, kind=TRACK, key=track.kind, due_at=track.due_at, by=None, at=at)


def begin_non_compete(case: Case, *, at: datetime) -> None:
    """Decided before, counted from the day on which the employment really ended."""
    assert case.termination_date is not None
    clause = NonCompete.objects.filter(case=case, state=NonCompeteState.ACTIVE, from_date=None).first()
    if clause is not None:
        open_duties(case, non_compete.duties(clause.begin(termination_date=case.termination_date)), at=at)


def open_duties(case: Case, duties: Iterable[Duty], *, at: datetime) -> None:
    """What is there already stays as it is."""
    tracks = {track.kind: track for track in case.tracks.all()}
    rows = [_row(case, duty, tracks.get(duty.track)) for duty in duties]
    Obligation.objects.bulk_create(rows, ignore_conflicts=True)
    ask_duties(case, at=at)


def ask_duties(case: Case, *, at: datetime) -> int:
    """Those whose day to be asked has come. The caller holds the case."""
    asked = 0
    for duty in case.obligations.to_be_asked(legal_day(at)):
        if duty.mark_asked(at=at):
            _ask(case, duty, at=at)
            asked += 1
    return asked


def end_periods(case: Case, *, at: datetime) -> int:
    """What only had to be kept to is over with its day, or with the dispute that held it."""
    over = list(case.obligations.run_out(legal_day(at)))
    for duty in over:
        settle(case, duty, outcome=ObligationEnd.OVER, by=None, at=at)
    return len(over)


def cancel_duties(case: Case, *, by: "User | None", at: datetime) -> list[str]:
    """With an exit that does not come about. A dispute goes on and keeps its days: the codes of these."""
    running = list(case.obligations.running())
    for duty in running:
        if duty.kind not in disputes.KINDS:
            settle(case, duty, outcome=ObligationEnd.CANCELLED, by=by, at=at)
    return [duty.code for duty in running if duty.kind in disputes.KINDS]


def settle(
    case: Case, duty: Obligation, *, outcome: str = ObligationEnd.DONE, note: str = "", by: "User | None", at: datetime
) -> None:
    """The caller holds the case."""
    close_duty(case, duty, outcome=outcome, note=note, by=by, at=at)
    if outcome == ObligationEnd.CANCELLED:
        case.note(events.ObligationCancelled, by=by, at=at, **_about(duty))
    else:
        case.note(events.ObligationFinished, by=by, at=at, outcome=str(outcome), **_about(duty))


def close_duty(case: Case, duty: Obligation, *, outcome: str, note: str = "", by: "User | None", at: datetime) -> None:
    """With its to-do. The caller holds the case and tells the record."""
    duty.finish(outcome=outcome, note=note, by=by, at=at)
    kept = "done" if outcome == ObligationEnd.DONE else "cancelled"
    deadlines.close(subject=case.ref, kind=DUTY, key=duty.code, by=by, at=at, outcome=kept)


def reopen(case: Case, row: Obligation, duty: Duty, *, by: "User | None", at: datetime) -> None:
    """The caller holds the case, and asks afterwards."""
    row.reopen(duty)
    case.note(events.ObligationReopened, by=by, at=at, due_date=duty.due_date.isoformat(), **_about(row))


def reopen_of(track: Track, *, by: "User | None", at: datetime) -> None:
    """What rested on a track that was not done after all. The caller holds the case."""
    for row in track.case.obligations.filter(track=track, outcome=ObligationEnd.DONE):
        reopen(track.case, row, row.duty, by=by, at=at)


@transaction.atomic
def finish_obligation(
    *, obligation: Obligation, note: str = "", forget: Sequence[str] = (), by: "User", at: datetime
) -> None:
    """With `forget`, the names of contact data that the review found to be needed no more: gone with it."""
    _begin(obligation, by, at)
    if forget:
        forget_reviewed(obligation, forget, by=by, at=at)
    if not note.strip() and not forget and not obligation.files.exists():
        detail = _("Add the paper that proves it, or write why there is none.")
        raise Refused("B_PROOF_MISSING", detail, field="note")
    settle(obligation.case, obligation, note=note.strip(), by=by, at=at)
    if obligation.kind == DutyKind.NON_COMPETE_PAY:
        mind_unpaid(obligation.case, at=at)


@transaction.atomic
def add_obligation_proof(
    *, obligation: Obligation, name: str, size: int, content: IO[bytes], by: "User", at: datetime
) -> ObligationFile:
    _begin(obligation, by, at)
    return keep_proof(obligation, name=name, size=size, content=content, by=by, at=at)


def keep_proof(
    obligation: Obligation, *, name: str, size: int, content: IO[bytes], by: "User", at: datetime
) -> ObligationFile:
    kept = uploads.keep(content, name=name, size=size, already=obligation.files.count(), folder="obligations")
    row = ObligationFile.objects.create(obligation=obligation, **asdict(kept), uploaded_by=by, uploaded_at=at)
    about = {**_about(obligation), "file_id": str(row.pk), "sha256": row.sha256, "size": row.size}
    obligation.case.note(events.ObligationProofAdded, by=by, at=at, **about)
    return row


def _begin(obligation: Obligation, by: "User", at: datetime) -> None:
    case = obligation.case
    refuse_self(by, people.leaver_of(case))
    case.confirm(may.action_on(obligation), at=at)
    if not obligation.is_workable_by(by):
        raise Forbidden("not_your_obligation")
    refuse_closed(obligation)


def refuse_closed(obligation: Obligation) -> None:
    """The caller holds the case: what was read before may be settled by now."""
    obligation.refresh_from_db(fields=["done_at", "outcome"])
    if why := obligation.closed_to_hands:
        raise WrongState(why)


def _row(case: Case, duty: Duty, track: Track | None) -> Obligation:
    """A track that is at work does it; one that is finished did it."""
    row = Obligation(
        case=case,
        kind=duty.kind,
        nth=duty.nth,
        article=duty.article,
        due_date=duty.due_date,
        role=duty.role,
        ask_date=duty.ask_date,
    )
    if track is None or track.state == TrackState.CANCELLED:
        return row
    row.track = track
    if track.state == TrackState.DONE:
        row.done_at, row.done_by, row.outcome = track.moved_at, track.moved_by, ObligationEnd.DONE
    return row


def _ask(case: Case, duty: Obligation, *, at: datetime) -> None:
    """What only the person can say is asked of the person. Once it is late HR hears of it, never the former head."""
    leaver = people.leaver_of(case)
    asked: dict[str, Any] = {"role": duty.role, "unit": case.unit, "url": duty.url, "kept_from": leaver}
    if duty.kind == DutyKind.NON_COMPETE_DECLARATION and leaver is not None:
        door = reverse("offboarding:door_declaration", args=[duty.pk])
        asked = {"owner": leaver, "unit": case.unit, "url": door}
    deadlines.open_deadline(
        kind=DUTY,
        subject=case.ref,
        due_at=end_of(duty.due_date),
        params={"name": case.employment.person.name, "duty": duty.kind, "nth": duty.nth},
        key=duty.code,
        ladder=deadlines.Deadline.Ladder.HR,
        by=None,
        at=at,
        **asked,
    )


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LEGAL_ZONE) - timedelta(seconds=1)


def _about(duty: Obligation) -> dict[str, object]:
    return {"obligation_id": str(duty.pk), "obligation": duty.kind, "nth": duty.nth}
