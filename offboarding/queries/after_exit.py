"""What is still owed after exits: of one exit, and of all of them, the soonest first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ehr.identity.addresses import address_of
from ehr.paging import Page, page_of
from ehr.units.models import LegalEntity

from ..models import Case, Obligation, ObligationEnd
from ..rules import disputes
from ..rules.obligations import KEPT, PERIODS, DutyKind

ORDER = ("due_date", "id")
SOON = timedelta(days=7)
NEAR = timedelta(days=45)
NON_COMPETE = [
    DutyKind.NON_COMPETE_DECISION,
    DutyKind.NON_COMPETE_PAY,
    DutyKind.NON_COMPETE_DECLARATION,
    DutyKind.NON_COMPETE_END,
    DutyKind.NON_COMPETE_EXTRA,
]
VIEWS = {
    "all": None,
    "late": None,
    DutyKind.FILE_TRANSFER.value: [
        DutyKind.FILE_TRANSFER,
        DutyKind.UNEMPLOYMENT_NOTICE,
        DutyKind.UNEMPLOYMENT_LIST,
        DutyKind.HOUSING_FUND,
        DutyKind.SURVIVORS,
    ],
    DutyKind.REHIRE_PRIORITY.value: [DutyKind.REHIRE_PRIORITY],
    "non_compete": NON_COMPETE,
    "disputes": sorted(disputes.KINDS),
    "data": [DutyKind.CONTACT_REVIEW, *sorted(KEPT)],
}


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    duty: Obligation
    tone: str


@dataclass(frozen=True, kw_only=True)
class DutyList:
    rows: list[DutyRow]
    next: str
    entities: list[LegalEntity]
    """Whoever hires asks for one of them: a right to be invited first is a right against one employer."""


def duty_list(user: Any, *, view: str, entity: str, cursor: str, today: date) -> DutyList:
    rows = running(user, view=view, today=today)
    entities = _entities(rows) if view == DutyKind.REHIRE_PRIORITY else []
    if entity:
        rows = rows.filter(case__employment__employer__code=entity)
    page: Page = page_of(rows.for_rows(), order=ORDER, cursor=cursor)
    return DutyList(rows=[row_of(duty, today) for duty in page.rows], next=page.next, entities=entities)


def running(user: Any, *, view: str, today: date) -> Any:
    rows = Obligation.objects.visible_to(user).running()
    if view == "late":
        return rows.filter(due_date__lt=today).exclude(kind__in=PERIODS)
    kinds = VIEWS.get(view)
    return rows.filter(kind__in=kinds) if kinds else rows


def of_case(user: Any, case: Case, *, today: date) -> list[DutyRow]:
    rows = Obligation.objects.visible_to(user).filter(case=case).select_related("track", "done_by")
    found = list(rows.order_by("due_date", "id"))
    for duty in found:
        duty.case = case
    return [row_of(duty, today) for duty in found]


def reaches_nobody(duty: Obligation) -> bool:
    """What only the person can say, of somebody who proved no address of their own before the mailbox was closed."""
    if duty.kind != DutyKind.NON_COMPETE_DECLARATION or not duty.is_open:
        return False
    user = duty.case.employment.person.user
    return user is None or address_of(user) is None


def in_parts(rows: list[DutyRow], *, today: date) -> dict[str, list[DutyRow]]:
    """What is near, what comes much later, what was done, and what nobody has to do any more: a non-compete alone has
    thirty of them."""
    parts: dict[str, list[DutyRow]] = {"now": [], "later": [], "done": [], "gone": []}
    for row in rows:
        parts[_part(row.duty, today)].append(row)
    return parts


def _part(duty: Obligation, today: date) -> str:
    if duty.is_open:
        return "now" if duty.due_date <= today + NEAR else "later"
    return "gone" if duty.outcome == ObligationEnd.CANCELLED else "done"


def row_of(duty: Obligation, today: date) -> DutyRow:
    return DutyRow(duty=duty, tone=_tone(duty, today))


def _tone(duty: Obligation, today: date) -> str:
    if not duty.is_open:
        return "ok" if duty.outcome == "done" else "idle"
    if duty.is_late(today):
        return "bad"
    return "warn" if not duty.is_period and duty.due_date <= today + SOON else "plan"


def _entities(rows: Any) -> list[LegalEntity]:
    mine = rows.order_by().values("case__employment__employer").distinct()
    return list(LegalEntity.objects.filter(pk__in=mine).order_by("name"))
