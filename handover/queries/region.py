"""Many who leave one region at once: how far each handover is, for whom it waits, and since when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Min, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, NullIf

from ehr import access, deadlines
from ehr.access.labels import ROLE_LABELS
from ehr.clock import LEGAL_ZONE
from ehr.paging import page_of
from ehr.units.models import OrgUnit
from handover import words
from handover.models import Handover
from handover.operations.duties import LIST_DUTIES
from handover.permissions import Permission
from handover.standing import PREFIX

SIZE = 100


@dataclass(frozen=True, kw_only=True)
class Waits:
    kind: str
    what: str
    who: str
    due_at: datetime
    late_days: int


@dataclass(frozen=True, kw_only=True)
class Line:
    handover: Handover
    done: int
    total: int
    waits: list[Waits]

    @property
    def late_days(self) -> int:
        return max((one.late_days for one in self.waits), default=0)

    @property
    def tone(self) -> str:
        if self.late_days:
            return "bad"
        return "ok" if self.done == self.total else "plan"


@dataclass(frozen=True, kw_only=True)
class Region:
    unit: OrgUnit | None
    units: list[OrgUnit]
    lines: list[Line]
    next: str

    @property
    def query(self) -> str:
        return f"?unit={self.unit.pk if self.unit else ''}&after={self.next}"

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.late_days > 0 for line in self.lines)


def region_of(user: Any, *, unit: Any = None, cursor: str = "", at: datetime) -> Region:
    """Two statements, however many leave. Without a unit everything one looks after."""
    units = units_of(user)
    chosen = next((one for one in units if str(one.pk) == str(unit)), None)
    rows = running_in(user, chosen).for_page().counted().annotate(waits=ArraySubquery(_open_duties()))
    page = page_of(rows, order=["due_at", "id"], cursor=cursor, size=SIZE)
    today = at.astimezone(LEGAL_ZONE).date()
    lines = [_line(row, today) for row in page.rows]
    return Region(unit=chosen, units=units, lines=sorted(lines, key=lambda line: -line.late_days), next=page.next)


def running_in(user: Any, unit: OrgUnit | None) -> Any:
    rows = Handover.objects.visible_to(user, Permission.REMIND_PEOPLE).running()
    return rows.filter(employment__unit__path__startswith=unit.path) if unit else rows


def unit_among(user: Any, pk: str) -> OrgUnit | None:
    """The chosen unit, if it is in reach; the whole reach otherwise."""
    return next((one for one in units_of(user) if str(one.pk) == pk), None)


def units_of(user: Any) -> list[OrgUnit]:
    """The regions and business units in reach."""
    kinds = (OrgUnit.Kind.BUSINESS_UNIT, OrgUnit.Kind.REGION, OrgUnit.Kind.DEPARTMENT)
    reached = OrgUnit.objects.filter(access.scope(user, Permission.REMIND_PEOPLE, unit="path"))
    return list(reached.filter(kind__in=kinds).order_by("path")[:200])


def _open_duties() -> "QuerySet[deadlines.Deadline]":
    """Who confirms in two places is asked twice, but it waits for one person: once, since the older of the two."""
    subject = Concat(Value(PREFIX), Cast(OuterRef("pk"), CharField()))
    rows = deadlines.Deadline.objects.still_open().filter(subject=subject, kind__in=LIST_DUTIES)
    who = Coalesce(NullIf("owner__display_name", Value("")), "owner__username", Value(""))
    asked = rows.values("kind", "owner", "role").annotate(who=who, first=Min("due_at")).order_by("first", "kind", "who")
    return asked.annotate(duty=JSONObject(kind="kind", who="who", role="role", due_at="first")).values("duty")


def _line(row: Any, today: date) -> Line:
    return Line(handover=row, done=row.confirmed, total=row.total, waits=[_waits(duty, today) for duty in row.waits])


def _waits(duty: dict[str, str], today: date) -> Waits:
    due_at = datetime.fromisoformat(duty["due_at"])
    role = duty["role"]
    return Waits(
        kind=duty["kind"],
        what=words.of_duty(duty["kind"]),
        who=duty["who"] or (str(ROLE_LABELS[access.Role(role)]) if role else ""),
        due_at=due_at,
        late_days=max((today - due_at.astimezone(LEGAL_ZONE).date()).days, 0),
    )
