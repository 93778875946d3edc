"""How far the handovers of many origins are and whom they have waited for too long: one statement for a whole board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, NullIf

from ehr import deadlines
from handover.models import Handover

PREFIX = "handover.handover:"


@dataclass(frozen=True, kw_only=True)
class LateDuty:
    """To fill the list, to say that it is complete, to confirm, to sign: past its time."""

    kind: str
    who: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    done: int = 0
    total: int = 0
    ref: str = ""
    url: str = ""
    late: tuple[LateDuty, ...] = ()
    seen: bool = False


def standings(origins: Iterable[str], *, at: datetime, reader: Any = None) -> dict[str, Standing]:
    """With a reader, each also says whether that person may open it."""
    seen = Exists(Handover.objects.visible_to(reader).filter(pk=OuterRef("pk"))) if reader else Value(False)
    rows = Handover.objects.filter(origin__in=list(origins)).counted()
    rows = rows.annotate(late=ArraySubquery(_as_json(_late(at))), seen=seen)
    return {row.origin: _standing(row) for row in rows}


def overdue(at: datetime) -> QuerySet[Handover]:
    """Handovers in which somebody's duty is past its time. Looks at the late duties once, whatever the plan: asking
    per handover took minutes on tables without statistics."""
    late = deadlines.Deadline.objects.late(at).filter(subject__startswith=PREFIX).values("subject")
    return Handover.objects.alias(ref=Concat(Value(PREFIX), Cast("pk", CharField()))).filter(ref__in=late)


def ref_of(origin: str) -> str:
    """What the duties of this origin's handover are about; empty while there is none."""
    pk = Handover.objects.filter(origin=origin).values_list("pk", flat=True).first()
    return f"{PREFIX}{pk}" if pk else ""


def _late(at: datetime) -> "QuerySet[deadlines.Deadline]":
    ref = Concat(Value(PREFIX), Cast(OuterRef("pk"), CharField()))
    return deadlines.Deadline.objects.late(at).filter(subject=ref)


def _as_json(late: "QuerySet[deadlines.Deadline]") -> Any:
    who = Coalesce(NullIf("owner__display_name", Value("")), "owner__username", "role")
    return late.order_by("due_at", "id").values(duty=JSONObject(kind="kind", who=who, due_at="due_at"))


def _standing(row: Any) -> Standing:
    late = tuple(
        LateDuty(kind=duty["kind"], who=duty["who"], due_at=datetime.fromisoformat(duty["due_at"])) for duty in row.late
    )
    return Standing(
        done=row.confirmed,
        total=row.total,
        ref=f"{PREFIX}{row.pk}",
        url=row.get_absolute_url(),
        late=late,
        seen=row.seen,
    )
