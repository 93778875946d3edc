"""Moving the four dates: agreed with the last signature, or later with a preview of everything that moves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import deadlines
from handover.operations import move_handover

from .. import events
from ..models import Case, Track, Waiver
from ..rules import dates
from ..rules.dates import FourDates
from . import answering, gating, people, settling
from .planning import KIND, due_of

if TYPE_CHECKING:
    from ehr.identity.models import User


@dataclass(frozen=True, kw_only=True)
class Shift:
    """One thing that moves with the dates."""

    what: str
    before: datetime | date
    after: datetime | date


def agree_last_day(case: Case, day: date, *, by: "User", at: datetime) -> None:
    """Employer and employee agree on a day; an earlier one than the notice is a waiver by the employer."""
    assert case.filed_date is not None
    change_dates(case=case, dates_to_be=dates.on(filed_date=case.filed_date, day=day), by=by, at=at)


def preview(case: Case, to_be: FourDates, *, at: datetime) -> list[Shift]:
    """What would move, without moving anything."""
    gating.refuse_dates_of(case, to_be, at=at)
    with transaction.atomic():
        moved = _in_memory(case, to_be)
        return [
            Shift(what=track.kind, before=track.due_at, after=after)
            for track in case.tracks.exclude(state__in=["done", "cancelled"]).order_by("due_at")
            if (after := due_of(moved, track.kind, at=at)) != track.due_at
        ]


@transaction.atomic
def change_dates(*, case: Case, dates_to_be: FourDates, by: "User | None", at: datetime) -> list[Track]:
    gating.refuse_dates_of(case, dates_to_be, at=at)
    if dates_to_be.termination_date != case.termination_date:
        answering.forget_of_the_day(case)
    case.change_dates(dates=dates_to_be, by=by, at=at)
    _waive(case, by=by, at=at)
    moved = [track for track in case.tracks.exclude(state__in=["done", "cancelled"]) if _move(track, by=by, at=at)]
    _move_handover(case, by=by, at=at)
    settling.recalculate(case, cause="dates", by=by, at=at)
    people.tell_leaver(case, "offboarding.dates_changed", at=at, last_day=str(case.last_working_date))
    return moved


def _waive(case: Case, *, by: "User | None", at: datetime) -> None:
    """LCL 37 binds the employee; the employer may let go earlier, in writing (compliance 1.7)."""
    if not case.has_notice_period:
        return
    assert case.filed_date and case.termination_date
    days = dates.waived_days(
        agreed=case.termination_date,
        filed_date=case.filed_date,
        in_probation=case.in_probation_on(case.filed_date),
    )
    if days:
        Waiver.objects.create(case=case, days=days, by=by, at=at)
        case.note(events.NoticeWaived, by=by, at=at, days=days)


def _move(track: Track, *, by: "User | None", at: datetime) -> bool:
    due_at = due_of(track.case, track.kind, at=at)
    if due_at == track.due_at:
        return False
    Track.objects.filter(pk=track.pk).update(due_at=due_at)
    deadlines.move(subject=track.case.ref, kind=KIND, key=track.kind, due_at=due_at, by=by, at=at)
    return True


def _move_handover(case: Case, *, by: "User | None", at: datetime) -> None:
    track = case.tracks.filter(kind="handover").exclude(state__in=["done", "cancelled"]).first()
    if track and case.last_working_date and case.approved_at:
        move_handover(origin=case.ref, last_working_date=case.last_working_date, due_at=track.due_at, by=by, at=at)


def _in_memory(case: Case, to_be: FourDates) -> Case:
    moved = Case.objects.select_related("unit").get(pk=case.pk)
    moved.last_working_date = to_be.last_working_date
    moved.termination_date = to_be.termination_date
    return moved
