"""Told in person: the moment at which a quiet case stops being quiet (decisions 6)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr.access import refuse_self
from handover.operations import release_handover

from ..models import Case, TrackState
from . import people, planning
from .noticing import show_papers

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def tell_in_person(*, case: Case, by: "User | None", at: datetime) -> None:
    refuse_self(by, people.leaver_of(case))
    case.tell(by=by, at=at)
    _release(case, by=by, at=at)


def _release(case: Case, *, by: "User | None", at: datetime) -> None:
    held = list(case.tracks.filter(state=TrackState.HELD))
    for track in held:
        track.move(TrackState.PLANNED, sources=[TrackState.HELD], by=by, at=at)
    planning.ask_owners(held, by=by, at=at)
    if case.tracks.filter(kind="handover").exists():
        release_handover(origin=case.ref, by=by, at=at)
    show_papers(case, by=by, at=at)
    if case.employment.status == "active":
        case.employment.file_exit(by=by, at=at)
    people.tell_leaver(case, "offboarding.told", at=at)
