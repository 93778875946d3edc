"""Everything the case page shows, in a fixed number of statements."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from ehr import access, record
from ehr.clock import legal_day
from ehr.documents import Document
from employees.permissions import EmployeePermission
from handover.standing import LateDuty, Standing, standings

from .. import may
from ..models import Approval, Case, Evidence, ServiceProof, Settlement, Step, Track, Withdrawal
from ..permissions import Permission
from ..proofs import Proof, proofs, step_word
from ..rules import progress, tracks
from ..rules.compliance import union
from ..rules.kinds import Kind, rule
from ..rules.progress import Part, Progress
from ..timeline import known_to, shown
from .parts import NO_LIST, parts_of

TIMELINE = 40


@dataclass(kw_only=True)
class CasePage:
    case: Case
    steps: list[Step]
    approvals: list[Approval]
    tracks: list["TrackRow"]
    progress: Progress
    blocking: list["Block"]
    events: list[Any]
    documents: list[Document]
    actions: list[str]
    asked: Approval | None
    can_manage: bool
    can_nudge: bool
    handover: Standing = NO_LIST
    withdrawal_asked: bool = False
    proofs: list[Proof] = field(default_factory=list)
    step: str = ""
    law_url: str = ""
    after_url: str = ""
    can_take_effect: bool = False
    """The day is over and something was missing: HR may try again instead of waiting for the clock."""
    waiting_names: list[str] = field(default_factory=list)
    settlement: Settlement | None = None
    sees_settlement: bool = False
    sees_pay: bool = False

    @property
    def can_take_back(self) -> bool:
        return "withdraw" in self.actions or self.is_bound

    @property
    def is_bound(self) -> bool:
        """An ending by the employer that is taken back by consent alone."""
        asks = "request_withdrawal" in self.actions and not self.case.is_notice
        return asks and "withdraw" not in self.actions

    @property
    def lacks_union(self) -> bool:
        """The ISSUE gate as the page knows it; the verb asks again."""
        return any(row.track.kind == "union_notice" and not row.part.is_done for row in self.tracks)


@dataclass(frozen=True, kw_only=True)
class TrackRow:
    track: Track
    part: Part
    tone: str
    article: str


@dataclass(frozen=True, kw_only=True)
class Block:
    part: Part
    tone: str
    title: str
    who: str
    since: datetime | None
    url: str
    duty: str = ""
    """The kind of the late duty behind it, when it is one of several of its track."""


def load_case(user: Any, pk: Any, permission: str = Permission.VIEW_CASE) -> Any:
    """The access door of every page of a case."""
    waiting = Withdrawal.objects.filter(case=OuterRef("pk"), answer="")
    return (
        Case.objects.visible_to(user, permission)
        .for_page()
        .select_related("chain_version__chain", "employment__line_manager__person", "data_key")
        .annotate(
            withdrawal_asked=Exists(waiting),
            notice_prepared_at=Subquery(_notices().values("prepared_at")[:1]),
            notice_issued_at=Subquery(_notices().values("issued_at")[:1]),
            delivered_date=Subquery(_served().values("delivered_date")[:1]),
            union_objected_on=Subquery(_papers(union.OBJECTION)),
            union_answered_on=Subquery(_papers(union.ANSWER)),
            was_delivered=Exists(ServiceProof.objects.arrived().filter(case=OuterRef("pk"))),
        )
    )


def _notices() -> QuerySet[Document]:
    subject = Concat(Value("offboarding.case:"), Cast(OuterRef("pk"), CharField()))
    notices = Document.objects.filter(subject=subject, kind="termination_notice", state__in=["waiting", "issued"])
    return notices.order_by("-id")


def _papers(paper: str) -> QuerySet[Any, Any]:
    """The day of the newest that counts."""
    return Evidence.objects.counting().filter(case=OuterRef("pk"), paper=paper).order_by("-id").values("dated")[:1]


def _served() -> QuerySet[ServiceProof]:
    return ServiceProof.objects.proven().filter(case=OuterRef("pk")).order_by("delivered_date")


def case_page(user: Any, case: Case, *, at: datetime) -> CasePage:
    steps = list(case.steps.filter(round=case.round).select_related("chain_step").order_by("position"))
    approvals = list(_approvals(case))
    rows = list(_with_settlement(case.tracks).select_related("owner", "moved_by").order_by("due_at", "kind"))
    seen = [track for track in rows if may.may(user, Permission.VIEW_CASE, case) or _is_own(track, user)]
    handover = standings([case.ref], at=at, reader=user).get(case.ref, NO_LIST)
    parts = {part.key: part for part in parts_of(steps, rows, handover=handover)}
    asked = next((a for a in approvals if a.state == "pending" and a.is_for(user)), None)
    return CasePage(
        case=case,
        steps=steps,
        approvals=approvals,
        tracks=[_track_row(track, parts[track.kind], at) for track in seen],
        progress=progress.measure(list(parts.values()), at=at),
        blocking=_openable(_blocks(case, rows, approvals, parts, handover, at), seen, handover, user),
        events=list(shown(known_to(user, case, record.timeline([case.ref, handover.ref])))[:TIMELINE]),
        documents=list(Document.objects.visible_to(user).for_subject(case.ref)),
        actions=may.actions(user, case, is_asked=asked is not None, is_delivered=case.was_delivered),
        asked=asked,
        can_manage=may.may(user, Permission.MANAGE_CASE, case),
        can_nudge=case.is_live and may.may(user, Permission.NUDGE, case),
        handover=handover,
        withdrawal_asked=getattr(case, "withdrawal_asked", False),
        proofs=proofs(case, rows, at=at),
        step=step_word(case, rows),
        law_url=_law_url(user, case),
        after_url=_after_url(user, case),
        can_take_effect=_is_late(case, at) and may.may(user, Permission.MANAGE_CASE, case),
        **_settlement(user, case, rows),
    )


def _law_url(user: Any, case: Case) -> str:
    if case.kind == Kind.FORCED_RESIGNATION and may.may_read_law(user, case):
        return f"{case.url}forced/"
    is_judged = rule(case.kind).asks_law and case.kind != Kind.PRE_OFFBOARDING
    return f"{case.url}wizard/check/" if is_judged and may.may_read_law(user, case) else ""


def _after_url(user: Any, case: Case) -> str:
    """As soon as the exit is decided on: some of it is better settled before the last day. A dispute has its place
    there whatever becomes of the exit."""
    is_coming = case.comes_about and may.sees_duties(user, case)
    is_disputed = case.can_be_disputed and may.sees_disputes(user, case)
    return f"{case.url}after/" if is_coming or is_disputed else ""


def _is_late(case: Case, at: datetime) -> bool:
    is_over = case.termination_date is not None and case.termination_date < legal_day(at)
    return is_over and case.state == "approved" and case.employment_ended_at is None


def _settlement(user: Any, case: Case, rows: list[Track]) -> dict[str, Any]:
    """Its state for those who may open it, its total for those who may see pay."""
    if not rows or not may.may(user, Permission.VIEW_SETTLEMENT, case):
        return {}
    return {
        "settlement": _drawn(case, rows[0]),
        "sees_settlement": True,
        "sees_pay": may.may(user, EmployeePermission.VIEW_PAY, case),
    }


SETTLEMENT = ("id", "data_key_id", "state", "total")
"""In the order of the model, as `from_db` wants them."""


def _with_settlement(tracks: Any) -> Any:
    """The settlement comes along with the tracks: a statement of its own would be one too many."""
    current = Settlement.objects.current().filter(case=OuterRef("case"))
    return tracks.annotate(**{f"settlement_{name}": Subquery(current.values(name)[:1]) for name in SETTLEMENT})


def _drawn(case: Case, track: Any) -> Settlement | None:
    values = [getattr(track, f"settlement_{name}") for name in SETTLEMENT]
    if values[0] is None:
        return None
    settlement = Settlement.from_db(None, SETTLEMENT, values)
    settlement.data_key = case.data_key
    return settlement


def _approvals(case: Case) -> Any:
    return (
        Approval.objects.filter(step__case=case)
        .select_related("step__chain_step", "approver", "decided_by")
        .order_by("step__round", "step__position", "created_at")
    )


def _is_own(track: Track, user: Any) -> bool:
    return track.owner_id == user.pk or access.holds(user, track.role, track.case.unit.path)


def _track_row(track: Track, part: Part, at: datetime) -> TrackRow:
    article = tracks.RULES[tracks.TrackKind(track.kind)].article
    return TrackRow(track=track, part=part, tone=progress.tone(part, at=at).value, article=article)


def _blocks(
    case: Case, rows: list[Track], approvals: list[Approval], parts: dict[str, Part], handover: Standing, at: datetime
) -> list[Block]:
    """Who is waited for now: open signatures first, then what is late or about to be."""
    found = [
        _of_approval(case, approval, parts[f"step:{approval.step.position}"], at)
        for approval in approvals
        if approval.state == "pending"
    ]
    by_kind = {track.kind: track for track in rows}
    for part in progress.blocking([p for p in parts.values() if p.key in by_kind], at=at):
        late = _by_person(handover.late) if part.key == "handover" else []
        found += [_of_duty(part, duty, handover, at) for duty in late] or [_of_track(by_kind[part.key], part, at)]
    return found


def _openable(blocks: list[Block], seen: list[Track], handover: Standing, user: Any) -> list[Block]:
    """The address stays with a block only where its reader may open it."""
    doors = {track.url for track in seen}
    if handover.seen:
        doors.add(handover.url)
    if access.has(user, Permission.DECIDE_APPROVAL):
        doors |= {block.url for block in blocks if "/approvals/" in block.url}
    return [block if block.url in doors else replace(block, url="") for block in blocks]


def _of_approval(case: Case, approval: Approval, part: Part, at: datetime) -> Block:
    return Block(
        part=part,
        tone=progress.tone(part, at=at).value,
        title=approval.step.title,
        who=str(approval.approver or approval.role),
        since=approval.created_at,
        url=f"{case.url}approvals/{approval.pk}/",
    )


def _of_track(track: Track, part: Part, at: datetime) -> Block:
    return Block(
        part=part,
        tone=progress.tone(part, at=at).value,
        title=track.get_kind_display(),
        who=str(track.owner or track.role),
        since=track.due_at if track.due_at < at else None,
        url=track.url,
    )


def _by_person(late: tuple[LateDuty, ...]) -> list[LateDuty]:
    """Somebody who owes several confirmations is named once, with the oldest of them."""
    found: dict[tuple[str, str], LateDuty] = {}
    for duty in late:
        found.setdefault((duty.kind, duty.who), duty)
    return list(found.values())


def _of_duty(part: Part, duty: LateDuty, handover: Standing, at: datetime) -> Block:
    """One line for each person who keeps the handover waiting."""
    return Block(
        part=part,
        tone=progress.tone(part, at=at).value,
        title="",
        who=duty.who,
        since=duty.due_at,
        url=handover.url,
        duty=duty.kind,
    )
