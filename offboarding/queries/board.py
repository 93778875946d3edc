"""The board: who is stuck. One page costs the same few statements with 3 and with 300 rows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import In

from ehr import access
from ehr.paging import page_of
from ehr.units.models import OrgUnit
from handover.standing import Standing, overdue, standings

from ..models import Approval, Case, CaseKind, Step, StepState, Track, TrackState
from ..permissions import Permission
from ..rules import progress
from ..rules.progress import Part, Progress, Tone
from .parts import NO_LIST, parts_of

COLUMNS = ("handover", "accounts", "settlement", "assets", "documents")


@dataclass(frozen=True)
class Tab:
    key: str
    states: tuple[str, ...]
    order: tuple[str, ...]


TABS = {
    tab.key: tab
    for tab in (
        Tab("waiting", ("submitted", "in_approval", "returned"), ("filed_at", "id")),
        Tab("process", ("approved",), ("last_working_date", "id")),
        Tab("left", ("closed",), ("-termination_date", "-id")),
        Tab("stopped", ("rejected", "withdrawn", "retained", "cancelled"), ("-id",)),
        Tab("drafts", ("draft",), ("-id",)),
    )
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    tab: str = "process"
    q: str = ""
    unit: str = ""
    kind: str = ""
    red: bool = False
    cursor: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        tab = query.get("tab", "process")
        return cls(
            tab=tab if tab in TABS else "process",
            q=query.get("q", "").strip()[:60],
            unit=query.get("unit", ""),
            kind=query.get("kind", ""),
            red=query.get("red") == "1",
            cursor=query.get("cursor", ""),
        )


@dataclass(frozen=True, kw_only=True)
class Row:
    case: Case
    progress: Progress
    cells: list[tuple[str, Part | None]]
    approval: Part | None
    stuck_with: str = ""
    stuck_since: datetime | None = None
    handover: Standing = NO_LIST
    reason: Part | None = None

    @property
    def place(self) -> str:
        """大客户经理 · 上海大客户部"""
        return " · ".join(filter(None, (self.case.employment.job_title, self.case.unit.name)))


@dataclass
class Board:
    rows: list[Row]
    next: str
    counts: dict[str, int] = field(default_factory=dict)
    alarms: dict[str, int] = field(default_factory=dict)
    units: list[OrgUnit] = field(default_factory=list)


def board(user: Any, filters: Filters, *, at: datetime) -> Board:
    seen = visible(user)
    tab = TABS[filters.tab]
    rows = filtered(seen, filters, at=at).filter(state__in=tab.states).for_rows()
    page = page_of(rows, order=tab.order, cursor=filters.cursor)
    return Board(
        rows=red_first(rows_of(page.rows, at=at)),
        next=page.next,
        counts=counts(seen),
        alarms=alarms(seen, at=at),
        units=units_of(user),
    )


def units_of(user: Any) -> list[OrgUnit]:
    """What the filter offers: no unit whose exits this person could not see."""
    reached = OrgUnit.objects.filter(access.scope(user, Permission.VIEW_BOARD, unit="path"))
    return list(reached.filter(kind__in=["business_unit", "region"]).order_by("path")[:60])


def visible(user: Any) -> Any:
    return Case.objects.visible_to(user, Permission.VIEW_BOARD).exclude(kind="pre_offboarding")


def filtered(rows: Any, filters: Filters, *, at: datetime) -> Any:
    if filters.q:
        rows = rows.filter(
            Q(number__iexact=filters.q)
            | Q(employment__person__name__contains=filters.q)
            | Q(employment__person__name_pinyin__icontains=filters.q)
            | Q(employment__employee_number__iexact=filters.q)
        )
    if filters.unit:
        rows = rows.filter(unit__path__startswith=filters.unit)
    if filters.kind in CaseKind.values:
        rows = rows.filter(kind=filters.kind)
    return rows.filter(is_red(at)) if filters.red else rows


def is_red(at: datetime) -> Q:
    late_track = (
        Track.objects.filter(case=OuterRef("pk"), required=True)
        .open()
        .filter(Q(due_at__lt=at) | Q(state=TrackState.FAILED))
    )
    late_step = Step.objects.filter(case=OuterRef("pk"), state=StepState.OPEN, due_at__lt=at)
    return Q(Exists(late_track)) | Q(Exists(late_step)) | has_late_duty(at, "pk")


def has_late_duty(at: datetime, case: str) -> Q:
    """Somebody owes the handover something: a list, a confirmation, the signature."""
    origin = Concat(Value("offboarding.case:"), Cast(F(case), CharField()))
    return Q(In(origin, overdue(at).values("origin")))


def counts(seen: Any) -> dict[str, int]:
    return seen.aggregate(**{key: Count("pk", filter=Q(state__in=tab.states)) for key, tab in TABS.items()})


def alarms(seen: Any, *, at: datetime) -> dict[str, int]:
    """The four tiles: each is a number of tracks that somebody has to look at."""
    tracks = Track.objects.filter(case__in=seen.filter(state__in=["approved", "closed"])).open()
    return tracks.aggregate(
        certificates=Count("pk", filter=Q(kind="documents", due_at__lt=at)),
        failed=Count("pk", filter=Q(state=TrackState.FAILED)),
        handovers=Count("pk", filter=Q(kind="handover") & (Q(due_at__lt=at) | has_late_duty(at, "case_id"))),
        files=Count("pk", filter=Q(kind="social_insurance", due_at__lt=at + timedelta(days=7))),
    )


def rows_of(cases: list[Case], *, at: datetime) -> list[Row]:
    """Steps, people, tracks, handovers and their late duties of all rows: four statements."""
    steps = _grouped(Step.objects.filter(case__in=cases), cases)
    tracks = _grouped(Track.objects.filter(case__in=cases).select_related("owner"), cases)
    asked = _asked(cases)
    lists = standings([case.ref for case in cases], at=at)
    return [
        _row(case, steps[case.pk], tracks[case.pk], asked.get(case.pk), lists.get(case.ref, NO_LIST), at)
        for case in cases
    ]


def red_first(rows: list[Row]) -> list[Row]:
    """Within what is shown; the pages themselves follow the days, so that they stay cheap and don't jump."""
    order = {Tone.BAD: 0, Tone.WARN: 1}
    return sorted(rows, key=lambda row: order.get(row.progress.tone, 2))


def _row(
    case: Case, steps: list[Step], tracks: list[Track], asked: Approval | None, handover: Standing, at: datetime
) -> Row:
    steps = [step for step in steps if step.round == case.round]
    parts = parts_of(steps, tracks, handover=handover)
    by_key = {part.key: part for part in parts}
    blocking = progress.blocking(parts, at=at)
    open_step = next((part for part in parts if part.state == "open"), None)
    who, since = _stuck(asked, tracks, blocking, handover)
    return Row(
        case=case,
        progress=progress.measure(parts, at=at),
        cells=[(key, by_key.get(key)) for key in COLUMNS],
        approval=open_step or next((part for part in parts if part.key.startswith("step:")), None),
        stuck_with=who,
        stuck_since=since,
        handover=handover,
        reason=blocking[0] if blocking else open_step,
    )


def _stuck(
    asked: Approval | None, tracks: list[Track], blocking: list[Part], handover: Standing
) -> tuple[str, datetime | None]:
    if asked is not None:
        return str(asked.approver or asked.role), asked.created_at
    for part in blocking:
        if part.key == "handover" and handover.late:
            return handover.late[0].who, handover.late[0].due_at
        track = next((track for track in tracks if track.kind == part.key), None)
        if track is not None:
            return str(track.owner or track.role), track.due_at
    return "", None


def _grouped(rows: QuerySet[Any], cases: list[Case]) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = defaultdict(list)
    for row in rows.order_by("id"):
        grouped[row.case_id].append(row)
    return grouped


def _asked(cases: list[Case]) -> dict[Any, Approval]:
    pending = Approval.objects.pending().filter(step__case__in=cases).select_related("approver", "step")
    return {approval.step.case_id: approval for approval in pending}
