"""我的离职: where it is, with whom, what I have to do, what is safe."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ehr import deadlines
from ehr.clock import LEGAL_ZONE
from ehr.documents import Document
from employees.models import Employment
from employees.queries import employment_of
from handover.standing import Standing, standings

from ..documents import service
from ..models import Case, Obligation, Step, Track
from ..models.track import FINISHED
from ..rules import dates, progress
from ..rules.lifecycle import LIVE
from ..rules.obligations import DutyKind
from ..rules.progress import Progress
from .parts import NO_LIST, parts_of


@dataclass(frozen=True, kw_only=True)
class MyExit:
    employment: Employment | None
    case: Case | None = None
    notice_end: date | None = None
    progress: Progress | None = None
    steps: tuple[Step, ...] = ()
    tracks: tuple[Track, ...] = ()
    todo: tuple[Any, ...] = ()
    documents: tuple[Document, ...] = ()
    handover: Standing = NO_LIST
    working_days_left: int = 0
    offer: Any = None

    @property
    def years(self) -> int:
        """Whole years of service at the end, to say thank you for."""
        end = self.case.termination_date if self.case else None
        return service(self.employment.hire_date, end)[0] if self.employment and end else 0


def my_exit(user: Any, *, at: datetime) -> MyExit:
    employment = employment_of(user)
    if employment is None:
        return MyExit(employment=None)
    case = _my_case(user)
    if case is None:
        return MyExit(employment=employment, notice_end=_notice_end(employment, at))
    return _running(user, employment, case, at)


PERSONAL = ("settlement", "documents", "social_insurance", "non_compete")
"""Tracks whose outcome the person waits for; the others are the house's own."""


@dataclass(frozen=True, kw_only=True)
class AfterExit:
    case: Case | None
    tracks: tuple[Track, ...] = ()
    owed: tuple[Obligation, ...] = ()
    """What a non-compete pays next, and what its early end may cost."""

    @property
    def is_all_done(self) -> bool:
        return not self.owed and all(track.state in FINISHED for track in self.tracks)


def after_exit(user: Any) -> AfterExit:
    case = _my_case(user)
    if case is None:
        return AfterExit(case=None)
    tracks = case.tracks.filter(kind__in=PERSONAL).exclude(state__in=["held", "cancelled"]).order_by("due_at", "kind")
    return AfterExit(case=case, tracks=tuple(tracks), owed=tuple(_owed(case)))


def _owed(case: Case) -> Iterator[Obligation]:
    rows = case.obligations.running().order_by("due_date")
    for kind in (DutyKind.NON_COMPETE_PAY, DutyKind.NON_COMPETE_EXTRA):
        yield from rows.filter(kind=kind)[:1]


def _my_case(user: Any) -> Case | None:
    """The live one, else the last that ended in leaving. Quiet ones never."""
    mine = Case.objects.filter(employment__person__user=user).unknown_to_the_leaver(user).for_page()
    shown = mine.filter(state__in=[*LIVE, "closed"])
    return shown.order_by("-id").first()


def _notice_end(employment: Employment, at: datetime) -> date:
    today = at.astimezone(LEGAL_ZONE).date()
    return dates.notice_end(filed_date=today, in_probation=employment.in_probation_on(today))


def _running(user: Any, employment: Employment, case: Case, at: datetime) -> MyExit:
    steps = tuple(case.steps.filter(round=case.round).select_related("chain_step").order_by("position"))
    tracks = tuple(case.tracks.exclude(state="cancelled").select_related("owner").order_by("due_at"))
    handover = standings([case.ref], at=at).get(case.ref, NO_LIST)
    return MyExit(
        employment=employment,
        case=case,
        progress=progress.measure(parts_of(steps, tracks, handover=handover), at=at),
        steps=steps,
        tracks=tracks,
        todo=tuple(deadlines.Deadline.objects.still_open().filter(owner=user).order_by("due_at")[:10]),
        documents=tuple(Document.objects.visible_to(user).for_subject(case.ref)),
        handover=handover,
        working_days_left=_days_left(case, at),
        offer=case.retentions.exclude(outcome="declined").order_by("-talked_at").first() if case.is_live else None,
    )


def _days_left(case: Case, at: datetime) -> int:
    from ehr.lib.workdays import working_days_between
    from ehr.units.calendars import workday_rule

    if case.last_working_date is None:
        return 0
    today = at.astimezone(LEGAL_ZONE).date()
    return working_days_between(today, case.last_working_date, workday_rule())
