"""How far the handovers of many origins are and whom they have waited for too long: two statements for a whole board."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from ehr import deadlines, record
from handover.models import Handover

PREFIX = "handover.handover:"


@dataclass(frozen=True, kw_only=True)
class Standing:
    done: int = 0
    total: int = 0
    url: str = ""
    late: "tuple[deadlines.Deadline, ...]" = ()
    """Overdue duties, oldest first: to fill the list, to say that it is complete, to confirm, to sign."""


def standings(origins: Iterable[str], *, at: datetime) -> dict[str, Standing]:
    rows = list(Handover.objects.filter(origin__in=list(origins)).counted())
    late = _late([record.ref(row) for row in rows], at)
    return {row.origin: _standing(row, late[record.ref(row)]) for row in rows}


def overdue(at: datetime) -> QuerySet[Handover]:
    """Handovers in which somebody's duty is past its time."""
    ref = Concat(Value(PREFIX), Cast(OuterRef("pk"), CharField()))
    return Handover.objects.filter(Exists(deadlines.Deadline.objects.late(at).filter(subject=ref)))


def ref_of(origin: str) -> str:
    """What the duties of this origin's handover are about; empty while there is none."""
    pk = Handover.objects.filter(origin=origin).values_list("pk", flat=True).first()
    return f"{PREFIX}{pk}" if pk else ""


def _standing(row: Handover, late: "list[deadlines.Deadline]") -> Standing:
    counts = {"done": row.confirmed, "total": row.total}  # type: ignore[attr-defined]
    return Standing(**counts, url=row.get_absolute_url(), late=tuple(late))


def _late(refs: list[str], at: datetime) -> "dict[str, list[deadlines.Deadline]]":
    found: dict[str, list[deadlines.Deadline]] = defaultdict(list)
    late = deadlines.Deadline.objects.late(at).filter(subject__in=refs)
    for duty in late.select_related("owner").order_by("due_at", "id"):
        found[duty.subject].append(duty)
    return found
