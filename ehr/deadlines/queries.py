"""What the inbox shows: one page of what waits for somebody, oldest first, in four groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ehr.clock import LEGAL_ZONE
from ehr.identity.door_access import is_behind_door

if TYPE_CHECKING:
    from ehr.deadlines.models import Deadline

PER_PAGE = 50


@dataclass(frozen=True)
class Group:
    code: str
    label: Any
    icon: str
    tone: str


LATE = Group("late", _("Overdue"), "alert-triangle", "bad")
TODAY = Group("today", _("Due today"), "clock", "warn")
WEEK = Group("week", _("This week"), "calendar", "")
LATER = Group("later", _("Later"), "calendar-event", "")
GROUPS = (LATE, TODAY, WEEK, LATER)


@dataclass(frozen=True)
class Row:
    deadline: "Deadline"
    tone: str
    at: datetime

    @property
    def late_by(self) -> timedelta | None:
        return self.at - self.deadline.due_at if self.deadline.is_late(self.at) else None


@dataclass(frozen=True)
class Cursor:
    """Where the next page begins: after this due time and id."""

    due_at: datetime
    pk: UUID

    def __str__(self) -> str:
        return f"{self.due_at.isoformat()}_{self.pk}"

    @classmethod
    def of(cls, text: str) -> "Cursor | None":
        """What is not a cursor of ours begins at the beginning."""
        due, _separator, pk = text.partition("_")
        try:
            cursor = cls(datetime.fromisoformat(due), UUID(pk))
        except ValueError:
            return None
        return cursor if cursor.due_at.tzinfo else None


def waiting_for(user: Any) -> "QuerySet[Deadline]":
    from ehr.deadlines.models import Deadline

    return Deadline.objects.waiting_for(user)


def own_duties(user: Any) -> "list[tuple[Deadline, str]]":
    """Those of the person by name, each with its address if the narrow door opens there."""
    from ehr.deadlines.models import Deadline

    own = Deadline.objects.still_open().filter(owner=user).order_by("due_at", "pk")[:PER_PAGE]
    return [(deadline, deadline.url if is_behind_door(deadline.url) else "") for deadline in own]


def page_of(rows: "QuerySet[Deadline]", after: Cursor | None) -> "tuple[list[Deadline], Cursor | None]":
    if after is not None:
        rows = rows.filter(Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, pk__gt=after.pk))
    page = list(rows.order_by("due_at", "pk")[: PER_PAGE + 1])
    following = Cursor(page[PER_PAGE - 1].due_at, page[PER_PAGE - 1].pk) if len(page) > PER_PAGE else None
    return page[:PER_PAGE], following


def done_by(user: Any) -> "QuerySet[Deadline]":
    from ehr.deadlines.models import Deadline

    return Deadline.objects.filter(closed_by=user).order_by("-closed_at")[:PER_PAGE]


def counts(rows: "QuerySet[Deadline]", at: datetime) -> dict[str, int]:
    ends = ends_of(at)
    return rows.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=Q(due_at__lt=at)),
        today=Count("pk", filter=Q(due_at__gte=at, due_at__lt=ends[0])),
        week=Count("pk", filter=Q(due_at__gte=max(at, ends[0]), due_at__lt=ends[1])),
        later=Count("pk", filter=Q(due_at__gte=ends[1])),
    )


def grouped(page: "list[Deadline]", at: datetime) -> "Iterator[tuple[Group, list[Row]]]":
    """The page is ordered by due time, and so are the groups."""
    for group, deadlines in groupby(page, key=lambda deadline: group_of(deadline.due_at, at)):
        yield group, [Row(deadline, group.tone or deadline.definition.tone, at) for deadline in deadlines]


def group_of(due_at: datetime, at: datetime) -> Group:
    tonight, sunday = ends_of(at)
    if due_at < at:
        return LATE
    if due_at < tonight:
        return TODAY
    return WEEK if due_at < sunday else LATER


def ends_of(at: datetime) -> tuple[datetime, datetime]:
    """Midnight after today and after this Sunday, in Shanghai."""
    midnight = at.astimezone(LEGAL_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1), midnight + timedelta(days=7 - midnight.weekday())
